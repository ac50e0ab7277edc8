using System.Net;
using System.Text.RegularExpressions;
using Applications.Data.Cases;
using Applications.Domain.Cases;
using Applications.Domain.Forms;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Documents;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using UglyToad.PdfPig;

namespace Applications.Web.Tests.Features.Filings;

/// <summary>The filed application as a PDF, read back as a reader would; and its check code on the public page.</summary>
public sealed class FilingPdfTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    [Fact]
    public async Task Pdf_OfAFiling_HasEveryAnswerEveryFileAndNumberedPages()
    {
        var host = await FontedAsync();
        var (filing, number, form, files) = await FiledAsync(host);
        var pages = await PagesAsync(host, "jingban", filing.CaseId);
        var whole = string.Concat(pages);

        Assert.Contains(number, pages[0], StringComparison.Ordinal);
        Assert.Contains(filing.Digest, whole, StringComparison.Ordinal);
        Assert.Contains("目录", pages[1], StringComparison.Ordinal);
        for (var i = 1; i < pages.Count; i++)
        {
            Assert.Contains($"第{i + 1}页共{pages.Count}页", pages[i], StringComparison.Ordinal);
            Assert.Contains(filing.CheckCode, pages[i], StringComparison.Ordinal);
        }

        // A text that goes over the page has the frame of the page in its midst.
        var frame = await host.InScopeAsync((_, db) => db.Applications.Where(a => a.Id == filing.CaseId).Select(a => a.EnterpriseName + db.Batches.Where(b => b.Id == a.BatchId).Select(b => b.Name).First()).SingleAsync());
        var text = Regex.Replace(whole, $"{Regex.Escape(Squeeze(frame))}第\\d+页共\\d+页{Regex.Escape(number)}校验码{filing.CheckCode}", string.Empty);
        var answers = Answers.Parse(filing.Answers);
        foreach (var field in form.Fields.Where(f => f.Kind is not (FieldKind.Files or FieldKind.Computed or FieldKind.Table) && answers[f.Key] is not null))
        {
            Assert.Contains(Squeeze(field.Label), whole, StringComparison.Ordinal);
            Assert.Contains(Squeeze(FormDisplay.Text(field, answers[field.Key])), text, StringComparison.Ordinal);
        }

        Assert.All(files, f => Assert.Contains(f.Sha256, whole, StringComparison.Ordinal));
        foreach (var field in form.Fields.Where(f => f.Kind == FieldKind.Computed))
        {
            Assert.Contains(Squeeze(field.Label), whole, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pdf_ForAnExpert_DoesNotNameWhoFiled()
    {
        var host = await FontedAsync();
        var scene = await Invariants.Scene.SetAsync(host);
        var filer = await host.InScopeAsync((_, db) => db.Filings.Where(f => f.CaseId == scene.CaseId).Select(f => f.FiledByName).FirstAsync());

        Assert.Contains("提交人", (await PagesAsync(host, "jingban", scene.CaseId))[0], StringComparison.Ordinal);
        Assert.DoesNotContain("提交人", (await PagesAsync(host, scene.Users["expert"]!, scene.CaseId))[0], StringComparison.Ordinal);
        Assert.NotEmpty(filer);
    }

    [Fact]
    public async Task Pdf_OfADraft_IsTheApplicantsAlone_AndCarriesNoCode()
    {
        var host = await FontedAsync();
        var draft = (await Drafts.MakeAsync(host, 1))[0];

        var pages = await PagesAsync(host, draft.UserName, draft.CaseId);

        Assert.Contains("（盖章）", pages[0], StringComparison.Ordinal);
        Assert.Contains("尚未提交", pages[0], StringComparison.Ordinal);
        Assert.DoesNotContain("提交人", pages[0], StringComparison.Ordinal);
        Assert.All(pages.Skip(1), p => Assert.Contains("草稿，尚未提交", p, StringComparison.Ordinal));
        Assert.DoesNotContain("校验码", string.Concat(pages.Skip(1)), StringComparison.Ordinal);

        // What is computed is signed too: the first device's 2 × 86.5, its unit in the head, and the sum of all.
        Assert.Contains("173", string.Concat(pages), StringComparison.Ordinal);
        Assert.DoesNotContain("173万元", string.Concat(pages), StringComparison.Ordinal);
        Assert.Contains("研发设备原值合计1,214.5万元", string.Concat(pages), StringComparison.Ordinal);
        var officer = await FormClient.SignInAsync(host, "jingban");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await officer.GetAsync($"/cases/{draft.CaseId}/pdf")).StatusCode);
    }

    [Fact]
    public async Task Pdf_MadeTwice_IsTheSameFile()
    {
        var host = await FontedAsync();
        var (filing, _, _, _) = await FiledAsync(host);
        var client = await FormClient.SignInAsync(host, "jingban");
        var address = new Uri($"/cases/{filing.CaseId}/pdf", UriKind.Relative);

        Assert.Equal(await client.Http.GetByteArrayAsync(address), await client.Http.GetByteArrayAsync(address));
    }

    [Fact]
    public async Task Pdf_WithoutAFont_IsRefusedInWords()
    {
        await using var host = await AppHost.StartAsync(
            TestDatabases.Sqlite, new AppHostOptions { Settings = new Dictionary<string, string> { ["Documents:Font"] = "/nowhere/font.ttc" } });
        var (filing, _, _, _) = await FiledAsync(host);
        var client = await FormClient.SignInAsync(host, "jingban");

        var page = await client.GetAsync($"/cases/{filing.CaseId}/pdf");

        Assert.Contains("服务器没有中文字体", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckCode_OnThePublicPage_IsConfirmedOrNot()
    {
        var host = await hosts.GetAsync();
        var (filing, number, _, _) = await FiledAsync(host);
        var (stranger, _) = await FormClient.StartAsync(host, "/");

        var right = await stranger.GetAsync($"/filings/check?number={number}&code={filing.CheckCode.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)}");
        var wrong = await stranger.GetAsync($"/filings/check?number={number}&code=0000-0000-0000-0000");

        Assert.Contains("封存后未被改动", right.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(filing.Digest, right.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("没有相符的申报书", wrong.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(filing.Digest, wrong.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckCode_OfAFilingChangedBehindThePages_IsToldApart()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (filing, number, _, _) = await FiledAsync(host);
        await host.InScopeAsync((_, db) => db.Filings.Where(f => f.Id == filing.Id).ExecuteUpdateAsync(u => u.SetProperty(f => f.Answers, f => f.Answers + " ")));
        var (stranger, _) = await FormClient.StartAsync(host, "/");

        var page = await stranger.GetAsync($"/filings/check?number={number}&code={filing.CheckCode}");

        Assert.Contains("与封存时的摘要不一致", page.Body!.TextContent, StringComparison.Ordinal);
    }

    private async Task<AppHost> FontedAsync()
    {
        var host = await hosts.GetAsync();
        Assert.SkipWhen(host.Services.GetRequiredService<DocumentFont>().Find() is null, "No Chinese font is installed here.");
        return host;
    }

    private static Task<(Filing Filing, string Number, FormDefinition Form, List<Attachment> Files)> FiledAsync(AppHost host) => host.InScopeAsync(async (services, db) =>
    {
        var found = await (
            from a in db.Applications.AsNoTracking()
            join b in db.Batches on a.BatchId equals b.Id
            join f in db.Filings on a.Id equals f.CaseId
            where f.Round == a.FilingRound && a.Number != null
            orderby a.Number
            select new { a.Number, b.FormId, Filing = f }).FirstAsync();
        var files = await db.Attachments.AsNoTracking().Where(f => f.CaseId == found.Filing.CaseId).InFiling(found.Filing.Round).ToListAsync();
        return (found.Filing, found.Number!, services.GetRequiredService<Data.Workflow.DefinitionCatalog>().Form(found.FormId), files);
    });

    /// <summary>The text of each page, without blanks: lines are the printer's.</summary>
    private static async Task<List<string>> PagesAsync(AppHost host, string user, Guid id)
    {
        var client = await FormClient.SignInAsync(host, user);
        using var answer = await client.Http.GetAsync(new Uri($"/cases/{id}/pdf", UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        using var pdf = PdfDocument.Open(await answer.Content.ReadAsByteArrayAsync());
        return [.. pdf.GetPages().Select(p => Squeeze(string.Concat(p.Letters.Select(l => l.Value))))];
    }

    private static string Squeeze(string text) => Regex.Replace(text, "\\s", string.Empty);
}
