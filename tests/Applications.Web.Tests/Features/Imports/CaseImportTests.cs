using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Applications.Data.Workflow;
using Applications.Domain.Cases;
using Applications.Domain.Forms;
using Applications.Testing;
using Applications.Web.Features.Cases.Import;
using Applications.Web.Infrastructure.Workbooks;
using Applications.Web.Tests.Features.Administration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Features.Imports;

/// <summary>Applications that came on paper become drafts that the enterprise has to look through; a draft that is there is never overwritten unasked.</summary>
public sealed class CaseImportTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    private const string Programme = "one-enterprise-one-technology";

    [Fact]
    public async Task Take_GoodRows_MakesDraftsThatTheEnterpriseHasToLookThrough()
    {
        var (host, batch, sheets, officer) = await SceneAsync("jingban");
        var fresh = await FreshAsync(host, batch, 2);
        var answers = fresh.Select(e => Simple(sheets)).ToList();

        var looked = await SendAsync(officer, batch, sheets, [.. fresh.Select((e, i) => (e.Uscc, answers[i]))]);
        Assert.Equal(["2", "0", "0", "0"], Figures(looked));
        Assert.False(await host.InScopeAsync((_, db) => db.Applications.AnyAsync(a => a.BatchId == batch && a.EnterpriseId == fresh[0].Id)));
        var done = await officer.PostAsync(looked, "form[action*=Take]");
        var again = await officer.PostAsync(looked, "form[action*=Take]");

        Assert.Contains("新建草稿 2 份", done.Text(), StringComparison.Ordinal);
        Assert.Contains("新建草稿 2 份", again.Text(), StringComparison.Ordinal);
        var draft = await host.InScopeAsync((_, db) => db.Applications.AsNoTracking().SingleAsync(a => a.BatchId == batch && a.EnterpriseId == fresh[0].Id));
        Assert.True(draft.IsDraft);
        Assert.StartsWith("纸质申报（省厅经办", draft.CarriedFrom, StringComparison.Ordinal);
        Assert.Superset(answers[0].Json.Select(a => a.Key).ToHashSet(), Carried(draft).ToHashSet());
        var stored = Answers.Parse(draft.Answers);
        Assert.All(answers[0].Json.Where(a => a.Value is System.Text.Json.Nodes.JsonValue), a => Assert.Equal(a.Value!.ToJsonString(), stored[a.Key]?.ToJsonString()));
        Assert.Equal("导入纸质申报", await host.InScopeAsync((_, db) => db.Journal.Where(j => j.SubjectId == draft.Id).OrderBy(j => j.Sequence).Select(j => j.OutcomeLabel).FirstAsync()));
        Assert.True(await host.InScopeAsync((_, db) => db.WorkItems.AnyAsync(w => w.CaseId == draft.Id && w.ClosedAt == null)));
    }

    [Fact]
    public async Task Look_AtFaults_NamesCellsOfAllSheetsAndTheOthersCanBeTaken()
    {
        var (host, batch, sheets, officer) = await SceneAsync("jingban");
        var fresh = await FreshAsync(host, batch, 2, skip: 2);
        var submitted = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        var code = await host.InScopeAsync((_, db) => db.Enterprises.Where(e => e.Id == submitted.EnterpriseId).Select(e => e.Uscc).SingleAsync());
        var number = sheets.Columns.First(c => c.Field.Kind == FieldKind.Integer || c.Field.Kind == FieldKind.Decimal);
        var patents = sheets.Tables.Single(t => t.Field.Key == "patents");
        var bad = new Answers(new() { [number.Key] = "许多", ["patents"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["title"] = "甲", ["kind"] = "魔法" }) });

        var looked = await SendAsync(officer, batch, sheets, [(fresh[0].Uscc, bad), (fresh[1].Uscc, Simple(sheets)), ("91370100MA3DEMQQQQ", Simple(sheets)), (code, Simple(sheets))], stray: patents);

        Assert.Equal(["1", "0", "0", "4"], Figures(looked));
        var column = Workbook.Letters(sheets.Columns.ToList().IndexOf(number));
        var kind = Workbook.Letters(patents.Columns.ToList().FindIndex(c => c.Key == "kind"));
        var faults = looked.QuerySelectorAll("section:has(form[action*=Faults]) tbody tr").Select(r => (Place: r.Children[0].TextContent, Sheet: r.Children[1].TextContent, Value: r.Children[3].TextContent, Words: r.Children[4].TextContent)).ToList();
        Assert.Contains(faults, f => f is { Sheet: ApplicationSheets.Main, Value: "许多" } && f.Place == $"{column}2");
        Assert.Contains(faults, f => f.Sheet == patents.Sheet && f.Place == $"{kind}2" && f.Words.Contains("发明", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Place == "A4");
        Assert.Contains(faults, f => f.Place == "A5" && f.Words.Contains("已提交", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Sheet == patents.Sheet && f.Place == "A3" && f.Words.Contains("没有这家企业", StringComparison.Ordinal));
        var back = sheets.Read(WorkbookReader.Read(new MemoryStream(await officer.DownloadAsync(looked, "form[action*=Faults]"))));
        Assert.Equal([fresh[0].Uscc, "91370100MA3DEMQQQQ", code], back.Applications.Select(a => a.Uscc));
        Assert.Contains("新建草稿 1 份", (await officer.PostAsync(looked, "form[action*=Take]")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Take_OverADraft_OnlyWhenTicked()
    {
        var (host, batch, sheets, officer) = await SceneAsync("jingban");
        var drafts = await Drafts.MakeAsync(host, 2);
        var codes = await host.InScopeAsync(async (_, db) => (await db.Enterprises.AsNoTracking().ToListAsync()).ToDictionary(e => e.Id, e => e.Uscc));
        var text = sheets.Columns.First(c => c.Field.Kind == FieldKind.LongText);
        var other = new Answers(new() { [text.Key] = new string('新', Math.Max(200, text.Field.MinLength ?? 0)) });
        var before = await AnswersOf(host, drafts[1].CaseId);

        var looked = await SendAsync(officer, batch, sheets, [.. drafts.Select(d => (codes[d.EnterpriseId], other))]);
        Assert.Equal(["0", "2", "0", "0"], Figures(looked));
        Assert.Contains("替换已填内容", looked.Text(), StringComparison.Ordinal);
        var done = await officer.PostAsync(looked, "form[action*=Take]", ("Updates", "2"));

        Assert.Contains("更新草稿 1 份，保留原样 1 份", done.Text(), StringComparison.Ordinal);
        Assert.StartsWith("新新", (await AnswersOf(host, drafts[0].CaseId))[text.Key]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(before.ToJson(), (await AnswersOf(host, drafts[1].CaseId)).ToJson());
        Assert.Equal([text.Key], await host.InScopeAsync(async (_, db) => Carried(await db.Applications.AsNoTracking().SingleAsync(a => a.Id == drafts[0].CaseId))));
        var client = await FormClient.SignInAsync(host, drafts[0].UserName);
        var page = await client.GetAsync($"/cases/{drafts[0].CaseId}/edit");
        Assert.Contains("录自纸质申报（省厅经办", page.Text(), StringComparison.Ordinal);
        var submit = await client.GetAsync($"/cases/{drafts[0].CaseId}/submit");
        Assert.Contains("还没有核对", submit.Text(), StringComparison.Ordinal);

        // The draft moved on: what was looked at is no longer what is there.
        var stale = await officer.PostAsync(looked, "form[action*=Take]", ("Updates", "3"), ("IdempotencyKey", $"{Guid.NewGuid()}"));
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
    }

    [Fact]
    public async Task City_TakesItsOwnEnterprisesOnly()
    {
        var (host, batch, sheets, city) = await SceneAsync("shi02");
        var (own, foreign) = await host.InScopeAsync(async (_, db) =>
        {
            var scope = await db.Users.Where(u => u.UserName == "shi02").Select(u => u.ScopeId).SingleAsync();
            var free = db.Enterprises.AsNoTracking().Where(e => !db.Applications.Any(a => a.BatchId == batch && a.EnterpriseId == e.Id));
            return (await free.FirstAsync(e => e.CityId == scope), await free.FirstAsync(e => e.CityId != scope));
        });

        var looked = await SendAsync(city, batch, sheets, [(own.Uscc, Simple(sheets)), (foreign.Uscc, Simple(sheets))]);

        Assert.Equal(["1", "0", "0", "1"], Figures(looked));
        Assert.DoesNotContain(foreign.Name, looked.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_OfTheBatch_HoldsWhatWasFiledAndTheCityItsOwnOnly()
    {
        var (host, batch, sheets, officer) = await SceneAsync("jingban");
        var filed = (await Drafts.MakeAsync(host, 1, submit: true))[0];

        var book = await officer.Http.GetByteArrayAsync(new Uri($"/cases/import?handler=Export&batch={batch}", UriKind.Relative));

        var read = sheets.Read(WorkbookReader.Read(new MemoryStream(book)));
        var all = await host.InScopeAsync((_, db) => db.Applications.CountAsync(a => a.BatchId == batch && a.SubmittedAt != null));
        Assert.Equal(all, read.Applications.Count);
        var code = await host.InScopeAsync((_, db) => db.Enterprises.Where(e => e.Id == filed.EnterpriseId).Select(e => e.Uscc).SingleAsync());
        var answers = await AnswersOf(host, filed.CaseId);
        var back = read.Applications.Single(a => a.Uscc == code).Answers;
        Assert.All(sheets.Columns.Where(c => back[c.Key] is not null), c => Assert.Equal(FieldCells.Write(c.Field, answers[c.Key]), FieldCells.Write(c.Field, back[c.Key])));
        Assert.True(back.Rows("patents").Count > 0);
        var other = await (await FormClient.SignInAsync(host, "shi01")).Http.GetByteArrayAsync(new Uri($"/cases/import?handler=Export&batch={batch}", UriKind.Relative));
        Assert.DoesNotContain(WorkbookReader.Read(new MemoryStream(other)).Sheets[0].Rows, r => r.Cells.Values.Any(c => c.Text == code));
    }

    [Theory]
    [InlineData("xian01")]
    [InlineData("qiye01")]
    [InlineData("jijian")]
    public async Task Others_DoNotImport(string user)
    {
        var host = await hosts.GetAsync();
        var client = await FormClient.SignInAsync(host, user);
        var batch = await host.InScopeAsync((_, db) => db.Batches.Select(b => b.Id).FirstAsync());

        Assert.Null((await client.GetAsync("/cases/import")).QuerySelector("input[type=file]"));
        Assert.NotEqual(Workbook.ContentType, (await client.Http.GetAsync(new Uri($"/cases/import?handler=Export&batch={batch}", UriKind.Relative))).Content.Headers.ContentType?.MediaType);
    }

    private async Task<(AppHost Host, Guid Batch, ApplicationSheets Sheets, FormClient Client)> SceneAsync(string user)
    {
        var host = await hosts.GetAsync();
        var (batch, form) = await host.InScopeAsync(async (services, db) =>
        {
            var now = services.GetRequiredService<WorkflowHost>().Now;
            var open = await db.Batches.AsNoTracking().SingleAsync(b => b.ProgrammeKey == Programme && b.OpensAt <= now && b.FilingClosesAt > now);
            return (open.Id, services.GetRequiredService<DefinitionCatalog>().Form(open.FormId));
        });
        return (host, batch, new ApplicationSheets(form), await FormClient.SignInAsync(host, user));
    }

    private static Task<List<Domain.Enterprises.Enterprise>> FreshAsync(AppHost host, Guid batch, int count, int skip = 0) => host.InScopeAsync((_, db) =>
        db.Enterprises.AsNoTracking().Where(e => !db.Applications.Any(a => a.BatchId == batch && a.EnterpriseId == e.Id)).OrderBy(e => e.Uscc).Skip(skip).Take(count).ToListAsync());

    /// <summary>A text and a row, in order.</summary>
    private static Answers Simple(ApplicationSheets sheets)
    {
        var text = sheets.Columns.First(c => c.Field.Kind == FieldKind.LongText);
        return new Answers(new() { [text.Key] = new string('文', Math.Max(100, text.Field.MinLength ?? 0)), ["awards"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["name"] = "省科技进步奖" }) });
    }

    private static async Task<IDocument> SendAsync(FormClient client, Guid batch, ApplicationSheets sheets, IReadOnlyList<(string Uscc, Answers Answers)> applications, FormTableSheet? stray = null)
    {
        var tables = sheets.Write([.. applications.Select(a => (a.Uscc, "核对", a.Answers))]);
        if (stray is not null)
        {
            tables = [.. tables.Select(t => t.Name == stray.Sheet ? t with { Rows = [.. t.Rows, new Dictionary<string, string> { [ApplicationSheets.Uscc] = "91370100MA3DEM9999" }] } : t)];
        }

        await using var file = await ImportWorkbooks.TemplateAsync(tables, [], default);
        return await client.UploadAsync($"/cases/import?batch={batch}", file.ToArray(), ("Batch", $"{batch}"));
    }

    private static List<string> Carried(Application draft) => JsonSerializer.Deserialize<List<string>>(draft.Carried!)!;

    private static IEnumerable<string> Figures(IDocument page) => page.QuerySelectorAll("dl.figures dd").Select(d => d.TextContent);

    private static Task<Answers> AnswersOf(AppHost host, Guid caseId) =>
        host.InScopeAsync(async (_, db) => Answers.Parse(await db.Applications.Where(a => a.Id == caseId).Select(a => a.Answers).SingleAsync()));
}
