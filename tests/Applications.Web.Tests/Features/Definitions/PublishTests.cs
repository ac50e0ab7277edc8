using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Features.Definitions.Publish;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Features.Definitions;

/// <summary>Publishing and disabling versions over HTTP, and what new batches then take.</summary>
public sealed class PublishTests
{
    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Publish_File_IsAVersionThatNewBatchesTakeAndRunningCasesDoNot(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        await using var host = await AppHost.StartAsync(provider);
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        var next = NextVersion.Make(2).Title("cityCheck", "市级复核");

        var shown = await UploadAsync(host, next.Json(), "第二版.json");

        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Contains("第 2 版", shown.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("市级复核", shown.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        await host.InScopeAsync(async (services, db) =>
        {
            var row = await db.Definitions.AsNoTracking().SingleAsync(d => d.Id == next.Id);
            Assert.Equal((next.Json(), 2, NextVersion.Workflow, "one-enterprise-one-technology"), (row.Json, row.Number, row.DefinitionId, row.ProgrammeKey));
            Assert.Equal("系统管理员（演示）", row.PublishedBy);
            Assert.Equal(next.Id, (await services.GetRequiredService<EditionSource>().CurrentAsync("one-enterprise-one-technology", CancellationToken.None)).CaseFlow.Id);
            Assert.Equal(NextVersion.First, await db.Applications.Where(a => a.Id == draft.CaseId).Select(a => a.DefinitionId).SingleAsync());
            Assert.Single(await db.Audit.Where(a => a.Action == "publish-definition").ToListAsync());
            return true;
        });
    }

    [Fact]
    public async Task Publish_Broken_ExplainsActivityAndReasonAndKeepsTheText()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var broken = NextVersion.Make(2).Input("formalCheck", "role", "boss").Title("cityCheck", "别丢了我").Input("tally", "command", "count-beans").Json();

        var page = await UploadAsync(host, broken, "坏.json");

        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        var faults = page.QuerySelectorAll(".faults tbody tr").ToDictionary(r => r.QuerySelector("th")!.TextContent, r => r.QuerySelector("td")!.TextContent);
        Assert.Contains("不认识的角色“boss”", faults["formalCheck"], StringComparison.Ordinal);
        Assert.Contains("不认识的命令“count-beans”", faults["tally"], StringComparison.Ordinal);
        Assert.Equal(2, faults.Count);
        Assert.Equal(broken, ((IHtmlTextAreaElement)page.QuerySelector("textarea[name=Text]")!).Value);
        Assert.Equal(0, await host.InScopeAsync((_, db) => db.Definitions.CountAsync(d => d.DefinitionId == NextVersion.Workflow && d.Number == 2)));

        // Mended in the page and sent again, it goes through.
        var admin = await FormClient.SignInAsync(host, "admin");
        var mended = await admin.PostAsync(await admin.GetAsync("/admin/definitions/publish"), "main form", ("Text", NextVersion.Make(2).Json()));
        Assert.Contains("第 2 版", mended.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>Who checks sees what would change, and nothing has.</summary>
    [Fact]
    public async Task Check_Sound_ShowsWhatWouldChangeAndWritesNothing()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var admin = await FormClient.SignInAsync(host, "admin");
        var page = await CheckAsync(NextVersion.Make(2).Title("formalCheck", "线上形式审查").Input("formalCheck", "dueDays", 8).Json());

        Assert.Contains("第 2 版", page.QuerySelector("#preview")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("省级形式审查 → 线上形式审查", page.QuerySelector("#preview")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("第 2 版", page.QuerySelector("button[data-confirm]")!.GetAttribute("data-confirm"), StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync());

        var broken = await CheckAsync(NextVersion.Make(2).Input("awaitNotice", "gate", "nothing").Json());
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        Assert.Contains("它发出的信号有：announcement, ", broken.QuerySelector(".faults")!.TextContent, StringComparison.Ordinal);
        Assert.Null(broken.QuerySelector("button[data-confirm]"));

        // The page that was checked publishes what it shows.
        await admin.PostAsync(page, "main form", ("IdempotencyKey", Guid.NewGuid().ToString()));
        Assert.Equal(1, await CountAsync());

        async Task<IDocument> CheckAsync(string text)
        {
            var form = await admin.GetAsync("/admin/definitions/publish");
            ((IHtmlFormElement)form.QuerySelector("main form")!).Action = form.QuerySelector("main form button")!.GetAttribute("formaction")!;
            return await admin.PostAsync(form, "main form", ("Text", text));
        }

        Task<int> CountAsync() => host.InScopeAsync((_, db) => db.Definitions.CountAsync(d => d.DefinitionId == NextVersion.Workflow && d.Number == 2));
    }

    [Fact]
    public async Task Publish_WhatMayNotBe_IsRefusedWithTheReasonAndChangesNothing()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var admin = await FormClient.SignInAsync(host, "admin");
        await ExpectAsync(NextVersion.Make(3).Json(), HttpStatusCode.OK, "已发布");
        var rows = await CountAsync();

        await ExpectAsync(NextVersion.Make(3).Json(), HttpStatusCode.OK, "内容与已发布的版本完全相同");
        await ExpectAsync(NextVersion.Make(3).Title("cityCheck", "另一个").Json(), HttpStatusCode.BadRequest, "已经发布，内容与上传的不同");
        await ExpectAsync(NextVersion.Make(3, "b").Json(), HttpStatusCode.BadRequest, "version 应大于最新版本号 3");
        await ExpectAsync(NextVersion.Make(2).Json(), HttpStatusCode.BadRequest, "version 应大于最新版本号 3");
        await ExpectAsync(NextVersion.Make(4).Set("definitionId", "unheard-of").Json(), HttpStatusCode.BadRequest, "没有名为“unheard-of”的流程");
        await ExpectAsync(NextVersion.Make(4).Set("id", "a/b").Json(), HttpStatusCode.BadRequest, "版本 id 只能由字母");
        await ExpectAsync(NextVersion.Make(4).Title("cityCheck", new string('长', 201)).Json(), HttpStatusCode.BadRequest, "名称最长 200 字");
        await ExpectAsync(string.Empty, HttpStatusCode.BadRequest, "请选择流程定义文件");

        Assert.Equal(rows, await CountAsync());

        async Task ExpectAsync(string text, HttpStatusCode status, string words)
        {
            var page = await admin.PostAsync(await admin.GetAsync("/admin/definitions/publish"), "main form", ("Text", text));
            Assert.Equal(status, page.StatusCode);
            Assert.Contains(words, page.Body!.TextContent, StringComparison.Ordinal);
        }

        Task<int> CountAsync() => host.InScopeAsync((_, db) => db.Definitions.CountAsync());
    }

    /// <summary>Each flow is sound by itself; together a case would wait for ever.</summary>
    [Fact]
    public async Task Publish_FlowsThatNoLongerMeet_AreRefusedFromEitherSide()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var admin = await FormClient.SignInAsync(host, "admin");
        await RefusedAsync(NextVersion.Make(2).Input("awaitNotice", "gate", "list-shown"), "没有任何环节发出信号“list-shown”");
        await RefusedAsync(NextVersion.OfBatch(3).Input("openNotice", "signal", "list-shown"), "没有任何环节发出信号“notice”");

        // First a batch that sends both, then a case that waits for the new one.
        await PublishedAsync(NextVersion.OfBatch(3).Input("closeFiling", "signal", "list-shown"));
        await PublishedAsync(NextVersion.Make(2).Input("awaitNotice", "gate", "list-shown"));

        async Task RefusedAsync(NextVersion version, string words)
        {
            var page = await SendAsync(version);
            Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
            Assert.Contains(words, page.QuerySelector(".faults")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(0, await host.InScopeAsync((_, db) => db.Definitions.CountAsync(d => d.Id == version.Id)));
        }

        async Task PublishedAsync(NextVersion version)
        {
            Assert.Equal(HttpStatusCode.OK, (await SendAsync(version)).StatusCode);
            Assert.Equal(1, await host.InScopeAsync((_, db) => db.Definitions.CountAsync(d => d.Id == version.Id)));
        }

        async Task<IDocument> SendAsync(NextVersion version) =>
            await admin.PostAsync(await admin.GetAsync("/admin/definitions/publish"), "main form", ("Text", version.Json()));
    }

    /// <summary>Whatever is uploaded, the answer is words in Chinese, never an error of the server.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{ \"id\": 1 }")]
    [InlineData("{ \"root\": { \"type\": \"Elsa.Flowchart\", \"activities\": [1, null, {}, { \"id\": \"a\" }], \"connections\": [null, 3, {}] } }")]
    [InlineData("{ \"id\": \"x\", \"id\": \"y\", \"root\": {} }")]
    [InlineData("{ not json")]
    public async Task Publish_Nonsense_IsExplained(string text)
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var page = await UploadAsync(host, text, "x.json");

        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.All(page.QuerySelectorAll(".faults tbody td"), cell => Assert.Contains(cell.TextContent, c => c >= '\u4e00'));
        Assert.True(text.Length == 0 || page.QuerySelectorAll(".faults tbody tr").Length > 0);
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Publish_TwoAtOnce_OneWinsAndTheOtherIsTold(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        await using var host = await AppHost.StartAsync(provider);
        var actor = new Actor(null, "管理员", Roles.Admin, null);

        var outcomes = await Task.WhenAll(new[] { "a", "b", "c", "d" }.Select(suffix => Task.Run(() => host.InScopeAsync(async (services, _) =>
        {
            try
            {
                await services.GetRequiredService<PublishVersionHandler>().HandleAsync(new PublishVersion(NextVersion.Make(2, suffix).Json(), "x", Guid.NewGuid()), actor, CancellationToken.None);
                return "published";
            }
            catch (RuleBrokenException e)
            {
                return e.Code;
            }
        }))));

        Assert.Equal(["published", "version-not-higher", "version-not-higher", "version-not-higher"], outcomes.Order(StringComparer.Ordinal));
        Assert.Equal(1, await host.InScopeAsync((_, db) => db.Definitions.CountAsync(d => d.DefinitionId == NextVersion.Workflow && d.Number == 2)));
    }

    [Fact]
    public async Task Disable_NewestVersion_SendsNewBatchesToTheOneBefore()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var next = NextVersion.Make(2);
        await UploadAsync(host, next.Json(), "2.json");
        var admin = await FormClient.SignInAsync(host, "admin");

        var disabled = await admin.PostAsync(await admin.GetAsync($"/admin/definitions/{next.Id}"), "form.confirm-panel");
        Assert.Contains("已停用", disabled.QuerySelector(".page-head")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(NextVersion.First, await CurrentAsync(host));

        await admin.PostAsync(await admin.GetAsync($"/admin/definitions/{NextVersion.First}"), "form.confirm-panel");
        var officer = await FormClient.SignInAsync(host, "jingban");
        var refused = await officer.PostAsync(
            await officer.GetAsync("/admin/batches/new"), "main form", ("Input.Programme", "one-enterprise-one-technology"), ("Input.Name", "无版本批次"), ("Input.DocumentNumber", "鲁工信技〔2027〕1号"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("流程版本均已停用", refused.Body!.TextContent, StringComparison.Ordinal);

        await admin.PostAsync(await admin.GetAsync($"/admin/definitions/{next.Id}"), "form.confirm-panel");
        Assert.Equal(next.Id, await CurrentAsync(host));
        Assert.Equal(
            ["disable-definition", "disable-definition", "enable-definition"],
            await host.InScopeAsync((_, db) => db.Audit.Where(a => a.Action.EndsWith("able-definition")).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync()));
    }

    [Fact]
    public async Task Disable_SeenTooEarly_IsRefused()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var admin = await FormClient.SignInAsync(host, "admin");
        var seen = await admin.GetAsync($"/admin/definitions/{NextVersion.First}");
        await admin.PostAsync(seen, "form.confirm-panel");

        var again = await admin.PostAsync(seen, "form.confirm-panel", ("IdempotencyKey", Guid.NewGuid().ToString()));

        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task Download_Version_IsTheTextThatWasPublished()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var next = NextVersion.Make(2).Title("cityCheck", "市级复核");
        await UploadAsync(host, next.Json(), "2.json");
        var inspector = await FormClient.SignInAsync(host, "jijian");

        using var file = await inspector.Http.GetAsync(new Uri($"/admin/definitions/{next.Id}?handler=Download", UriKind.Relative));

        Assert.Equal("application/json", file.Content.Headers.ContentType!.MediaType);
        Assert.Equal(next.Json(), await file.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/admin/definitions/unheard-of")]
    [InlineData("/admin/definitions/unheard-of?handler=Download")]
    [InlineData("/admin/definitions/unheard-of/compare")]
    [InlineData("/admin/definitions/unheard-of/move")]
    [InlineData("/admin/definitions/one-enterprise-one-technology.form.v1")]
    [InlineData("/admin/definitions/one-enterprise-one-technology.batch.v2/move")]
    [InlineData("/admin/definitions/one-enterprise-one-technology.case.v1?Batch=nonsense")]
    [InlineData("/admin/definitions/one-enterprise-one-technology.case.v1?Batch=00000000-0000-0000-0000-000000000001")]
    [InlineData("/admin/definitions/one-enterprise-one-technology.case.v1/compare?with=unheard-of")]
    [InlineData("/admin/definitions/one-enterprise-one-technology.case.v1/move?Target=one-enterprise-one-technology.batch.v2")]
    public async Task Page_OfWhatIsNotThere_IsNotFound(string path)
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var admin = await FormClient.SignInAsync(host, "admin");

        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Api_Publish_AnswersWithProblemsOrTheVersion()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (admin, officer) = (await ApiClient.SignInAsync(host, "admin"), await ApiClient.SignInAsync(host, "jingban"));

        var unsound = await SendAsync(admin, NextVersion.Make(2).Cut("tally", "Done").Json());
        var forbidden = await SendAsync(officer, NextVersion.Make(2).Json());
        var created = await SendAsync(admin, NextVersion.Make(2).Json());
        var again = await SendAsync(admin, NextVersion.Make(2).Json());
        var taken = await SendAsync(admin, NextVersion.Make(2).Title("tally", "另一个").Json());
        var nothing = await SendAsync(admin, "{}");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "definition-unsound"), (unsound.Status, unsound.Body.GetProperty("code").GetString()));
        Assert.Contains(unsound.Body.GetProperty("problems").EnumerateArray(), p =>
            p.GetProperty("place").GetString() == "tally" && p.GetProperty("text").GetString() == "结果“Done”没有接到任何环节。" && p.GetProperty("reason").GetString() == "Outcome 'Done' leads nowhere.");
        Assert.Equal(HttpStatusCode.NotFound, forbidden.Status);
        Assert.Equal((HttpStatusCode.Created, NextVersion.Make(2).Id), (created.Status, created.Body.GetProperty("id").GetString()));
        Assert.Equal((HttpStatusCode.OK, false), (again.Status, again.Body.GetProperty("isNew").GetBoolean()));
        Assert.Equal((HttpStatusCode.Conflict, "already-published"), (taken.Status, taken.Body.GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("definitions/unheard-of")).Status);
        Assert.Equal(2, (await officer.GetAsync("definitions")).Body.EnumerateArray()
            .Single(g => g.GetProperty("definitionId").GetString() == NextVersion.Workflow).GetProperty("versions").GetArrayLength());

        static Task<ApiAnswer> SendAsync(ApiClient client, string json) =>
            client.SendAsync(HttpMethod.Post, "definitions", new StringContent(json, Encoding.UTF8, "application/json"), null);
    }

    internal static async Task<IDocument> UploadAsync(AppHost host, string text, string name)
    {
        var admin = await FormClient.SignInAsync(host, "admin");
        var page = await admin.GetAsync("/admin/definitions/publish");
        var form = page.QuerySelector("main form")!;
        using var content = new MultipartFormDataContent
        {
            { new StringContent(((IHtmlInputElement)form.QuerySelector("[name=__RequestVerificationToken]")!).Value), "__RequestVerificationToken" },
            { new StringContent(Guid.NewGuid().ToString()), "IdempotencyKey" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "Document", name },
        };
        return await admin.SendAsync("/admin/definitions/publish", content);
    }

    private static Task<string> CurrentAsync(AppHost host) => host.InScopeAsync(async (services, _) =>
        (await services.GetRequiredService<EditionSource>().CurrentAsync("one-enterprise-one-technology", CancellationToken.None)).CaseFlow.Id);
}
