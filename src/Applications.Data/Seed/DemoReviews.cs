using Applications.Data.Workflow;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Experts;
using Applications.Domain.Experts.Conflicts;
using Applications.Domain.Forms;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Assigning;
using Applications.Domain.Rubrics;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Seed;

/// <summary>Panels, scores and lists of the demonstration batches.</summary>
/// <param name="experts">All of them; the account of the first is offered on the log-in page.</param>
internal sealed class DemoReviews(
    ApplicationsDbContext db, DemoFlow flow, ProgrammeEdition edition, IReadOnlyList<Expert> experts, DemoDraws draws, DemoAssignments assignments, DemoSheets sheets)
{
    private readonly Expert featured = experts[0];

    /// <param name="halfway">Leaves most of the work to the experts whose accounts are offered on the log-in page.</param>
    public async Task ReviewAsync(Batch batch, List<Application> cases, bool halfway, string round, CancellationToken ct)
    {
        var reviews = await draws.DrawAsync(batch, cases, round, halfway ? featured : null, ct);
        db.Reviews.AddRange(reviews);
        await db.SaveChangesAsync(ct);
        await flow.CompleteAsync(batch, DemoFlow.Officer, "Assign", ct);
        await flow.SignalAsync(batch, cases, round, ct);

        await flow.TogetherAsync(
            async () =>
            {
                foreach (var review in reviews.Where(r => !halfway || (r.CaseId == cases[0].Id && r.ExpertId != featured.Id && r.ExpertId != reviews[^1].ExpertId)))
                {
                    flow.Clock.Now = flow.Clock.Now.AddMinutes(20);
                    var one = cases.First(c => c.Id == review.CaseId);
                    await sheets.LockAsync(edition, batch, one, review, 54 + (one.EnterpriseName.Sum(c => c) % 5 * 7) + (review.ExpertName[^1] % 7), ct);
                }
            },
            ct);
    }

    /// <summary>The officer's assignment of the files waits for the head.</summary>
    public Task RequestAssignmentAsync(Batch batch, List<Application> cases, CancellationToken ct) =>
        assignments.RequestAsync(batch, cases, RoundOf(batch), new AssignmentOrder { SessionOn = ChinaTime.DateOf(flow.Clock.Now.AddDays(8)), MostLoad = 3 }, ct);

    /// <summary>Files assigned one by one to experts of management and finance, whose sheets come in but for a few.</summary>
    public async Task LeaveOpenAsync(Batch batch, List<Application> cases, CancellationToken ct)
    {
        Expert Of(int account) => experts[account - 1];
        cases[1].Avoid([new Avoidance(Of(5).Name, Of(5).Employer, "所在单位是本企业的直接竞争对手（演示）")], new ConflictRules());
        cases[12].Avoid([new Avoidance(Of(6).Name, Of(6).Employer, "去年与本企业有审计收费争议（演示）"), new Avoidance(Of(25).Name, null, "曾公开否定本企业的管理方法（演示）")], new ConflictRules());
        // Seven of some sixteen: whatever the day's assignment is, two share the five files from which the screen tells a copier.
        var order = new AssignmentOrder { SessionOn = ChinaTime.DateOf(flow.Clock.Now.AddDays(1)), Categories = ["管理", "财务"], PerFile = 7, LeastLoad = 3, MostLoad = 13 };
        var round = RoundOf(batch);
        var assignment = await assignments.RequestAsync(batch, cases, round, order, ct);
        var reviews = assignments.Confirm(batch, assignment);
        await db.SaveChangesAsync(ct);
        await flow.CompleteAsync(batch, DemoFlow.Officer, "Assign", ct);
        await flow.SignalAsync(batch, cases, round, ct);
        await sheets.FillAsync(edition, batch, cases, reviews, new DemoSilence(Of(6).Id, Of(15).Id, Of(12).Id, Of(45).Id), ct);
    }

    /// <summary>The officer's word on everybody who judged.</summary>
    public async Task RateAsync(Batch batch, CancellationToken ct)
    {
        var seats = await db.Reviews.AsNoTracking().Where(r => r.BatchId == batch.Id && r.State == ReviewState.Locked).Select(r => new { r.ExpertId, r.Round }).Distinct().ToListAsync(ct);
        var ids = seats.ConvertAll(s => s.ExpertId);
        (int Points, string Note)[] words = [(95, "意见具体，依据写得清楚。"), (88, "按时完成，意见可用。"), (52, "意见只有一句话，未说明扣分依据。"), (90, "现场提问切中要害。"), (76, "评审较晚，意见尚可。")];
        foreach (var (expert, i) in (await db.Experts.Where(e => ids.Contains(e.Id)).ToListAsync(ct)).OrderBy(e => e.Name, StringComparer.Ordinal).Select((e, i) => (e, i)))
        {
            var (points, note) = words[i % words.Length];
            expert.Rate(new ExpertRating(batch.Id, batch.Name, seats.Find(s => s.ExpertId == expert.Id)!.Round, points, $"{note}（演示）", DemoFlow.Officer.Name, flow.Clock.Now), new PoolRules());
            expert.Version = Guid.NewGuid();
        }

        await db.SaveChangesAsync(ct);
    }

    /// <summary>The officer has asked for a draw that waits for the head.</summary>
    public Task RequestDrawAsync(Batch batch, List<Application> cases, CancellationToken ct) =>
        draws.RequestAsync(batch, cases, RoundOf(batch), null, ct);

    /// <summary>Ranks the cases and puts the list up for signature.</summary>
    public async Task ProposeAsync(Batch batch, List<Application> cases, CancellationToken ct)
    {
        var ranked = Ranking.Rank(cases.Select(c => new RankEntry<Application>(c, c.Score!.Value, [], c.Number!)));
        db.ProposedLists.Add(new ProposedList
        {
            Id = Guid.CreateVersion7(),
            BatchId = batch.Id,
            Round = 1,
            ProposedAt = flow.Clock.Now,
            ProposedBy = DemoFlow.Officer.Name,
            Note = "按专家评审得分排序，达到及格线的列入。",
            Entries = [.. ranked.Select(r => new ListEntry(
                r.Place, r.Entry.Item.Id, r.Entry.Item.Number!, r.Entry.Item.EnterpriseName, r.Entry.Item.CityName, r.Entry.Score,
                r.Entry.Score >= edition.Programme.PassLine * 100, Object: edition.Programme.ObjectOf(Answers.Parse(r.Entry.Item.Answers))))],
        });
        await db.SaveChangesAsync(ct);
        await flow.CompleteAsync(batch, DemoFlow.Officer, "Propose", ct);
    }

    /// <summary>The round for which the batch's step seats experts.</summary>
    private string RoundOf(Batch batch) =>
        batch.State.Tokens.Select(t => edition.BatchFlow.Get(t.Activity).Settings).OfType<WorkItemSettings>().Single(s => s.Task == Tasks.AssignPanel).Round ?? ReviewRound.Default;
}
