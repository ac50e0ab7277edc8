using System.Net;
using System.Text;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Draws;
using Applications.Domain.Workflow;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Features.Reviews.Replace;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Features.Reviews;

/// <summary>Experts who are silent past their time: reminded, replaced by the next reserve in one press, and by a supplementary draw when no reserve is left.</summary>
public sealed class SilentTests
{
    [Fact]
    public async Task Silent_PastTheDeadline_IsRemindedAndReplacedByTheNextReserveInOnePress()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var review = await OverdueAsync(host);
        await host.Services.GetRequiredService<Remind>().ExecuteAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await host.InScopeAsync((_, db) => db.Outbox.CountAsync(o => o.Payload.Contains("silent-expert") && o.Payload.Contains($"/admin/batches/{review.BatchId}/silent"))));
        Assert.True(await host.InScopeAsync((_, db) => db.Outbox.AnyAsync(o => o.Payload.Contains("reminder-overdue") && o.Payload.Contains($"expert:{review.ExpertId:N}"))));

        var officer = await FormClient.SignInAsync(host, "jingban");
        var page = await officer.GetAsync($"/admin/batches/{review.BatchId}/silent");
        var form = $"form[action*=Replace]:has([value='{review.Id}'])";
        var replaced = await officer.PostAsync(page, form);

        Assert.Contains("已由候补专家替换", replaced.Body!.TextContent, StringComparison.Ordinal);
        await host.InScopeAsync(async (_, db) =>
        {
            var after = await db.Reviews.AsNoTracking().SingleAsync(r => r.Id == review.Id);
            Assert.Equal((ReviewState.Declined, true, "逾期未评"), (after.State, after.IsSilent, after.ConflictReason));
            var draw = await db.Draws.AsNoTracking().SingleAsync(d => d.Id == review.DrawId);
            var record = DrawRecordJson.Read(draw.Record!);
            var change = Assert.Single(record.Substitutions);
            Assert.Equal(review.ExpertId.ToString("N"), change.Out);
            var came = Guid.ParseExact(change.In!, "N");
            Assert.True(await db.Reviews.AnyAsync(r => r.CaseId == review.CaseId && r.ExpertId == came && r.State == ReviewState.Assigned));
            Assert.True(await db.WorkItems.AnyAsync(w => w.CaseId == review.CaseId && w.Participant == change.In && w.ClosedAt == null));
            Assert.False(await db.WorkItems.AnyAsync(w => w.CaseId == review.CaseId && w.Participant == change.Out && w.ClosedAt == null));
            Assert.Empty(DrawVerifier.Verify(Encoding.UTF8.GetBytes(draw.Record!), draw.Commitment!.Digest).Findings);
            return true;
        });
        Assert.Equal(HttpStatusCode.NotFound, (await officer.Http.GetAsync(new Uri($"/admin/batches/{Guid.NewGuid()}/silent", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task ReplaceAll_OfOneExpert_GivesEachOfHisSeatsToAReserve()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var batch = await PlantedBatches.FindAsync(host, PlantedBatches.Overdue);
        var officer = await FormClient.SignInAsync(host, "jingban");
        var page = await officer.GetAsync($"/admin/batches/{batch}/silent");
        var form = page.QuerySelector("form[action*=ReplaceAll]")!;
        var expert = Guid.Parse(form.QuerySelector("[name=Expert]")!.GetAttribute("value")!);
        var before = await host.InScopeAsync((_, db) => db.Reviews.AsNoTracking().Where(r => r.BatchId == batch && r.ExpertId == expert && (r.State == ReviewState.Assigned || r.State == ReviewState.Scoring)).Select(r => r.CaseId).ToListAsync());
        Assert.True(before.Count > 1);
        var sitting = await host.InScopeAsync((_, db) => db.Reviews.CountAsync(r => before.Contains(r.CaseId) && r.State != ReviewState.Declined));

        var replaced = await officer.PostAsync(page, $"form[action*=ReplaceAll]:has([value='{expert}'])");

        var left = await host.InScopeAsync((_, db) => db.Reviews.CountAsync(r => r.BatchId == batch && r.ExpertId == expert && (r.State == ReviewState.Assigned || r.State == ReviewState.Scoring)));
        Assert.Contains($"已由候补专家接替 {before.Count - left} 个席位", replaced.Body!.TextContent, StringComparison.Ordinal);
        Assert.True(left < before.Count);
        Assert.Equal(sitting, await host.InScopeAsync((_, db) => db.Reviews.CountAsync(r => before.Contains(r.CaseId) && r.State != ReviewState.Declined)));
    }

    [Fact]
    public async Task ReplaceAll_WhileOneFileHasTime_WantsAReasonBeforeAnySeatIsGivenAway()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var batch = await PlantedBatches.FindAsync(host, PlantedBatches.Overdue);
        var officer = await FormClient.SignInAsync(host, "jingban");
        var page = await officer.GetAsync($"/admin/batches/{batch}/silent");
        var expert = Guid.Parse(page.QuerySelector("form[action*=ReplaceAll] [name=Expert]")!.GetAttribute("value")!);
        var seat = expert.ToString("N");
        await host.InScopeAsync(async (_, db) =>
        {
            var last = await db.WorkItems.Where(w => w.BatchId == batch && w.Participant == seat && w.ClosedAt == null).OrderByDescending(w => w.Id).Select(w => w.Id).FirstAsync();
            return await db.WorkItems.Where(w => w.Id == last).ExecuteUpdateAsync(s => s.SetProperty(w => w.DueAt, DateTime.UtcNow.AddDays(9)));
        });
        var before = await OpenAsync(host, batch, expert);
        var form = $"form[action*=ReplaceAll]:has([value='{expert}'])";

        var refused = await officer.PostAsync(await officer.GetAsync($"/admin/batches/{batch}/silent"), form, ("Reason", " "));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("请写明不能评审的原因", refused.QuerySelector($"{form} .field-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before, await OpenAsync(host, batch, expert));

        await officer.PostAsync(refused, form, ("Reason", "住院"));
        Assert.True(await OpenAsync(host, batch, expert) < before);
        await Assert.ThrowsAsync<NotFoundException>(() => host.InScopeAsync((services, _) => services.GetRequiredService<ReplaceExpertHandler>().HandleAsync(
            new ReplaceExpert(batch, expert, "住院", Guid.NewGuid()), new Actor(Guid.NewGuid(), "处长", Roles.Head, null), CancellationToken.None)));
    }

    [Fact]
    public async Task Replace_WhileTheExpertHasTime_WantsAReason()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var review = await AtWorkAsync(host);
        await host.InScopeAsync((_, db) => db.WorkItems.Where(w => w.CaseId == review.CaseId && w.ClosedAt == null).ExecuteUpdateAsync(s => s.SetProperty(w => w.DueAt, DateTime.UtcNow.AddDays(9))));
        var officer = await FormClient.SignInAsync(host, "jingban");
        var page = await officer.GetAsync($"/admin/batches/{review.BatchId}/silent");

        var refused = await officer.PostAsync(page, $"form[action*=Replace]:has([value='{review.Id}'])", ("Reason", ""));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("请写明不能评审的原因", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("已由候补专家替换", (await officer.PostAsync(page, $"form[action*=Replace]:has([value='{review.Id}'])", ("Reason", "住院"))).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Supplement_WhenNoReserveIsLeft_FillsTheEmptySeatsBesideThoseWhoSit()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var review = await OverdueAsync(host, SpareSeatAsync);
        var record = await RecordAsync(host, review);
        var reserves = record.Panels.Single(p => p.Key == review.Panel).Reserves.Select(r => Guid.ParseExact(r.ExpertId, "N")).ToList();
        var officer = await FormClient.SignInAsync(host, "jingban");
        var path = $"/admin/batches/{review.BatchId}/silent";
        Assert.Contains("没有需要补充抽取的席位", (await officer.PostAsync(await officer.GetAsync(path), "#supplement")).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);

        await host.InScopeAsync((_, db) => db.Experts.Where(e => reserves.Contains(e.Id)).ExecuteUpdateAsync(s => s.SetProperty(e => e.Status, Domain.Experts.ExpertStatus.Removed)));
        var used = await officer.PostAsync(await officer.GetAsync(path), $"form[action*=Replace]:has([value='{review.Id}'])");
        Assert.Contains("请提出补充抽取", used.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(review.State, await host.InScopeAsync((_, db) => db.Reviews.Where(r => r.Id == review.Id).Select(r => r.State).SingleAsync()));

        var asked = await officer.PostAsync(await officer.GetAsync(path), "#supplement");
        Assert.True(asked.QuerySelector(".error-summary") is null, asked.QuerySelector(".error-summary")?.TextContent);
        Assert.Contains("补充抽取申请", asked.Body!.TextContent, StringComparison.Ordinal);
        var draw = new Uri(asked.Url).AbsolutePath;
        var office = await FormClient.SignInAsync(host, "zhuanjiaku");
        await office.PostAsync(await office.GetAsync(draw), "form[action*=Decide]", ("Decision", "Approve"));
        var done = await office.PostAsync(await office.GetAsync(draw), "form[action*=Run]", ("Witness", "二十度"));
        Assert.Contains("已抽取", done.Body!.TextContent, StringComparison.Ordinal);

        await host.InScopeAsync(async (_, db) =>
        {
            var id = Guid.Parse(draw.Split('/')[^1]);
            var stored = await db.Draws.AsNoTracking().SingleAsync(d => d.Id == id);
            Assert.Equal((DrawPurpose.Supplement, DrawState.Drawn), (stored.Purpose, stored.State));
            var after = DrawRecordJson.Read(stored.Record!);
            var panel = after.Request.Panels.Single(p => stored.Groups.Single(g => g.Key == p.Key).Cases.Contains(review.CaseId));
            var sitting = await db.Reviews.AsNoTracking().Where(r => r.CaseId == review.CaseId && r.Round == review.Round && r.State != ReviewState.Declined).ToListAsync();
            Assert.Equal(after.MembersOf(panel.Key).Select(m => m.Id).Order(), sitting.Select(r => r.ExpertId.ToString("N")).Order());
            Assert.Equal(panel.Size - panel.Seated!.Count, sitting.Count(r => r.DrawId == id));
            Assert.True((await db.Reviews.SingleAsync(r => r.Id == review.Id)).IsSilent);
            Assert.DoesNotContain(sitting, r => r.ExpertId == review.ExpertId);
            Assert.All(sitting.Where(r => r.DrawId == id), r => Assert.True(db.WorkItems.Any(w => w.CaseId == r.CaseId && w.Participant == r.ExpertId.ToString("N") && w.ClosedAt == null)));
            Assert.Empty(DrawVerifier.Verify(Encoding.UTF8.GetBytes(stored.Record!), stored.Commitment!.Digest).Findings);
            return true;
        });
    }

    [Fact]
    public async Task Urge_OnceADay_WritesToTheExpertAndSaysSoOnThePage()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var review = await AtWorkAsync(host);
        await host.InScopeAsync((_, db) => db.WorkItems.Where(w => w.BatchId == review.BatchId && w.Task == Tasks.Score).ExecuteUpdateAsync(s => s.SetProperty(w => w.DueAt, DateTime.UtcNow.AddDays(9))));
        var officer = await FormClient.SignInAsync(host, "jingban");
        var path = $"/admin/batches/{review.BatchId}/silent";
        var page = await officer.GetAsync(path);
        Assert.Equal("未完成的评审", page.QuerySelector("h1")!.TextContent);
        Assert.Null((await officer.GetAsync("/desk")).QuerySelector($"[aria-labelledby=late] a[href='{path}']"));

        var form = $"section:has([value='{review.Id}']) form[action*=Urge]";
        var urged = await officer.PostAsync(page, form);
        Assert.Contains("已向 1 位专家发送催办邮件", urged.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(urged.QuerySelector(form));
        var again = await officer.PostAsync(page, form, ("IdempotencyKey", $"{Guid.NewGuid()}"));
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Contains("每天一次", again.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);

        var others = await host.InScopeAsync((_, db) => db.WorkItems.Where(w => w.BatchId == review.BatchId && w.Task == Tasks.Score && w.ClosedAt == null && w.Participant != review.ExpertId.ToString("N")).Select(w => w.Participant).Distinct().CountAsync());
        Assert.True(others > 0);
        Assert.Contains($"已向 {others} 位专家", (await officer.PostAsync(await officer.GetAsync(path), "#urge-all")).Body!.TextContent, StringComparison.Ordinal);
        await host.InScopeAsync(async (_, db) =>
        {
            Assert.Equal(1, await db.Outbox.CountAsync(o => o.DedupKey.StartsWith("reminder:urge:") && o.Payload.Contains($"expert:{review.ExpertId:N}")));
            Assert.Equal(1 + others, await db.Reminders.CountAsync(r => r.Key.StartsWith($"urge:{review.BatchId:N}:")));
            Assert.Equal(2, await db.Audit.CountAsync(a => a.Action == "urge-experts"));
            return true;
        });

        await host.InScopeAsync((_, db) => db.WorkItems.Where(w => w.BatchId == review.BatchId && w.Task == Tasks.Score).ExecuteUpdateAsync(s => s.SetProperty(w => w.DueAt, DateTime.UtcNow.AddDays(-1))));
        Assert.Equal("逾期未评", (await officer.GetAsync(path)).QuerySelector("h1")!.TextContent);
        Assert.Contains(path, (await officer.GetAsync("/desk")).QuerySelector("[aria-labelledby=late]")!.InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public void Stop_WhileTheExpertAsksForHisSheet_SettlesTheRequestToo()
    {
        var review = new Review { Id = Guid.NewGuid(), CaseId = Guid.NewGuid(), BatchId = Guid.NewGuid(), ExpertId = Guid.NewGuid(), ExpertName = "某", AssignedAt = DateTime.UnixEpoch, AssignedBecause = "试" };
        review.DeclareFree(DateTime.UnixEpoch);
        review.Lock("{}", string.Empty, 8000, DateTime.UnixEpoch);
        review.AskReopen("看错", DateTime.UnixEpoch);

        review.Stop("任职", DateTime.UnixEpoch);

        Assert.Equal((null, ReviewState.Declined), (review.ReopenAskedAt, review.State));
    }

    /// <summary>A seat at a file under review whose expert has a panel of the draw beside him.</summary>
    private static Task<Review> AtWorkAsync(AppHost host) => host.InScopeAsync(async (_, db) => await (
        from r in db.Reviews.AsNoTracking()
        join a in db.Applications on r.CaseId equals a.Id
        where r.State == ReviewState.Assigned && a.Stage == "review" && r.DrawId != null
        orderby r.Id
        select r).FirstAsync());

    private static Task<int> OpenAsync(AppHost host, Guid batch, Guid expert) =>
        host.InScopeAsync((_, db) => db.Reviews.CountAsync(r => r.BatchId == batch && r.ExpertId == expert && (r.State == ReviewState.Assigned || r.State == ReviewState.Scoring)));

    /// <summary>A seat whose expert is not needed for a speciality or for finance: the pool need not hold another of his kind.</summary>
    private static async Task<Review> SpareSeatAsync(AppHost host)
    {
        var first = await AtWorkAsync(host);
        var record = await RecordAsync(host, first);
        var request = record.Request.Panels.Single(p => p.Key == first.Panel);
        var members = record.MembersOf(first.Panel!);
        var spare = members.First(gone => members.Where(m => m != gone).ToList() is var rest
            && rest.Count(m => m.IsFinance) >= request.Finance
            && request.Specialities.All(need => rest.Count(m => m.Specialities.Contains(need.Code)) >= need.AtLeast));
        var expert = Guid.ParseExact(spare.Id, "N");
        return await host.InScopeAsync((_, db) => db.Reviews.AsNoTracking().Where(r => r.DrawId == first.DrawId && r.Panel == first.Panel && r.ExpertId == expert && r.State == ReviewState.Assigned).OrderBy(r => r.Id).FirstAsync());
    }

    private static Task<DrawRecord> RecordAsync(AppHost host, Review review) =>
        host.InScopeAsync(async (_, db) => DrawRecordJson.Read((await db.Draws.AsNoTracking().SingleAsync(d => d.Id == review.DrawId)).Record!));

    private static async Task<Review> OverdueAsync(AppHost host, Func<AppHost, Task<Review>>? seat = null)
    {
        var review = await (seat ?? AtWorkAsync)(host);
        var participant = review.ExpertId.ToString("N");
        await host.InScopeAsync((_, db) => db.WorkItems.Where(w => w.CaseId == review.CaseId && w.Participant == participant && w.ClosedAt == null && w.Task == Tasks.Score).ExecuteUpdateAsync(s => s.SetProperty(w => w.DueAt, DateTime.UtcNow.AddDays(-1))));
        return review;
    }
}
