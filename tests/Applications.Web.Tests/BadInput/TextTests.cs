using System.Net;
using System.Net.Http.Json;
using AngleSharp.Html.Dom;
using Applications.Data.Seed;
using Applications.Testing;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.BadInput;

/// <summary>Text that databases, browsers or columns cannot stomach: kept, shown encoded or refused in words, on both databases alike.</summary>
public sealed class TextTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    private const string Script = "<script>alert('1')</script>&<b>粗</b>";
    private const string Emoji = "研发👩‍🔬团队𠮷🎉";

    public static TheoryData<string, string> Texts
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var provider in new[] { TestDatabases.Sqlite, TestDatabases.Postgres })
            {
                foreach (var kind in new[] { "script", "emoji", "nul", "huge", "lines" })
                {
                    data.Add(provider, kind);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task SaveAndFile_AnyText_IsKeptAndShownAsText(string provider, string kind)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        var client = await FormClient.SignInAsync(host, draft.UserName);
        var path = $"/cases/{draft.CaseId}/edit/centre";

        var saved = await client.PostAsync(await client.GetAsync(path), "form.card", ("mechanism", Make(kind)), ("directorName", "张" + Make(kind)));

        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Equal(Kept(kind), ((IHtmlTextAreaElement)saved.QuerySelector("textarea[name=mechanism]")!).Value);
        Assert.DoesNotContain(saved.QuerySelectorAll("script"), s => s.TextContent.Contains("alert", StringComparison.Ordinal));
        if (kind == "huge")
        {
            Assert.Contains("1500", saved.QuerySelector("[name=mechanism]")!.ParentElement!.QuerySelector(".field-error")!.TextContent, StringComparison.Ordinal);
            return;
        }

        // It is filed and seen by others just as it was typed.
        await client.PostAsync(await client.GetAsync(path), "form.card", ("mechanism", Make(kind) + new string('长', 60)), ("directorName", "张三"));
        var receipt = await client.PostAsync(await client.GetAsync($"/cases/{draft.CaseId}/submit"), "form.card");
        Assert.Contains("申报回执", receipt.Body!.TextContent, StringComparison.Ordinal);
        var city = await FormClient.SignInAsync(host, "shi02");
        var shown = await city.GetAsync($"/cases/{draft.CaseId}");
        Assert.Contains(Kept(kind).ReplaceLineEndings("\n").Split('\n')[0], shown.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(shown.QuerySelectorAll("script"), s => s.TextContent.Contains("alert", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Decide_AnyReason_IsKeptOrRefusedInWords(string provider, string kind)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var draft = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        var city = await FormClient.SignInAsync(host, "shi02");

        var answer = await city.PostAsync(await city.GetAsync($"/cases/{draft.CaseId}"), "#decide", ("Outcome", "Return"), ("Reason", Make(kind)), ("Marks[mechanism]", Make(kind)));

        if (kind == "huge")
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("2000", answer.QuerySelector("[name=Reason]")!.ParentElement!.QuerySelector(".field-error")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(Make(kind), ((IHtmlTextAreaElement)answer.QuerySelector("textarea[name=Reason]")!).Value);
            return;
        }

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await host.InScopeAsync(async (_, db) =>
        {
            Assert.Equal(Kept(kind).ReplaceLineEndings("\n"), (await db.WorkItems.AsNoTracking().SingleAsync(w => w.CaseId == draft.CaseId && w.Outcome == "Return")).Reason!.ReplaceLineEndings("\n"));
            Assert.Null(Data.Workflow.Journal.FirstBroken(await db.Journal.AsNoTracking().Where(j => j.SubjectId == draft.CaseId).OrderBy(j => j.Sequence).ToListAsync()));
            return true;
        });
        var client = await FormClient.SignInAsync(host, draft.UserName);
        var shown = await client.GetAsync($"/cases/{draft.CaseId}");
        Assert.DoesNotContain(shown.QuerySelectorAll("script"), s => s.TextContent.Contains("alert", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/cases/{draft.CaseId}/edit/centre")).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Enterprise_AnyText_IsKeptOrRefusedAtTheField(string provider, string kind)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        var client = await FormClient.SignInAsync(host, draft.UserName);
        var text = Make(kind);

        var answer = await client.PostAsync(
            await client.GetAsync("/enterprise/identity"), "form[data-unsaved]", ("Input.Name", text), ("Input.Address", text), ("Input.ContactName", text));

        if (kind == "huge")
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("100 字", answer.QuerySelector("[name='Input.Name']")!.ParentElement!.TextContent, StringComparison.Ordinal);
            Assert.Equal(text, ((IHtmlInputElement)answer.QuerySelector("[name='Input.Name']")!).Value);
            return;
        }

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain(answer.QuerySelectorAll("script"), s => s.TextContent.Contains("alert", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Api_AnyText_IsNeverAServerError(string provider, string kind)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        var api = ApiClient.Of(host, draft.Token);
        var text = Make(kind);

        var saved = await api.SendAsync(HttpMethod.Put, $"applications/{draft.CaseId}/answers", JsonContent.Create(new { answers = new { mechanism = text, unknown = text }, version = draft.Version }), null);
        Assert.Equal(HttpStatusCode.OK, saved.Status);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync($"applications/{draft.CaseId}")).Status);

        var bad = await api.PostAsync("tokens", new { userName = text, password = text });
        Assert.Equal(HttpStatusCode.Unauthorized, bad.Status);
        var encoded = Uri.EscapeDataString(text.Length > 1000 ? text[..1000] : text);
        var last = Uri.EscapeDataString(Kept(kind)[..Math.Min(Kept(kind).Length, 1000)]);
        foreach (var path in new[] { $"applications?q={encoded}&stage={encoded}", $"notices?q={encoded}", $"notices/{last}", $"certificates/{last}" })
        {
            Assert.True((int)(await api.GetAsync(path)).Status < 500, path);
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Search_AnyText_IsNeverAServerError(string provider, string kind)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var officer = await FormClient.SignInAsync(host, "jingban");
        var text = Make(kind);
        var encoded = Uri.EscapeDataString(text.Length > 1000 ? text[..1000] : text);
        foreach (var path in new[] { $"/cases?q={encoded}&stage={encoded}", $"/notices?q={encoded}", $"/admin/mails?q={encoded}", $"/certificates?number={encoded}" })
        {
            var page = await officer.GetAsync(path);
            Assert.True((int)page.StatusCode < 500, path);
            Assert.DoesNotContain(page.QuerySelectorAll("script"), s => s.TextContent.Contains("alert", StringComparison.Ordinal));
        }

        var login = await FormClient.StartAsync(host, "/account/login");
        var refused = await login.Client.PostAsync(login.Page, "form.card", ("UserName", text), ("Password", DemoAccounts.Password));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Pages_OfEveryKind_AllowNoInlineScript()
    {
        var host = await hosts.GetAsync();
        var officer = await FormClient.SignInAsync(host, "jingban");
        foreach (var path in new[] { "/", "/desk", "/cases", "/admin/batches", "/nowhere", "/api/v1/batches" })
        {
            using var response = await officer.Http.GetAsync(new Uri(path, UriKind.Relative));
            var policy = response.Headers.GetValues("Content-Security-Policy").Single();
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        }
    }

    private static string Make(string kind) => kind switch
    {
        "script" => Script,
        "emoji" => Emoji,
        "nul" => "前\0后尾",
        "huge" => string.Concat(Enumerable.Repeat("很长的一段文字。", 30_000)),
        _ => "第一行\r\n第二行",
    };

    /// <summary>What can be neither stored everywhere nor seen is left out; all else stays.</summary>
    private static string Kept(string kind) => kind switch
    {
        "nul" => "前后尾",
        "lines" => "第一行\n第二行",
        _ => Make(kind),
    };
}
