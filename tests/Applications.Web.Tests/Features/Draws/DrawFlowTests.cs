using System.Net;
using System.Text;
using AngleSharp.Dom;
using Applications.Data.Outbox;
using Applications.Domain.Calendars;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Draws;
using Applications.Testing;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Features.Draws;

/// <summary>A draw over HTTP: asked for, approved by another, committed to, drawn, checked, sealed; and what reserves do.</summary>
public sealed class DrawFlowTests
{
    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Draw_RequestApproveDraw_SeatsEveryFileAndTheRecordHolds(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        await using var host = await AppHost.StartAsync(provider);
        var batch = await WaitingBatchAsync(host);
        var officer = await FormClient.SignInAsync(host, "jingban");
        Assert.Contains($"/draws/new?BatchId={batch}", (await officer.GetAsync($"/admin/batches/{batch}")).Source.Text, StringComparison.Ordinal);
        var form = await officer.GetAsync($"/draws/new?BatchId={batch}&Seats=3");
        Assert.Contains("可以抽取", form.QuerySelector("#outlook")!.TextContent, StringComparison.Ordinal);

        var today = ChinaTime.Today(TimeProvider.System).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var shown = await officer.PostAsync(form, "#draw", ("Form.SessionOn", today));
        Assert.Contains("等待专家库管理处室或处长批准", shown.Body!.TextContent, StringComparison.Ordinal);
        var path = new Uri(shown.Url).AbsolutePath;
        Assert.Null((await officer.GetAsync(path)).QuerySelector("form[action*=Run]"));
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.PostAsync(await officer.GetAsync($"/draws/new?BatchId={batch}"), "#draw")).StatusCode);

        var head = await FormClient.SignInAsync(host, "chuzhang");
        Assert.Contains("审批", (await head.GetAsync("/desk")).QuerySelector("[aria-labelledby=draws]")!.TextContent, StringComparison.Ordinal);
        await head.PostAsync(await head.GetAsync(path), "form[action*=Decide]", ("Decision", "Approve"));
        var committed = await StoredAsync(host, path);
        Assert.Equal(DrawState.Committed, committed.State);
        Assert.DoesNotContain(committed.Commitment!.Digest[..16], committed.SealedSeed!, StringComparison.Ordinal);
        var (digest, seedKnown) = await host.InScopeAsync(async (_, db) =>
        {
            var notes = await db.Journal.Where(j => j.SubjectId == batch && j.Kind == "note").OrderBy(j => j.Sequence).ToListAsync();
            return (notes.Any(n => n.Reason!.Contains(committed.Commitment!.Digest, StringComparison.Ordinal)), notes[^1].Outcome == "RevealDraw");
        });
        Assert.Equal((true, false), (digest, seedKnown));

        await head.PostAsync(await head.GetAsync(path), "form[action*=Run]", ("Witness", "二十三度"));
        var drawn = await StoredAsync(host, path);
        Assert.Equal((DrawState.Drawn, null, null), (drawn.State, drawn.SealedSeed, drawn.Snapshot));
        var reviews = await host.InScopeAsync((_, db) => db.Reviews.AsNoTracking().Where(r => r.DrawId == drawn.Id).ToListAsync());
        var record = DrawRecordJson.Read(drawn.Record!);
        Assert.Equal(drawn.Groups.Sum(g => g.Cases.Count) * 3, reviews.Count);
        Assert.All(reviews, r => Assert.Contains(record.MembersOf(r.Panel!), m => m.Name == r.ExpertName));

        var file = await officer.Http.GetByteArrayAsync(new Uri($"{path}/record?handler=File", UriKind.Relative));
        Assert.Empty(DrawVerifier.Verify(file, committed.Commitment!.Digest).Findings);
        file[file.Length / 2] ^= 1;
        Assert.False(DrawVerifier.Verify(file).Holds);
        var printed = (await officer.GetAsync($"{path}/record")).Body!.TextContent;
        Assert.Contains(record.Seed, printed, StringComparison.Ordinal);
        Assert.Contains("二十三度", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draw_BeforeTheSession_ShowsTheOfficerNumbersOnly()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var batch = await WaitingBatchAsync(host);
        var officer = await FormClient.SignInAsync(host, "jingban");
        var session = ChinaTime.Today(TimeProvider.System).AddDays(5).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var path = new Uri((await officer.PostAsync(await officer.GetAsync($"/draws/new?BatchId={batch}"), "#draw", ("Form.SessionOn", session))).Url).AbsolutePath;
        var head = await FormClient.SignInAsync(host, "chuzhang");
        await head.PostAsync(await head.GetAsync(path), "form[action*=Decide]", ("Decision", "Approve"));
        await head.PostAsync(await head.GetAsync(path), "form[action*=Run]");

        var draw = await StoredAsync(host, path);
        var names = DrawRecordJson.Read(draw.Record!).MembersOf("1").Select(m => m.Name).ToList();
        var sealedPage = (await officer.GetAsync(path)).Body!.TextContent;
        Assert.Contains("开封", sealedPage, StringComparison.Ordinal);
        Assert.DoesNotContain(names, n => sealedPage.Contains(n, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"{path}/record")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"{path}/record?handler=File")).StatusCode);
        var api = await ApiClient.SignInAsync(host, "jingban");
        Assert.DoesNotContain(names, n => api.GetAsync($"draws/{draw.Id}").Result.Text.Contains(n, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync($"draws/{draw.Id}/record")).Status);
        var casePage = (await officer.GetAsync($"/cases/{draw.Groups[0].Cases[0]}")).Body!.TextContent;
        Assert.DoesNotContain(names, n => casePage.Contains(n, StringComparison.Ordinal) && !CouldBeElsewhere(host, draw, n));
        Assert.Contains("（评审日开封）", casePage, StringComparison.Ordinal);

        Assert.DoesNotContain("致被抽中的专家", await LedgerWithALetterAsync(host, officer, draw.Id), StringComparison.Ordinal);
        await host.InScopeAsync((_, db) => db.Draws.Where(d => d.Id == draw.Id).ExecuteUpdateAsync(s => s.SetProperty(d => d.SessionOn, ChinaTime.Today(TimeProvider.System))));
        Assert.Contains("致被抽中的专家", (await officer.GetAsync("/admin/mails")).Body!.TextContent, StringComparison.Ordinal);

        foreach (var user in new[] { "chuzhang", "jijian" })
        {
            var open = (await (await FormClient.SignInAsync(host, user)).GetAsync(path)).Body!.TextContent;
            Assert.All(names, n => Assert.Contains(n, open, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Appointed_WithReasonAndApproval_SitsAndStandsInTheRecord()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var record = await host.InScopeAsync(async (_, db) => DrawRecordJson.Read((await db.Draws.AsNoTracking().ToListAsync()).First(d => d.Record is not null && d.Request.Panels[0].Appointed.Count > 0).Record!));

        var appointed = Assert.Single(record.Request.Panels[0].Appointed);
        Assert.Equal("赵处长（演示）", appointed.ApprovedBy);
        Assert.Contains(record.Panels[0].Seats, s => s.IsAppointed && s.ExpertId == appointed.ExpertId);
        Assert.Empty(DrawVerifier.Verify(Encoding.UTF8.GetBytes(DrawRecordJson.Write(record)), record.Commitment.Digest).Findings);
    }

    [Fact]
    public async Task Decline_OneFile_CallsTheNextReserveOfTheSameDraw()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (review, user, number) = await AssignedAsync(host);
        var expert = await ApiClient.SignInAsync(host, user);

        var answer = await expert.PostAsync($"reviews/{review.CaseId}/declaration", new { hasConflict = true, reason = "曾任该企业顾问", version = review.Version });

        Assert.True((int)answer.Status is >= 200 and < 300, answer.Text);
        await host.InScopeAsync(async (_, db) =>
        {
            var draw = await db.Draws.AsNoTracking().SingleAsync(d => d.Id == review.DrawId);
            var record = DrawRecordJson.Read(draw.Record!);
            var change = Assert.Single(record.Substitutions);
            Assert.Equal((number, review.ExpertId.ToString("N")), (change.File, change.Out));
            var seat = record.Panels[0].Seats.Single(s => s.ExpertId == change.Out).Number;
            Assert.Equal(record.Panels[0].Reserves.First(r => r.Seat == seat).ExpertId, change.In);
            Assert.True(await db.Reviews.AnyAsync(r => r.CaseId == review.CaseId && r.ExpertId == Guid.ParseExact(change.In!, "N") && r.State == ReviewState.Assigned && r.DrawId == draw.Id));
            Assert.Empty(DrawVerifier.Verify(Encoding.UTF8.GetBytes(draw.Record!), draw.Commitment!.Digest).Findings);
            return true;
        });
    }

    [Fact]
    public async Task Enlist_UntilNoReserveIsLeft_ThenSaysSo()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (review, _, _) = await AssignedAsync(host);
        var officer = await ApiClient.SignInAsync(host, "jingban");
        var reserves = await host.InScopeAsync(async (_, db) => DrawRecordJson.Read((await db.Draws.AsNoTracking().SingleAsync(d => d.Id == review.DrawId)).Record!).Panels[0].Reserves.Count);

        var answers = new List<ApiAnswer>();
        while (answers.Count <= reserves && (answers.Count == 0 || (int)answers[^1].Status < 300))
        {
            answers.Add(await officer.PostAsync($"applications/{review.CaseId}/panel", new { reason = "分差过大" }));
        }

        Assert.Equal("panel-shortage", answers[^1].Body.GetProperty("code").GetString());
        Assert.True(answers.Count > 1);
        var record = await host.InScopeAsync(async (_, db) => (await db.Draws.AsNoTracking().SingleAsync(d => d.Id == review.DrawId)).Record!);
        Assert.Equal(answers.Count - 1, DrawRecordJson.Read(record).Substitutions.Count);
        Assert.Empty(DrawVerifier.Verify(Encoding.UTF8.GetBytes(record)).Findings);
    }

    private static Task<Guid> WaitingBatchAsync(AppHost host) => PlantedBatches.FindAsync(host, PlantedBatches.ReadyForDefence);

    /// <summary>The officer's ledger, with a letter in it to somebody who was drawn.</summary>
    private static async Task<string> LedgerWithALetterAsync(AppHost host, FormClient officer, Guid draw)
    {
        await host.InScopeAsync(async (_, db) =>
        {
            var seat = await (from r in db.Reviews
                              join u in db.Users on r.ExpertId equals u.ScopeId
                              where r.DrawId == draw
                              select new { r.CaseId, UserId = u.Id }).FirstAsync();
            db.Mails.Add(new MailMessage
            {
                Id = Guid.CreateVersion7(),
                MessageId = "letter@example.com",
                UserId = seat.UserId,
                ToAddress = "expert@example.com",
                ToName = "致被抽中的专家",
                Template = "assigned",
                Subject = "评审任务",
                Body = "请评审。",
                Because = "抽取",
                SubjectId = seat.CaseId,
                CreatedAt = DateTime.UtcNow,
            });
            return await db.SaveChangesAsync();
        });
        return (await officer.GetAsync("/admin/mails")).Body!.TextContent;
    }

    private static Task<PanelDraw> StoredAsync(AppHost host, string path)
    {
        var id = Guid.Parse(path.Split('/')[^1]);
        return host.InScopeAsync((_, db) => db.Draws.AsNoTracking().SingleAsync(d => d.Id == id));
    }

    /// <summary>Who judged the file on paper may be named there.</summary>
    private static bool CouldBeElsewhere(AppHost host, PanelDraw draw, string name) =>
        host.InScopeAsync((_, db) => db.Reviews.AnyAsync(r => r.ExpertName == name && r.DrawId != draw.Id && draw.Groups[0].Cases.Contains(r.CaseId))).Result;

    private static Task<(Review Review, string User, string Number)> AssignedAsync(AppHost host) => host.InScopeAsync(async (_, db) =>
    {
        var one = await (from r in db.Reviews.AsNoTracking()
                         join u in db.Users on r.ExpertId equals u.ScopeId
                         join a in db.Applications on r.CaseId equals a.Id
                         where r.State == ReviewState.Assigned && r.DrawId != null && a.Stage == "review" && u.UserName != "zhuanjia01"
                         select new { Review = r, u.UserName, a.Number }).FirstAsync();
        return (one.Review, one.UserName!, one.Number!);
    });
}
