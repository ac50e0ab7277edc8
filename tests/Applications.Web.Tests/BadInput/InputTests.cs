using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Applications.Web.Tests.BadInput;

/// <summary>Wrong values, wrong moments, broken requests: each gets a clear answer at its place, and nothing typed is lost.</summary>
public sealed class InputTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    private const string Text = "填了很久的一段文字，无论如何不能丢失。";

    [Fact]
    public async Task Enterprise_WrongCheckDigit_IsSaidAtTheField()
    {
        var (host, draft, client) = await StartAsync();
        var uscc = await host.InScopeAsync((_, db) => db.Enterprises.Where(e => e.Id == draft.EnterpriseId).Select(e => e.Uscc).SingleAsync());
        var wrong = uscc[..17] + (uscc[17] == '1' ? '2' : '1');

        var answer = await client.PostAsync(await client.GetAsync("/enterprise/identity"), "form[data-unsaved]", ("Input.Uscc", wrong), ("Input.Address", Text));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("校验", ErrorAt(answer, "Input.Uscc"), StringComparison.Ordinal);
        Assert.Equal(wrong, ValueOf(answer, "Input.Uscc"));
        Assert.Equal(Text, ValueOf(answer, "Input.Address"));
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("NaN")]
    [InlineData("1e400")]
    [InlineData("99999999999999999999999999999999999999")]
    [InlineData("十二")]
    [InlineData("1,2,3,4")]
    public async Task Enterprise_WrongNumbers_AreSaidAtTheField(string number)
    {
        var (_, _, client) = await StartAsync();

        var answer = await client.PostAsync(await client.GetAsync("/enterprise/identity"), "form[data-unsaved]", ("Input.Years[0].Staff", number), ("Input.Years[0].Revenue", number));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEmpty(ErrorAt(answer, "Input.Years[0].Staff"));
        Assert.Equal(number, ValueOf(answer, "Input.Years[0].Staff"));
        Assert.Equal(number, ValueOf(answer, "Input.Years[0].Revenue"));
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("NaN")]
    [InlineData("1e400")]
    [InlineData("99999999999999999999999999999999999999")]
    [InlineData("十二")]
    public async Task Save_WrongNumbers_AreKeptAndSaidAtTheField(string number)
    {
        var (_, draft, client) = await StartAsync();

        var answer = await client.PostAsync(
            await client.GetAsync($"/cases/{draft.CaseId}/edit/investment"), "form.card", ("centreRdStaff", number), ("centreRdSpend", number), ("externalExperts[r0].months", number));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEmpty(ErrorAt(answer, "centreRdStaff"));
        Assert.NotEmpty(ErrorAt(answer, "centreRdSpend"));
        Assert.Equal(number, ValueOf(answer, "centreRdStaff"));
        Assert.Equal(number, ValueOf(answer, "centreRdSpend"));
        Assert.Contains("需要", (await client.GetAsync($"/cases/{draft.CaseId}/submit")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_WithoutAnAttachment_SaysWhichAndWhere()
    {
        var (host, draft, client) = await StartAsync();
        var form = await client.GetAsync($"/cases/{draft.CaseId}/submit");
        await host.InScopeAsync((_, db) => db.Attachments.Where(a => a.CaseId == draft.CaseId && a.FieldKey == "auditReport").ExecuteDeleteAsync());

        var answer = await client.PostAsync(form, "form.card");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("还有 1 处需要填写或改正", answer.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(answer.QuerySelectorAll<IHtmlAnchorElement>("main a"), a => a.GetAttribute("href")!.EndsWith("attachments#auditReport", StringComparison.Ordinal));
        Assert.Equal(0, await host.InScopeAsync((_, db) => db.Filings.CountAsync(f => f.CaseId == draft.CaseId)));
    }

    [Fact]
    public async Task Deadline_PassedWhileTheFormWasOpen_KeepsTheAnswersAndSaysSo()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite, new AppHostOptions { Clock = clock });
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        var closes = clock.GetUtcNow().UtcDateTime.AddMinutes(10);
        await host.InScopeAsync((_, db) => db.Batches.Where(b => b.Id == draft.BatchId).ExecuteUpdateAsync(s => s.SetProperty(b => b.FilingClosesAt, closes)));
        await host.InScopeAsync((_, db) => db.Timers.Where(t => t.SubjectId == draft.BatchId && t.DoneAt == null).ExecuteUpdateAsync(s => s.SetProperty(t => t.DueAt, closes)));
        var client = await FormClient.SignInAsync(host, draft.UserName);
        var (edit, submit) = (await client.GetAsync($"/cases/{draft.CaseId}/edit/centre"), await client.GetAsync($"/cases/{draft.CaseId}/submit"));
        clock.Advance(TimeSpan.FromMinutes(11));

        var late = await client.PostAsync(submit, "form.card");
        Assert.Equal(HttpStatusCode.BadRequest, late.StatusCode);
        Assert.Contains("申报已截止，不能提交。您填写的内容已保存", late.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);

        var saved = await client.PostAsync(edit, "form.card", ("mechanism", Text));
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Contains(Text, await AnswersAsync(host, draft), StringComparison.Ordinal);

        // Once the batch has closed its window the draft is over; the page still shows what was typed into it.
        edit = await client.GetAsync($"/cases/{draft.CaseId}/edit/centre");
        await host.Services.GetRequiredService<FireTimers>().ExecuteAsync(CancellationToken.None);
        await host.Services.GetRequiredService<DrainOutbox>().ExecuteAsync(CancellationToken.None);
        var over = await client.PostAsync(edit, "form.card", ("mechanism", Text + "再加一句。"));
        Assert.Equal(HttpStatusCode.BadRequest, over.StatusCode);
        Assert.Contains("目前不能修改", over.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(Text + "再加一句。", ValueOf(over, "mechanism"));
    }

    [Fact]
    public async Task Save_ExpiredToken_KeepsWhatWasTypedAndCanBeSentAgain()
    {
        var (host, draft, client) = await StartAsync();
        var page = await client.GetAsync($"/cases/{draft.CaseId}/edit/centre");

        var expired = await client.PostAsync(page, "form.card", ("mechanism", Text), ("__RequestVerificationToken", "x"));
        Assert.Equal(HttpStatusCode.BadRequest, expired.StatusCode);
        Assert.Contains("内容没有丢失", expired.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(Text, ValueOf(expired, "mechanism"));

        var saved = await client.PostAsync(expired, "main form");
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Contains(Text, await AnswersAsync(host, draft), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_ForeignToken_KeepsWhatWasTypedAndCanBeSentAgain()
    {
        var (host, draft, client) = await StartAsync();
        var other = await FormClient.SignInAsync(host, "qiye01");
        var foreign = ((IHtmlInputElement)(await other.GetAsync("/enterprise/identity")).QuerySelector("main [name=__RequestVerificationToken]")!).Value;
        var page = await client.GetAsync($"/cases/{draft.CaseId}/edit/centre");

        var refused = await client.PostAsync(page, "form.card", ("mechanism", Text), ("__RequestVerificationToken", foreign));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var saved = await client.PostAsync(refused, "main form");

        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Contains(Text, await AnswersAsync(host, draft), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Fly")]
    [InlineData("Withdraw")]
    [InlineData("")]
    public async Task Decide_UnknownOutcome_IsRefusedInWordsAndKeepsTheReason(string outcome)
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        var city = await FormClient.SignInAsync(host, "shi02");

        var answer = await city.PostAsync(await city.GetAsync($"/cases/{draft.CaseId}"), "#decide", ("Outcome", outcome), ("Reason", Text));

        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Conflict, answer.StatusCode.ToString());
        Assert.NotNull(answer.QuerySelector(".error-summary"));
        Assert.Equal(Text, ValueOf(answer, "Reason"));
        Assert.Equal("cityCheck", await host.InScopeAsync((_, db) => db.Applications.Where(a => a.Id == draft.CaseId).Select(a => a.Stage).SingleAsync()));
    }

    [Theory]
    [InlineData("Version")]
    [InlineData("ItemId")]
    [InlineData("IdempotencyKey")]
    public async Task Decide_MalformedGuid_IsRefusedAndKeepsTheReason(string field)
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        var city = await FormClient.SignInAsync(host, "shi02");

        var answer = await city.PostAsync(await city.GetAsync($"/cases/{draft.CaseId}"), "#decide", ("Outcome", "Return"), ("Reason", Text), (field, "not-a-guid"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotNull(answer.QuerySelector(".error-summary"));
        Assert.Equal(Text, ValueOf(answer, "Reason"));
    }

    [Theory]
    [InlineData("/cases/x")]
    [InlineData("/cases/x/edit")]
    [InlineData("/cases/00000000-0000-0000-0000-00000000000/receipt")]
    [InlineData("/reviews/x")]
    [InlineData("/admin/batches/1")]
    [InlineData("/notices/nothing")]
    [InlineData("/certificates/nothing")]
    [InlineData("/cases/{id}/edit/nothing")]
    [InlineData("/cases/{id}/files/x")]
    [InlineData("/cases/00000000-0000-0000-0000-000000000001")]
    [InlineData("/cases/{id}/similar")]
    [InlineData("/titles/00000000-0000-0000-0000-000000000001")]
    [InlineData("/delegations")]
    public async Task Page_MalformedUnknownOrForeignAddress_IsNotFoundInWords(string path)
    {
        var (_, draft, client) = await StartAsync();

        var answer = await client.GetAsync(path.Replace("{id}", draft.CaseId.ToString(), StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("没有找到", answer.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/cases?after=x&afterId=y&batch=z")]
    [InlineData("/cases?after=-1&afterId=00000000-0000-0000-0000-000000000000")]
    [InlineData("/cases?after=9223372036854775807&afterId=00000000-0000-0000-0000-000000000000")]
    [InlineData("/desk/done?before=x")]
    [InlineData("/desk/done?before=9223372036854775807")]
    [InlineData("/notices?before=-9223372036854775808")]
    [InlineData("/cases/new?batch=x")]
    [InlineData("/account/login?returnUrl=https://elsewhere.example")]
    public async Task Page_NonsenseInTheQuery_IsNeverAServerError(string path)
    {
        var (_, _, client) = await StartAsync();

        var answer = await client.GetAsync(path);

        Assert.True((int)answer.StatusCode < 500, $"{answer.StatusCode}");
        Assert.Equal("localhost", new Uri(answer.Url).Host);
    }

    [Fact]
    public async Task Post_WithoutABody_IsRefusedOnAPage()
    {
        var (_, draft, client) = await StartAsync();
        foreach (var path in new[] { $"/cases/{draft.CaseId}", $"/cases/{draft.CaseId}/edit/centre", $"/cases/{draft.CaseId}/submit", "/enterprise", "/enterprise/ip", "/cases/new", "/account/login" })
        {
            using var empty = new ByteArrayContent([]);
            var answer = await client.SendAsync(path, empty);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.NotNull(answer.QuerySelector("h1"));
        }
    }

    [Fact]
    public async Task Post_ToAPageThatOnlyShows_IsNotFound()
    {
        var (_, draft, client) = await StartAsync();
        var form = await client.GetAsync("/enterprise/identity");
        foreach (var path in new[] { "/desk", "/cases", $"/cases/{draft.CaseId}/receipt", $"/cases/{draft.CaseId}/rules", "/notices" })
        {
            form.QuerySelector("form[data-unsaved]")!.SetAttribute("action", path);
            Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync(form, "form[data-unsaved]")).StatusCode);
        }
    }

    private async Task<(AppHost Host, Draft Draft, FormClient Client)> StartAsync()
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        return (host, draft, await FormClient.SignInAsync(host, draft.UserName));
    }

    private static string ErrorAt(IDocument page, string name) =>
        page.QuerySelector($"[name='{name}']")!.Closest(".field, td")!.QuerySelector(".field-error, .error")?.TextContent ?? string.Empty;

    private static string ValueOf(IDocument page, string name) => page.QuerySelector($"[name='{name}']") switch
    {
        IHtmlTextAreaElement area => area.Value,
        IHtmlInputElement input => input.Value,
        var other => throw new InvalidOperationException($"No field {name} but {other?.LocalName}."),
    };

    private static Task<string> AnswersAsync(AppHost host, Draft draft) =>
        host.InScopeAsync((_, db) => db.Applications.Where(a => a.Id == draft.CaseId).Select(a => a.Answers).SingleAsync());
}
