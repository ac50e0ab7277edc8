using System.Net;
using AngleSharp.Dom;
using Applications.Data.Workflow;
using Applications.Domain.Cases;
using Applications.Testing;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Features.Definitions;

/// <summary>Moving running cases to another version: where they stand, what must not happen again, and all or none.</summary>
public sealed class MoveTests
{
    private static NextVersion Renamed => NextVersion.Make(2).Rename("cityCheck", "cityReview").Title("cityReview", "市级复核").Input("cityReview", "dueDays", 20);

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Move_Cases_RunsNothingAgainAndTheCasesGoOn(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        await using var host = await AppHost.StartAsync(provider);
        var cases = await Drafts.MakeAsync(host, 3, submit: true);
        await PublishTests.UploadAsync(host, Renamed.Json(), "2.json");
        var ids = cases.Select(c => c.CaseId).ToList();
        var before = await SnapshotAsync(host, ids);

        var done = await MoveAsync(host, cases.Select(c => c.CaseId), "&Map[cityCheck]=cityReview");

        Assert.Contains("已将 3 件申报迁移到新版本", done.Body!.TextContent, StringComparison.Ordinal);
        var after = await SnapshotAsync(host, ids);
        Assert.Equal(before.Outbox, after.Outbox);
        Assert.Equal(before.Mails, after.Mails);
        Assert.Equal(before.Filings, after.Filings);
        Assert.Equal(before.Timers, after.Timers);
        Assert.Equal(before.Items.Select(w => (w.Id, w.Token, w.OpenedAt, w.ClosedAt, w.Holder)), after.Items.Select(w => (w.Id, w.Token, w.OpenedAt, w.ClosedAt, w.Holder)));
        Assert.Equal(before.Journal + 3, after.Journal);
        foreach (var (old, moved) in before.Cases.Zip(after.Cases))
        {
            Assert.Equal(("cityReview", "市级复核", Renamed.Id, Renamed.Id), (moved.Stage, moved.StageTitle, moved.DefinitionId, moved.State.DefinitionId));
            Assert.Equal(old.State.Tokens.Select(t => (t.Id, t.Since)), moved.State.Tokens.Select(t => (t.Id, t.Since)));
            Assert.Equal(old.State.Uses, moved.State.Uses);
            Assert.Equal((old.State.NextToken, old.FilingRound, old.Number, old.StageSince), (moved.State.NextToken, moved.FilingRound, moved.Number, moved.StageSince));
            Assert.NotEqual(old.Version, moved.Version);
            var item = after.Items.Single(w => w.CaseId == moved.Id && w.ClosedAt is null);
            Assert.Equal(("cityReview", "市级复核", moved.StageDue), (item.Activity, item.Title, item.DueAt));
            Assert.True(item.DueAt > before.Items.Single(w => w.Id == item.Id).DueAt);
        }

        await host.InScopeAsync(async (_, db) =>
        {
            var line = await db.Journal.AsNoTracking().Where(j => j.SubjectId == ids[0]).OrderBy(j => j.Sequence).LastAsync();
            Assert.Equal(("migrate", "cityReview", "市级复核"), (line.Kind, line.Activity, line.StandsAt));
            Assert.Equal($"按新办法执行（{NextVersion.First} → {Renamed.Id}；环节对应：市级审核（cityCheck）→市级复核（cityReview））", line.Reason);
            Assert.Null(Journal.FirstBroken(await db.Journal.AsNoTracking().Where(j => j.SubjectId == ids[0]).OrderBy(j => j.Sequence).ToListAsync()));
            var audit = await db.Audit.AsNoTracking().SingleAsync(a => a.Action == "move-cases");
            Assert.StartsWith($"3 件 {NextVersion.First} → {Renamed.Id}", audit.Detail, StringComparison.Ordinal);
            return true;
        });

        // The city goes on by the new version, on another node that has never met it.
        await using var twin = host.StartTwin();
        var city = await FormClient.SignInAsync(twin, "shi02");
        await city.PostAsync(await city.GetAsync($"/cases/{ids[0]}"), "#decide", ("Outcome", "Return"), ("Reason", "请补充。"));
        Assert.Equal("correction", await twin.InScopeAsync((_, db) => db.Applications.Where(a => a.Id == ids[0]).Select(a => a.Stage).SingleAsync()));
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Move_OneOfThreeChangedMeanwhile_MovesNoneAndNamesIt(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        await using var host = await AppHost.StartAsync(provider);
        var cases = await Drafts.MakeAsync(host, 3, submit: true);
        await PublishTests.UploadAsync(host, NextVersion.Make(2).Json(), "2.json");
        var ids = cases.Select(c => c.CaseId).ToList();
        var admin = await FormClient.SignInAsync(host, "admin");
        var rehearsed = await admin.GetAsync(Path("v2"));
        var city = await FormClient.SignInAsync(host, "shi02");
        await city.PostAsync(await city.GetAsync($"/cases/{ids[1]}"), "#decide", ("Outcome", "Return"), ("Reason", "请补充。"));
        var before = await SnapshotAsync(host, ids);

        var refused = await PostAsync(admin, rehearsed, ids);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var name = before.Cases.Single(c => c.Id == ids[1]).EnterpriseName;
        Assert.Contains($"没有移动任何申报件：{name}（1 件）已被他人修改或办理", refused.Body!.TextContent, StringComparison.Ordinal);
        var after = await SnapshotAsync(host, ids);
        Assert.Equal(before.Cases.Select(c => (c.Id, c.Version, c.DefinitionId)), after.Cases.Select(c => (c.Id, c.Version, c.DefinitionId)));
        Assert.All(after.Cases, c => Assert.Equal(NextVersion.First, c.DefinitionId));
        Assert.Equal(before.Journal, after.Journal);
        Assert.Equal("按新办法执行", refused.QuerySelector("textarea[name=Why]")!.TextContent.Trim());

        // What is shown now is what is there now: sent once more, all three go.
        Assert.Contains("已将 3 件", (await PostAsync(admin, refused, ids)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rehearse_StepThatIsGone_SaysWhyAndWhatMayTakeItsPlace()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var one = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        await PublishTests.UploadAsync(host, Renamed.Json(), "2.json");
        var admin = await FormClient.SignInAsync(host, "admin");
        var before = await SnapshotAsync(host, [one.CaseId]);

        var page = await admin.GetAsync(Path("v2"));

        Assert.Contains("新版没有“市级审核”，请指定对应的环节", Row(page, before.Cases[0]).TextContent, StringComparison.Ordinal);
        Assert.Null(Row(page, before.Cases[0]).QuerySelector("input"));
        Assert.Contains("cityReview", page.QuerySelectorAll("select[name='Map[cityCheck]'] option").Select(o => o.GetAttribute("value")));
        var mapped = await admin.GetAsync(Path("v2") + "&Map[cityCheck]=cityReview");
        Assert.Contains("市级复核", Row(mapped, before.Cases[0]).TextContent, StringComparison.Ordinal);
        Assert.NotNull(Row(mapped, before.Cases[0]).QuerySelector("input"));
        Assert.Equal(before.Cases[0].Version, (await SnapshotAsync(host, [one.CaseId])).Cases[0].Version);
    }

    [Fact]
    public async Task Move_Timers_AreSetAndStoppedAsTheVersionSays()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var one = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        var timed = NextVersion.Make(2).Input("cityCheck", "timeoutOutcome", "Late").Arrow("cityCheck", "Late", "missed");
        await PublishTests.UploadAsync(host, timed.Json(), "2.json");

        await MoveAsync(host, [one.CaseId], "");
        var set = await TimersAsync();
        await MoveAsync(host, [one.CaseId], "", timed.Id, NextVersion.First);
        var stopped = await TimersAsync();
        await MoveAsync(host, [one.CaseId], "");
        var again = await TimersAsync();

        var due = await host.InScopeAsync((_, db) => db.Applications.Where(a => a.Id == one.CaseId).Select(a => a.StageDue).SingleAsync());
        Assert.Equal((due, null), ((DateTime?)Assert.Single(set).DueAt, set[0].DoneAt));
        Assert.NotNull(Assert.Single(stopped).DoneAt);
        Assert.Equal((set[0].Id, due, null), (Assert.Single(again).Id, (DateTime?)again[0].DueAt, again[0].DoneAt));

        Task<List<Data.Outbox.FlowTimer>> TimersAsync() => host.InScopeAsync((_, db) => db.Timers.AsNoTracking().Where(t => t.SubjectId == one.CaseId).ToListAsync());
    }

    [Fact]
    public async Task Api_RehearseAndMove_TellsCodesAndHoldsTheBounds()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var cases = await Drafts.MakeAsync(host, 2, submit: true);
        await PublishTests.UploadAsync(host, Renamed.Json(), "2.json");
        var admin = await ApiClient.SignInAsync(host, "admin");
        var officer = await ApiClient.SignInAsync(host, "jingban");
        var ids = cases.Select(c => c.CaseId).ToList();

        var rehearsed = await officer.PostAsync($"definitions/{NextVersion.First}/rehearsal", new { target = Renamed.Id, caseIds = ids });
        Assert.All(rehearsed.Body.GetProperty("cases").EnumerateArray(), c => Assert.Equal("activity-gone", c.GetProperty("obstacles")[0].GetProperty("code").GetString()));
        Assert.Equal(2, rehearsed.Body.GetProperty("cases").GetArrayLength());

        var chosen = rehearsed.Body.GetProperty("cases").EnumerateArray().Select(c => new { id = c.GetProperty("id").GetGuid(), version = c.GetProperty("version").GetGuid() }).ToList();
        var mapping = new Dictionary<string, string> { ["cityCheck"] = "cityReview" };
        await RefusedAsync(new { target = Renamed.Id, cases = chosen, why = "试" }, "case-cannot-move");
        await RefusedAsync(new { target = Renamed.Id, cases = chosen, why = " ", mapping }, "reason-required");
        await RefusedAsync(new { target = Renamed.Id, cases = chosen.Take(0), why = "试", mapping }, "no-cases");
        await RefusedAsync(new { target = Renamed.Id, cases = Enumerable.Range(0, 501).Select(_ => new { id = Guid.NewGuid(), version = Guid.NewGuid() }), why = "试", mapping }, "too-many-cases");
        await RefusedAsync(new { target = NextVersion.First, cases = chosen, why = "试" }, "same-version");
        await RefusedAsync(new { target = Renamed.Id, cases = chosen, why = "试", mapping = new Dictionary<string, string> { ["cityCheck"] = "nowhere" } }, "mapping-unknown");
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsync($"definitions/{NextVersion.First}/moves", new { target = "unheard-of", cases = chosen, why = "试" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.PostAsync($"definitions/{NextVersion.First}/moves", new { target = Renamed.Id, cases = chosen, why = "试", mapping })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsync($"definitions/{NextVersion.First}/moves", new { target = Renamed.Id, cases = new[] { new { id = Guid.NewGuid(), version = Guid.NewGuid() } }, why = "试", mapping })).Status);
        Assert.Equal(2, await host.InScopeAsync((_, db) => db.Applications.CountAsync(a => ids.Contains(a.Id) && a.DefinitionId == NextVersion.First)));

        var key = Guid.NewGuid().ToString();
        var moved = await admin.PostAsync($"definitions/{NextVersion.First}/moves", new { target = Renamed.Id, cases = chosen, why = "按新办法执行", mapping }, key);
        var twice = await admin.PostAsync($"definitions/{NextVersion.First}/moves", new { target = Renamed.Id, cases = chosen, why = "按新办法执行", mapping }, key);
        Assert.Equal((2, 2), (moved.Body.GetProperty("moved").GetInt32(), twice.Body.GetProperty("moved").GetInt32()));
        Assert.Equal(2, await host.InScopeAsync((_, db) => db.Journal.CountAsync(j => j.Kind == "migrate")));
        Assert.Equal(2, (await officer.GetAsync($"definitions/{Renamed.Id}")).Body.GetProperty("standing").GetProperty("cityReview").GetInt32());

        async Task RefusedAsync(object body, string code)
        {
            var answer = await admin.PostAsync($"definitions/{NextVersion.First}/moves", body);
            Assert.Equal((HttpStatusCode.Conflict, code), (answer.Status, answer.Body.GetProperty("code").GetString()));
        }
    }

    [Fact]
    public async Task Move_ToADisabledVersion_IsRefused()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var one = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        await PublishTests.UploadAsync(host, NextVersion.Make(2).Json(), "2.json");
        var admin = await FormClient.SignInAsync(host, "admin");
        var rehearsed = await admin.GetAsync(Path("v2"));
        await admin.PostAsync(await admin.GetAsync($"/admin/definitions/{NextVersion.Make(2).Id}"), "form.confirm-panel");

        var refused = await PostAsync(admin, rehearsed, [one.CaseId]);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("目标版本已停用", refused.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jingban")]
    [InlineData("jijian")]
    public async Task Move_ByOneWhoMayOnlyRehearse_IsNotFound(string user)
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var one = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        await PublishTests.UploadAsync(host, NextVersion.Make(2).Json(), "2.json");
        var reader = await FormClient.SignInAsync(host, user);
        var page = await reader.GetAsync(Path("v2"));

        Assert.Contains("迁移由系统管理员执行", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("input[type=checkbox]"));
        var refused = await PostAsync(reader, page, [one.CaseId]);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal(NextVersion.First, await host.InScopeAsync((_, db) => db.Applications.Where(a => a.Id == one.CaseId).Select(a => a.DefinitionId).SingleAsync()));
    }

    private static string Path(string target, string from = NextVersion.First) => $"/admin/definitions/{from}/move?Target={NextVersion.Workflow}.{target}";

    private static async Task<IDocument> MoveAsync(AppHost host, IEnumerable<Guid> cases, string map, string from = NextVersion.First, string to = NextVersion.Workflow + ".v2")
    {
        var admin = await FormClient.SignInAsync(host, "admin");
        var page = await admin.GetAsync($"/admin/definitions/{from}/move?Target={to}{map}");
        return await PostAsync(admin, page, [.. cases]);
    }

    /// <summary>Ticks these cases, with the versions the page shows.</summary>
    private static Task<IDocument> PostAsync(FormClient client, IDocument page, IReadOnlyCollection<Guid> cases)
    {
        var boxes = page.QuerySelectorAll("input[name=Cases]").Select(b => b.GetAttribute("value")!).Where(v => cases.Contains(Guid.Parse(v.Split(':')[0]))).ToList();
        return client.PostAsync(page, "main form[method=post]", [("Why", "按新办法执行"), ("IdempotencyKey", Guid.NewGuid().ToString()), .. boxes.Select(b => ("Cases", b))]);
    }

    private static IElement Row(IDocument page, Application one) =>
        page.QuerySelectorAll("tbody tr").Single(r => r.TextContent.Contains(one.EnterpriseName, StringComparison.Ordinal));

    private static Task<Snapshot> SnapshotAsync(AppHost host, IReadOnlyList<Guid> ids) => host.InScopeAsync(async (_, db) => new Snapshot(
        await db.Applications.AsNoTracking().Where(a => ids.Contains(a.Id)).OrderBy(a => a.Id).ToListAsync(),
        await db.WorkItems.AsNoTracking().Where(w => w.CaseId != null && ids.Contains(w.CaseId.Value)).OrderBy(w => w.Id).ToListAsync(),
        await db.Outbox.CountAsync(), await db.Mails.CountAsync(), await db.Filings.CountAsync(), await db.Timers.CountAsync(),
        await db.Journal.CountAsync(j => ids.Contains(j.SubjectId))));

    private sealed record Snapshot(IReadOnlyList<Application> Cases, IReadOnlyList<WorkItem> Items, int Outbox, int Mails, int Filings, int Timers, int Journal);
}
