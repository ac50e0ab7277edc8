using System.Text.Json;
using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Calibration;
using Applications.Domain.Rubrics;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Reviews.Analyse;

/// <param name="Total">Hundredths of a point; null while it is not locked.</param>
/// <param name="Source">What gave the seat: draw or assignment.</param>
/// <param name="FormerTotal">Hundredths, before the sheet was given back.</param>
public sealed record RoundSheet(
    Guid CaseId, Guid ExpertId, string ExpertName, string Round, int? Total, string Scores, Guid? Source, int? FormerTotal, string? ReopenReason, string? ReopenedBy, DateTime? LockedAt)
{
    /// <summary>What the comparison of experts calls the file.</summary>
    public string File => CaseId.ToString("N");

    public string Expert => ExpertId.ToString("N");
}

public sealed record ScoredCase(Guid Id, string EnterpriseName, string CityName, string? Number);

/// <param name="Rounds">Rounds in which sheets are locked, in their order.</param>
/// <param name="Round">The one that was asked for; null while nothing is locked.</param>
/// <param name="Locked">Its locked sheets.</param>
/// <param name="Reopened">Its sheets that were locked once and given back, locked again or not.</param>
/// <param name="Open">How many of its seats are still at work.</param>
/// <param name="Names">Experts as the reader may know them.</param>
public sealed record RoundSheets(
    Batch Batch, RubricDefinition Rubric, IReadOnlyList<ReviewRound> Rounds, ReviewRound? Round, IReadOnlyList<RoundSheet> Locked, IReadOnlyList<RoundSheet> Reopened, int Open,
    IReadOnlyDictionary<Guid, ScoredCase> Cases, IReadOnlyDictionary<Guid, string> Names);

/// <summary>The sheets of a round with what the analysis and the screen start from.</summary>
public sealed class RoundSheetsQuery(ApplicationsDbContext db, DefinitionCatalog definitions, SealedSourcesQuery sources)
{
    /// <param name="round">Key of the round; the latest with locked sheets when null.</param>
    /// <exception cref="NotFoundException">There is no such batch or round, or the actor is not of the department.</exception>
    public async Task<RoundSheets> ExecuteAsync(Guid id, string? round, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var batch = await db.Batches.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id && actor.IsDepartment, ct) ?? throw new NotFoundException();
        var rubric = definitions.Rubric(batch.RubricId);
        var sheets = await db.Reviews.AsNoTracking().Where(r => r.BatchId == id && r.State != ReviewState.Declined)
            .Select(r => new RoundSheet(r.CaseId, r.ExpertId, r.ExpertName, r.Round, r.Total, r.Scores, r.DrawId ?? r.AssignmentId, r.FormerTotal, r.ReopenReason, r.ReopenedBy, r.LockedAt)).ToListAsync(ct);
        var rounds = rubric.AllRounds.Where(r => sheets.Exists(s => s.Round == r.Key && s.Total is not null)).ToList();
        var chosen = round is null ? rounds.LastOrDefault() : rounds.Find(r => r.Key == round) ?? throw new NotFoundException();
        if (chosen is null)
        {
            return new RoundSheets(batch, rubric, rounds, null, [], [], sheets.Count, new Dictionary<Guid, ScoredCase>(), new Dictionary<Guid, string>());
        }

        var closed = await sources.OfAsync(sheets.Select(s => s.Source), actor, ct);
        var numbers = sheets.Select(s => s.ExpertId).Distinct().Order().Select((e, i) => (e, i)).ToDictionary(e => e.e, e => e.i + 1);
        var names = sheets.GroupBy(s => s.ExpertId).ToDictionary(
            g => g.Key, g => g.Any(s => s.Source is { } source && closed.Contains(source)) ? $"专家 {numbers[g.Key]}（评审日开封）" : g.First().ExpertName);
        var cases = await db.Applications.AsNoTracking().Where(a => a.BatchId == id && db.Reviews.Any(r => r.CaseId == a.Id && (r.Total != null || r.FormerTotal != null)))
            .Select(a => new ScoredCase(a.Id, a.EnterpriseName, a.CityName, a.Number)).ToDictionaryAsync(a => a.Id, ct);
        var own = sheets.FindAll(s => s.Round == chosen.Key);
        return new RoundSheets(batch, rubric, rounds, chosen, own.FindAll(s => s.Total is not null), own.FindAll(s => s.FormerTotal is not null), own.Count(s => s.Total is null), cases, names);
    }

    /// <summary>What a person should look at, heaviest first.</summary>
    public async Task<IReadOnlyList<Anomaly>> ScreenAsync(RoundSheets round, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(round);
        var due = round.Reopened.Count == 0
            ? []
            : (await db.WorkItems.AsNoTracking().Where(w => w.BatchId == round.Batch.Id && w.Task == Tasks.Score && w.CaseId != null && w.DueAt != null).Select(w => new { w.CaseId, w.Participant, w.DueAt }).ToListAsync(ct))
                .GroupBy(w => (w.CaseId, w.Participant)).ToDictionary(g => g.Key, g => g.Min(w => w.DueAt));
        return AnomalyScreen.Screen(
            [.. round.Locked.Select(s => new ScreenedSheet(s.File, s.Expert, s.Total!.Value, round.Cases[s.CaseId].CityName, Criteria(s.Scores)))],
            [
                .. round.Reopened.Where(r => r.Total is not null && r.LockedAt is not null)
                    .Select(r => new ScoreChange(r.File, r.Expert, r.FormerTotal!.Value, r.Total!.Value, r.LockedAt!.Value, due.GetValueOrDefault((r.CaseId, r.Expert)))),
            ]);
    }

    private static Dictionary<string, int> Criteria(string scores) => JsonSerializer.Deserialize<Dictionary<string, int>>(scores, ApplicationsDbContext.Json) ?? [];
}
