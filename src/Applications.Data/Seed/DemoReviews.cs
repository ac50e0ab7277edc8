using System.Text.Json;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Experts;
using Applications.Domain.Forms;
using Applications.Domain.Reviews;
using Applications.Domain.Rubrics;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;

namespace Applications.Data.Seed;

/// <summary>Panels, scores and lists of the demonstration batches.</summary>
/// <param name="featured">The expert whose account is offered on the log-in page.</param>
internal sealed class DemoReviews(
    ApplicationsDbContext db, DemoFlow flow, ProgrammeEdition edition, Expert featured, DemoDraws draws)
{
    /// <param name="halfway">Leaves most of the work to the experts whose accounts are offered on the log-in page.</param>
    public async Task ReviewAsync(Batch batch, List<Application> cases, bool halfway, string round, CancellationToken ct)
    {
        var reviews = await draws.DrawAsync(batch, cases, round, halfway ? featured : null, ct);
        db.Reviews.AddRange(reviews);
        await db.SaveChangesAsync(ct);
        await flow.CompleteAsync(batch, DemoFlow.Officer, "Assign", ct);
        await flow.SignalAsync(batch, cases, round, ct);

        foreach (var review in reviews.Where(r => !halfway || (r.CaseId == cases[0].Id && r.ExpertId != featured.Id && r.ExpertId != reviews[^1].ExpertId)))
        {
            flow.Clock.Now = flow.Clock.Now.AddMinutes(20);
            await LockAsync(batch, cases.First(c => c.Id == review.CaseId), review, ct);
        }
    }

    /// <summary>The officer has asked for a draw that waits for the head.</summary>
    public Task RequestDrawAsync(Batch batch, List<Application> cases, CancellationToken ct) =>
        draws.RequestAsync(
            batch, cases, batch.State.Tokens.Select(t => edition.BatchFlow.Get(t.Activity).Settings).OfType<WorkItemSettings>().Single(s => s.Task == Tasks.AssignPanel).Round ?? ReviewRound.Default, null, ct);

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

    /// <summary>Scores that differ from file to file and expert to expert, and are the same at every planting.</summary>
    private async Task LockAsync(Batch batch, Application one, Review review, CancellationToken ct)
    {
        var level = 54 + (one.EnterpriseName.Sum(c => c) % 5 * 7) + (review.ExpertName[^1] % 7);
        var scores = edition.Rubric.ForRound(review.Round).Criteria.ToDictionary(c => c.Key, c => c.FullHundredths * level / 100 / 50 * 50);
        review.DeclareFree(flow.Clock.Now);
        review.Lock(JsonSerializer.Serialize(scores, ApplicationsDbContext.Json), "目标明确，材料齐全，成效有据可查。（演示）", scores.Values.Sum(), flow.Clock.Now);
        review.Version = Guid.NewGuid();
        var expert = new Actor(null, review.ExpertName, Roles.Expert, review.ExpertId);
        await flow.Host.AnswerAsync(FlowSubjects.Of(one, batch), one.State.Tokens[0].Id, review.ExpertId.ToString("N"), PanelReviewKind.Score, expert, null, ct);
        await db.SaveChangesAsync(ct);
    }
}
