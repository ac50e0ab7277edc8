using System.Text.Json;
using Applications.Data;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Forms;
using Applications.Domain.Reviews;
using Applications.Domain.Rubrics;
using Applications.Web.Features.Reviews.Reopen;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Reviews.Score;

/// <param name="Rubric">What is scored in the round of the review.</param>
/// <param name="Round">What the round is called; null when there is only one.</param>
/// <param name="Scores">Criterion → hundredths: the draft, with what the rubric computes itself.</param>
public sealed record ScoreView(
    Review Review, Guid CaseId, string EnterpriseName, string BatchName, DateTime? DueAt, RubricDefinition Rubric, string? Round,
    IReadOnlyDictionary<string, int> Scores, IReadOnlyDictionary<string, AutoScore> Auto)
{
    /// <summary>Everybody else has locked: with this sheet the file's score is made, and none can be given back.</summary>
    public bool IsLast { get; init; }

    /// <summary>True while the others of the panel are at work, so that a locked sheet could still be given back.</summary>
    public bool MayReopen { get; init; }

    /// <summary>What was filed, to be read beside the sheet.</summary>
    public required FiledFile File { get; init; }

    /// <summary>After locking: the file to score next; null when none is left.</summary>
    public NextReview? Next { get; init; }
}

/// <param name="Answers">As filed last.</param>
/// <param name="Attachments">Those of that filing.</param>
public sealed record FiledFile(FormDefinition Form, Answers Answers, int Round, DateTime FiledAt, IReadOnlyList<Attachment> Attachments);

/// <param name="Round">The key to ask for it by; null where the programme has one round.</param>
/// <param name="Open">How many files are left, this one counted.</param>
public sealed record NextReview(Guid CaseId, string? Round, string Enterprise, int Open);

/// <param name="Round">What the round is called; null when the programme has only one.</param>
public sealed record OwnReview(Review Review, string Enterprise, string Number, string Batch, string? Round, DateTime? Due)
{
    public bool IsOpen => Review.State is ReviewState.Assigned or ReviewState.Scoring;
}

/// <summary>An expert's own sheet for one file.</summary>
public sealed class ScoreQuery(ApplicationsDbContext db, DefinitionCatalog definitions, Cases.CaseFormQuery forms)
{
    /// <summary>An expert's latest files; older ones are history.</summary>
    private const int Most = 500;

    public async Task<ScoreView> ExecuteAsync(Guid caseId, string? round, Actor actor, CancellationToken ct)
    {
        var (review, application, batch, _, due) = await db.OwnReviewAsync(caseId, round, actor, ct);
        var whole = definitions.Rubric(batch.RubricId);
        var rubric = whole.ForRound(review.Round);
        var form = await forms.ExecuteAsync(application, ct);
        var auto = AutoScorer.Score(rubric, form.Check, form.Scope);
        var saved = JsonSerializer.Deserialize<Dictionary<string, int>>(review.Scores) ?? [];
        var scores = review.State == ReviewState.Locked ? saved : new ScoreSheet { Scores = saved }.WithAuto(rubric, auto).Scores;
        var filing = await db.Filings.AsNoTracking().SingleAsync(f => f.CaseId == caseId && f.Round == application.FilingRound, ct);
        db.ChangeTracker.Clear();
        return new ScoreView(review, caseId, application.EnterpriseName, batch.Name, due, rubric, whole.Rounds.Count == 0 ? null : whole.TitleOf(review.Round), scores, auto)
        {
            File = new FiledFile(form.Form, Answers.Parse(filing.Answers), filing.Round, filing.FiledAt, [.. form.Files.Where(f => f.IsOf(filing.Round))]),
            IsLast = review.State == ReviewState.Scoring
                && !await db.Reviews.AnyAsync(r => r.CaseId == caseId && r.Round == review.Round && r.Id != review.Id && (r.State == ReviewState.Assigned || r.State == ReviewState.Scoring), ct),
            Next = review.State == ReviewState.Locked ? await NextAsync(actor, ct) : null,
            MayReopen = review is { State: ReviewState.Locked, ReopenAskedAt: null } && ReopenSeat.Of(application, review, definitions) is not null,
        };
    }

    /// <summary>The expert's files: those to score first, the most urgent on top, then what is done, latest first. The round is named where the programme has several.</summary>
    public async Task<IReadOnlyList<OwnReview>> MineAsync(Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var holder = actor.Holder;
        var rows = await (
            from r in db.Reviews.AsNoTracking()
            join a in db.Applications on r.CaseId equals a.Id
            join b in db.Batches on a.BatchId equals b.Id
            where r.ExpertId == actor.ScopeId
            orderby r.AssignedAt descending
            select new { r, a.EnterpriseName, a.Number, Batch = b.Name, Due = db.WorkItems.Where(w => w.CaseId == r.CaseId && w.Holder == holder && w.ClosedAt == null).Max(w => w.DueAt), b.RubricId }).Take(Most).ToListAsync(ct);
        var all = rows.ConvertAll(x => new OwnReview(
            x.r,
            x.EnterpriseName,
            x.Number ?? string.Empty,
            x.Batch,
            definitions.Rubric(x.RubricId) is { Rounds.Count: > 0 } rubric ? rubric.TitleOf(x.r.Round) : null,
            x.r.State is ReviewState.Assigned or ReviewState.Scoring ? x.Due : null));
        return [.. all.Where(r => r.IsOpen).OrderBy(r => r.Due ?? DateTime.MaxValue).ThenBy(r => r.Number, StringComparer.Ordinal), .. all.Where(r => !r.IsOpen)];
    }

    private async Task<NextReview?> NextAsync(Actor actor, CancellationToken ct) =>
        (await MineAsync(actor, ct)).Where(r => r.IsOpen).ToList() is { Count: > 0 } open
            ? new NextReview(open[0].Review.CaseId, open[0].Round is null ? null : open[0].Review.Round, open[0].Enterprise, open.Count)
            : null;
}
