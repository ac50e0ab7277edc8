using System.Globalization;
using System.Net;
using Applications.Domain.Calendars;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Assigning;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Features.Assignments;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Features.Assignments;

/// <summary>Files given to experts one by one, over HTTP: asked for, computed, explained, changed by hand, approved by another office; the seats come in one commit and the record holds.</summary>
public sealed class AssignmentFlowTests
{
    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Assignment_AskedComputedApproved_SeatsEveryFileAndTheRecordHolds(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        await using var host = await AppHost.StartAsync(provider);
        var (officer, path) = await AskAsync(host);
        Assert.Equal("2", (await officer.Http.GetAsync(new Uri(path, UriKind.Relative))).Headers.GetValues("Refresh").Single());
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.PostAsync(await officer.GetAsync($"/assignments/new?BatchId={(await StoredAsync(host, path)).BatchId}"), "#order")).StatusCode);

        Assert.Equal(1, await SolveAsync(host));
        var page = await officer.GetAsync(path);
        Assert.Contains("没有更好的方案", page.Body!.TextContent, StringComparison.Ordinal);
        await officer.PostAsync(page, "#ask");
        Assert.Null((await officer.GetAsync(path)).QuerySelector("[name=Decision][value=Approve]"));

        var office = await FormClient.SignInAsync(host, "zhuanjiaku");
        Assert.Contains("审批", (await office.GetAsync("/desk")).QuerySelector("[aria-labelledby=assignments]")!.TextContent, StringComparison.Ordinal);
        var done = await office.PostAsync(await office.GetAsync(path), "#decide", ("Decision", "Approve"));
        Assert.Contains("已批准", done.Body!.TextContent, StringComparison.Ordinal);

        var stored = await StoredAsync(host, path);
        var record = AssignmentRecordJson.Read(stored.Record!);
        await host.InScopeAsync(async (services, db) =>
        {
            var reviews = await db.Reviews.AsNoTracking().Where(r => r.AssignmentId == stored.Id).ToListAsync();
            Assert.Equal(stored.Cases.Count * 3, reviews.Count);
            Assert.Equal(
                record.Assigned().SelectMany((a, f) => a.Select(e => (record.Snapshot.Files[f].Id, record.Snapshot.Experts[e].Id))).Order(),
                reviews.Select(r => (r.CaseId.ToString("N"), r.ExpertId.ToString("N"))).Order());
            var table = await services.GetRequiredService<Data.Experts.ConflictFacts>().ForAsync(await db.Experts.ToListAsync(), await db.Applications.Where(a => stored.Cases.Contains(a.Id)).ToListAsync(), default);
            Assert.All(reviews, r => Assert.Empty(table.Between(r.ExpertId, r.CaseId, stored.SessionOn)));
            var note = await db.Journal.AsNoTracking().SingleAsync(j => j.SubjectId == stored.BatchId && j.Outcome == "ConfirmAssignment");
            Assert.Contains(record.Seal, note.Reason!, StringComparison.Ordinal);
            Assert.Contains(record.Seed, note.Reason!, StringComparison.Ordinal);
            Assert.Equal(["approve-assignment", "request-assignment", "solve-assignment", "submit-assignment"], await db.Audit.Where(a => a.Action.EndsWith("-assignment")).Select(a => a.Action).Order().ToListAsync());
            Assert.Equal(2, await db.Outbox.CountAsync(o => o.DedupKey.StartsWith($"assignment:{stored.Id:N}")));
            return true;
        });
        var file = await office.Http.GetByteArrayAsync(new Uri($"{path}?handler=Record", UriKind.Relative));
        Assert.Empty(AssignmentVerifier.Verify(file, TestContext.Current.CancellationToken).Findings);
    }

    [Fact]
    public async Task Assignment_BeforeTheSession_ShowsTheOfficerNumbersInsteadOfNames()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var session = ChinaTime.Today(TimeProvider.System).AddDays(5).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (officer, path) = await AskAsync(host, ("Form.SessionOn", session));
        await SolveAsync(host);
        var stored = await StoredAsync(host, path);
        var record = AssignmentRecordJson.Read(stored.Record!);
        var names = record.Assigned().SelectMany(a => a).Distinct().Select(e => record.Snapshot.Experts[e].Name).Distinct().ToList();
        var file = $"{path}/files/{Guid.ParseExact(record.Snapshot.Files[0].Id, "N")}";

        foreach (var address in new[] { path, file })
        {
            var text = (await officer.GetAsync(address)).Body!.TextContent;
            Assert.Contains("专家 0", text, StringComparison.Ordinal);
            Assert.DoesNotContain(names, n => text.Contains(n, StringComparison.Ordinal));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"{path}?handler=Record")).StatusCode);
        Assert.DoesNotContain(names, n => SheetText(officer, $"{path}?handler=Export").Contains(n, StringComparison.Ordinal));
        await officer.PostAsync(await officer.GetAsync(path), "#ask");
        var office = await FormClient.SignInAsync(host, "zhuanjiaku");
        Assert.All(names, n => Assert.Contains(n, office.GetAsync(path).Result.Body!.TextContent, StringComparison.Ordinal));
        await office.PostAsync(await office.GetAsync(path), "#decide", ("Decision", "Approve"));

        // Sealed as long on the case, in the check for conflicts, and while somebody asks for his sheet back.
        await host.InScopeAsync(async (_, db) =>
        {
            await db.Reviews.Where(r => r.AssignmentId == stored.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.State, ReviewState.Locked).SetProperty(r => r.Total, 8000).SetProperty(r => r.FormerTotal, 7000).SetProperty(r => r.ReopenReason, "看错"));
            return await db.Reviews.Where(r => r.AssignmentId == stored.Id).Take(1).ExecuteUpdateAsync(s => s.SetProperty(r => r.ReopenAskedAt, DateTime.UtcNow));
        });
        var seated = await host.InScopeAsync((_, db) => db.Reviews.Where(r => r.AssignmentId == stored.Id).Select(r => r.ExpertName).Distinct().ToListAsync());
        foreach (var one in stored.Cases)
        {
            foreach (var address in new[] { $"/cases/{one}", $"/cases/{one}/conflicts" })
            {
                var text = (await officer.GetAsync(address)).QuerySelector("main")!.TextContent;
                Assert.Contains("评审日开封", text, StringComparison.Ordinal);
                var panel = await host.InScopeAsync((_, db) => db.Reviews.Where(r => r.AssignmentId == stored.Id && r.CaseId == one).Select(r => r.ExpertName).ToListAsync());
                var earlier = await host.InScopeAsync((_, db) => db.Reviews.Where(r => r.AssignmentId != stored.Id && r.CaseId == one).Select(r => r.ExpertName).ToListAsync());
                var known = address.EndsWith("conflicts", StringComparison.Ordinal) ? [.. panel] : earlier;
                Assert.DoesNotContain(panel.Except(known), n => text.Contains(n, StringComparison.Ordinal));
            }
        }

        var scores = (await officer.GetAsync($"/admin/batches/{stored.BatchId}/scores?round={stored.Round}")).QuerySelector("main")!.TextContent;
        Assert.Contains("评审日开封", scores, StringComparison.Ordinal);
        Assert.DoesNotContain(seated, n => scores.Contains(n, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Assignment_BeforeTheSession_CannotBeInferredFromUseAndRatings()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var session = ChinaTime.Today(TimeProvider.System).AddDays(5).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (officer, path) = await AskAsync(host, ("Form.SessionOn", session));
        await SolveAsync(host);
        await officer.PostAsync(await officer.GetAsync(path), "#ask");
        var stored = await StoredAsync(host, path);
        var record = AssignmentRecordJson.Read(stored.Record!);
        var seated = Guid.ParseExact(record.Snapshot.Experts[record.Assigned()[0][0]].Id, "N");
        string[] pages = ["/experts/use", "/experts", $"/experts/{seated}", $"/admin/batches/{stored.BatchId}/ratings"];
        var before = await ReadAsync();

        var office = await FormClient.SignInAsync(host, "zhuanjiaku");
        await office.PostAsync(await office.GetAsync(path), "#decide", ("Decision", "Approve"));

        var closed = await ReadAsync();
        Assert.Equal(before, closed);
        Assert.Contains("评审日开封", (await officer.GetAsync(pages[3])).Body!.TextContent, StringComparison.Ordinal);
        await host.InScopeAsync((_, db) => db.Assignments.Where(a => a.Id == stored.Id).ExecuteUpdateAsync(s => s.SetProperty(a => a.SessionOn, ChinaTime.Today(TimeProvider.System))));
        var open = await ReadAsync();
        Assert.All(before.Zip(open), p => Assert.NotEqual(p.First, p.Second));

        // A seat that is sealed can no more be rated than one that does not exist.
        var form = await officer.GetAsync(pages[3]);
        var row = form.QuerySelectorAll("[name^=Rows][name$=ExpertId]").ToList().FindIndex(r => r.GetAttribute("value") == $"{seated}" && r.NextElementSibling!.GetAttribute("value") == stored.Round);
        await host.InScopeAsync((_, db) => db.Assignments.Where(a => a.Id == stored.Id).ExecuteUpdateAsync(s => s.SetProperty(a => a.SessionOn, stored.SessionOn)));
        Assert.Equal(HttpStatusCode.NotFound, (await officer.PostAsync(form, "form[data-unsaved]", ($"Rows[{row}].Points", "90"))).StatusCode);

        async Task<List<string>> ReadAsync()
        {
            List<string> texts = [];
            foreach (var page in pages)
            {
                texts.Add((await officer.GetAsync(page)).QuerySelector(page == pages[3] ? "form[data-unsaved]" : "main")?.TextContent ?? string.Empty);
            }

            return texts;
        }
    }

    [Fact]
    public async Task Change_ByHand_IsCheckedAtOnceAndStandsInTheRecord()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (officer, path) = await AskAsync(host);
        await SolveAsync(host);
        var stored = await StoredAsync(host, path);
        var record = AssignmentRecordJson.Read(stored.Record!);
        var (report, numbers) = (new AssignmentReport(record), new ExpertNumbers(record.Snapshot, stored.NumberKey));
        var called = AssignmentWords.Labels(record, numbers, false);
        var (place, barred) = (record.Snapshot.Bars[0].File, record.Snapshot.Bars[0].Expert);
        var (leaving, staying) = (record.Assigned()[place][0], record.Assigned()[place][1]);
        var coming = Enumerable.Range(0, record.Snapshot.Experts.Count).First(e => report.Hindrances(place, leaving, e, x => $"{x}").Count == 0 && e != leaving);
        var file = $"{path}/files/{Guid.ParseExact(record.Snapshot.Files[place].Id, "N")}";

        var refused = await officer.PostAsync(await officer.GetAsync(file), "#change", ("Out", $"{numbers.Of(leaving)}"), ("In", called(barred)), ("Reason", "试"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("须回避", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("试", refused.QuerySelector("[name=Reason]")!.GetAttribute("value"));
        var unknown = await officer.PostAsync(await officer.GetAsync(file), "#change", ("Out", $"{numbers.Of(leaving)}"), ("In", "查无此人"), ("Reason", "试"));
        Assert.Contains("没有“查无此人”", unknown.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.PostAsync(await officer.GetAsync(file), "#change", ("Out", $"{numbers.Of(leaving)}"), ("In", called(staying)), ("Reason", "试"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.PostAsync(await officer.GetAsync(file), "#change", ("Out", $"{numbers.Of(leaving)}"), ("In", called(coming)), ("Reason", ""))).StatusCode);

        var changed = await officer.PostAsync(await officer.GetAsync(file), "#change", ("Out", $"{numbers.Of(leaving)}"), ("In", called(coming)), ("Reason", "更熟悉该工艺"));
        Assert.Equal(10, changed.QuerySelectorAll("[aria-labelledby=others] tbody tr").Length);
        Assert.True((await officer.GetAsync($"{file}?All=true")).QuerySelectorAll("[aria-labelledby=others] tbody tr").Length > 10);
        Assert.Contains("核查无误", changed.Body!.TextContent, StringComparison.Ordinal);
        var after = AssignmentRecordJson.Read((await StoredAsync(host, path)).Record!);
        Assert.Equal(("更熟悉该工艺", leaving, coming), (Assert.Single(after.Changes).Reason, after.Changes[0].Out!.Value, after.Changes[0].In!.Value));
        Assert.Contains(coming, after.Assigned()[place]);
        Assert.Contains("更熟悉该工艺", (await officer.GetAsync(path)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(AssignmentVerifier.Verify(System.Text.Encoding.UTF8.GetBytes(AssignmentRecordJson.Write(after)), TestContext.Current.CancellationToken).Findings);
    }

    [Fact]
    public async Task Approve_ConflictFoundMeanwhile_IsRefusedAndNobodyIsSeated()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (officer, path) = await AskAsync(host);
        await SolveAsync(host);
        await officer.PostAsync(await officer.GetAsync(path), "#ask");
        var stored = await StoredAsync(host, path);
        var record = AssignmentRecordJson.Read(stored.Record!);
        var expert = Guid.ParseExact(record.Snapshot.Experts[record.Assigned()[0][0]].Id, "N");
        await host.InScopeAsync(async (_, db) =>
        {
            var one = await db.Applications.Join(db.Enterprises, a => a.EnterpriseId, e => e.Id, (a, e) => new { a.Id, e.Uscc }).FirstAsync(x => x.Id == Guid.ParseExact(record.Snapshot.Files[0].Id, "N"));
            return await db.Experts.Where(e => e.Id == expert).ExecuteUpdateAsync(s => s.SetProperty(e => e.EmployerUscc, one.Uscc));
        });

        var head = await FormClient.SignInAsync(host, "chuzhang");
        var refused = await head.PostAsync(await head.GetAsync(path), "#decide", ("Decision", "Approve"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("应当回避", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await host.InScopeAsync((_, db) => db.Reviews.CountAsync(r => r.AssignmentId == stored.Id)));
        Assert.Equal(AssignmentState.Requested, (await StoredAsync(host, path)).State);

        var returned = await head.PostAsync(await head.GetAsync(path), "#decide", ("Decision", "Return"), ("Reason", "有专家须回避"));
        Assert.Contains("已退回", returned.Body!.TextContent, StringComparison.Ordinal);
        var back = await officer.GetAsync(path);
        Assert.Contains("有专家须回避", back.Body!.TextContent, StringComparison.Ordinal);
        await officer.PostAsync(back, "#withdraw", ("Reason", "重新生成"));
        Assert.Equal(AssignmentState.Withdrawn, (await StoredAsync(host, path)).State);
    }

    [Fact]
    public async Task Solve_TakenBackOrKilledInTheMiddle_HappenedOrNot()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (officer, path) = await AskAsync(host);
        var id = Guid.Parse(path.Split('/')[^1]);

        // A node took it and died: nobody else takes it until its claim is over, then all of it happens.
        await host.InScopeAsync((_, db) => db.Assignments.Where(a => a.Id == id).ExecuteUpdateAsync(s => s.SetProperty(a => a.ClaimedUntil, DateTime.UtcNow.AddMinutes(2))));
        Assert.Equal(0, await SolveAsync(host));
        Assert.Null((await StoredAsync(host, path)).Record);
        await host.InScopeAsync((_, db) => db.Assignments.Where(a => a.Id == id).ExecuteUpdateAsync(s => s.SetProperty(a => a.ClaimedUntil, DateTime.UtcNow.AddMinutes(-1))));
        Assert.Equal(1, await SolveAsync(host));
        Assert.Equal(AssignmentState.Proposed, (await StoredAsync(host, path)).State);
        await officer.PostAsync(await officer.GetAsync(path), "#withdraw", ("Reason", "重来"));

        var (_, second) = await AskAsync(host);
        await officer.PostAsync(await officer.GetAsync(second), "#withdraw");
        Assert.Equal(0, await SolveAsync(host));
        var stored = await StoredAsync(host, second);
        Assert.Equal((AssignmentState.Withdrawn, null), (stored.State, stored.Record));
    }

    [Fact]
    public async Task Solve_WhatCannotBeMet_SaysWhatLacks()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (officer, path) = await AskAsync(host, ("Form.LeastLoad", "5"), ("Form.MostLoad", "5"));
        await SolveAsync(host);

        var page = (await officer.GetAsync(path)).Body!.TextContent;

        Assert.Equal(AssignmentState.Short, (await StoredAsync(host, path)).State);
        Assert.Contains("按这些条件无法分派", page, StringComparison.Ordinal);
        Assert.Matches("请(将下限降到 [1-9]|不设下限)", page);
    }

    [Theory]
    [InlineData("Form.MostLoad", "0", "1 至 500")]
    [InlineData("Form.SessionOn", "2020-01-01", "不能早于今天")]
    [InlineData("Form.LeastLoad", "999", "不能大于上限")]
    [InlineData("Form.PerCity", "-1", "0 至 9")]
    public async Task Request_WhatMakesNoSense_IsSaidAndKept(string field, string value, string words)
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var batch = await BatchAsync(host);
        var officer = await FormClient.SignInAsync(host, "jingban");

        var page = await officer.PostAsync(await officer.GetAsync($"/assignments/new?BatchId={batch}"), "#order", (field, value));

        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Contains(words, page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(value, page.QuerySelector($"[name='{field}']")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Decline_OneFile_CallsTheNextBestWhoMayCome()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (officer, path) = await AskAsync(host);
        await SolveAsync(host);
        await officer.PostAsync(await officer.GetAsync(path), "#ask");
        var head = await FormClient.SignInAsync(host, "chuzhang");
        await head.PostAsync(await head.GetAsync(path), "#decide", ("Decision", "Approve"));
        await host.Services.GetRequiredService<DrainOutbox>().ExecuteAsync(TestContext.Current.CancellationToken);
        var stored = await StoredAsync(host, path);
        var review = await host.InScopeAsync((_, db) => db.Reviews.AsNoTracking().FirstAsync(r => r.AssignmentId == stored.Id));
        var page = await officer.GetAsync($"/cases/{review.CaseId}/conflicts");

        var answer = await officer.PostAsync(page, $"form:has([value='{review.Id}'])", ($"Reasons[{review.Id}]", "曾任顾问"));

        Assert.Contains("替补专家已确定", answer.Body!.TextContent, StringComparison.Ordinal);
        var record = AssignmentRecordJson.Read((await StoredAsync(host, path)).Record!);
        var change = Assert.Single(record.Changes);
        Assert.Equal(review.ExpertId.ToString("N"), record.Snapshot.Experts[change.Out!.Value].Id);
        var came = Guid.ParseExact(record.Snapshot.Experts[change.In!.Value].Id, "N");
        Assert.True(await host.InScopeAsync((_, db) => db.Reviews.AnyAsync(r => r.CaseId == review.CaseId && r.ExpertId == came && r.State == ReviewState.Assigned && r.AssignmentId == stored.Id)));
        Assert.All(new AssignmentReport(record).Checks(), c => Assert.True(c.Holds, c.Name));
    }

    private static async Task<(FormClient Officer, string Path)> AskAsync(AppHost host, params (string, string)[] values)
    {
        var officer = await FormClient.SignInAsync(host, "jingban");
        var form = await officer.GetAsync($"/assignments/new?BatchId={await BatchAsync(host)}");
        var asked = await officer.PostAsync(form, "#order", [("Form.PerFile", "3"), .. values]);
        Assert.Contains("正在计算", asked.Body!.TextContent, StringComparison.Ordinal);
        return (officer, new Uri(asked.Url).AbsolutePath);
    }

    private static Task<int> SolveAsync(AppHost host) => host.Services.GetRequiredService<SolveAssignments>().ExecuteAsync(TestContext.Current.CancellationToken);

    private static Task<Guid> BatchAsync(AppHost host) => PlantedBatches.FindAsync(host, PlantedBatches.ReadyForDefence);

    private static Task<FileAssignment> StoredAsync(AppHost host, string path)
    {
        var id = Guid.Parse(path.Split('/')[^1]);
        return host.InScopeAsync((_, db) => db.Assignments.AsNoTracking().SingleAsync(a => a.Id == id));
    }

    private static string SheetText(FormClient client, string path)
    {
        using var zip = new System.IO.Compression.ZipArchive(client.Http.GetStreamAsync(new Uri(path, UriKind.Relative)).Result);
        return string.Concat(zip.Entries.Select(e => new StreamReader(e.Open()).ReadToEnd()));
    }
}
