using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Reviews.Calibration;
using Applications.Domain.Rubrics;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Reviews.Analyse;

/// <param name="Total">Hundredths of a point.</param>
public sealed record ScoredSheet(Guid CaseId, Guid ExpertId, string ExpertName, int Total);

/// <summary>One file of the round: what the rule makes of its sheets, and beside that what the comparison of the experts says.</summary>
/// <param name="Place">By the rule, in this round.</param>
/// <param name="Corrected">Points after the experts' severity is taken off.</param>
/// <param name="Interval">Where the file may stand by corrected score.</param>
public sealed record AnalysedFile(
    Guid CaseId, string Enterprise, string City, IReadOnlyList<ScoredSheet> Sheets, Tally Tally, int Place, double Corrected, RankInterval Interval);

/// <summary>A sheet that was changed after it had been locked.</summary>
/// <param name="From">Hundredths, before.</param>
/// <param name="To">Hundredths; null while the expert has not locked it again.</param>
/// <param name="AllowedBy">Who gave it back.</param>
/// <param name="PlaceBefore">Where the file would stand had the sheet not been changed.</param>
public sealed record ChangedSheet(Guid CaseId, string Enterprise, string Expert, int From, int? To, string Reason, string AllowedBy, DateTime? At, int? PlaceBefore, int? Place)
{
    /// <summary>True when the file stands elsewhere than it did.</summary>
    public bool Moves => PlaceBefore is not null && Place is not null && PlaceBefore != Place;
}

/// <param name="Rounds">Rounds in which sheets are locked, in their order.</param>
/// <param name="Open">Seats of the round that are still at work.</param>
/// <param name="Places">Files above the line that is examined.</param>
public sealed record AnalysisView(
    Batch Batch, RubricDefinition Rubric, IReadOnlyList<ReviewRound> Rounds, ReviewRound? Round, int Open, int Places, IReadOnlyList<AnalysedFile> Files,
    CalibrationResult Calibration, CutLineReport Line, IReadOnlyList<Anomaly> Anomalies, IReadOnlyDictionary<string, string> Experts)
{
    /// <summary>Sheets changed after they had been locked, those that move a place first.</summary>
    public IReadOnlyList<ChangedSheet> Changed { get; init; } = [];

    /// <summary>What was concluded about anomalies, by their key.</summary>
    public IReadOnlyDictionary<string, AnomalyFinding> Findings { get; init; } = new Dictionary<string, AnomalyFinding>();

    /// <summary>Points from which a file counts as passed.</summary>
    public int PassLine { get; init; }

    /// <summary>What nobody has looked into first, then the rest; the heaviest on top.</summary>
    public IEnumerable<Anomaly> Queue => Anomalies.OrderBy(a => Findings.ContainsKey(a.Key));

    /// <summary>The files that all of these experts scored, with their points.</summary>
    public IEnumerable<(AnalysedFile File, IReadOnlyList<int> Totals)> SharedBy(IReadOnlyList<string> experts) =>
        Files.Select(f => (File: f, Totals: (IReadOnlyList<int>)[.. experts.Select(e => f.Sheets.FirstOrDefault(s => s.ExpertId.ToString("N") == e)?.Total ?? -1)])).Where(f => !f.Totals.Contains(-1));

    public IEnumerable<AnalysedFile> Flagged => Files.Where(f => f.Tally.NeedsDiscussion);

    public string EnterpriseOf(string file) => Files.First(f => f.CaseId.ToString("N") == file).Enterprise;
}

/// <summary>
/// What a round's locked sheets say beside the result: who scores strictly, how firm the places are, which files need talk, what a person should look at.
/// The result stays what the rule makes of the sheets; nothing here changes it.
/// </summary>
public sealed class AnalysisQuery(ApplicationsDbContext db, DefinitionCatalog definitions, RoundSheetsQuery sheets)
{
    private const int MostSamples = 500;
    private const int FewestSamples = 100;

    /// <summary>Above so many sheets fewer samples are drawn, so that the page stays quick.</summary>
    private const int SheetsInFull = 2_500;

    /// <param name="round">Key of the round; the latest with locked sheets when null.</param>
    /// <param name="above">Files above the line; as many as reach the pass line when null.</param>
    /// <exception cref="NotFoundException">There is no such batch or round, or the actor is not of the department.</exception>
    public async Task<AnalysisView> ExecuteAsync(Guid id, string? round, int? above, Actor actor, CancellationToken ct)
    {
        var found = await sheets.ExecuteAsync(id, round, actor, ct);
        var (batch, rubric, locked, cases, names) = (found.Batch, found.Rubric, found.Locked, found.Cases, found.Names);
        if (found.Round is not { } chosen)
        {
            return new AnalysisView(batch, rubric, [], null, found.Open, 0, [], new CalibrationResult([], [], 0, 0, 0), new CutLineReport(0, [], []), [], new Dictionary<string, string>());
        }

        List<GivenScore> given = [.. locked.Select(s => new GivenScore(s.File, s.Expert, s.Total!.Value))];
        var tallies = locked.GroupBy(s => s.CaseId).ToDictionary(g => g.Key, g => ScoreTally.Tally([.. g.Select(s => s.Total!.Value)], rubric.Tally));
        var line = Math.Clamp(above ?? tallies.Values.Count(t => t.Mean >= definitions.Programme(batch.ProgrammeId).PassLine * 100), 0, tallies.Count);
        var seed = $"{id:N}:{chosen.Key}";
        var samples = Math.Clamp(MostSamples * SheetsInFull / given.Count, FewestSamples, MostSamples);
        var calibration = SeverityModel.Calibrate(given);
        var intervals = RankIntervals.Of(given, line, seed, samples).ToDictionary(i => i.File, StringComparer.Ordinal);
        var anomalies = await sheets.ScreenAsync(found, ct);

        var bySheets = locked.ToLookup(s => s.CaseId, s => new ScoredSheet(s.CaseId, s.ExpertId, names[s.ExpertId], s.Total!.Value));
        var files = Ranking.Rank(tallies.Select(t => new RankEntry<Guid>(t.Key, t.Value.Mean, [], cases[t.Key].Number ?? string.Empty)))
            .Select(r => (r.Place, Case: cases[r.Entry.Item]))
            .Select(r => new AnalysedFile(
                r.Case.Id, r.Case.EnterpriseName, r.Case.CityName, [.. bySheets[r.Case.Id].OrderBy(s => s.Total)], tallies[r.Case.Id], r.Place,
                intervals[r.Case.Id.ToString("N")].Corrected, intervals[r.Case.Id.ToString("N")]))
            .ToList();
        var places = files.ToDictionary(f => f.CaseId, f => f.Place);
        List<ChangedSheet> changed =
        [
            .. found.Reopened.Select(r => new ChangedSheet(
                r.CaseId, cases[r.CaseId].EnterpriseName, names[r.ExpertId], r.FormerTotal!.Value, r.Total, r.ReopenReason ?? string.Empty, r.ReopenedBy ?? string.Empty, r.LockedAt,
                r.Total is null ? null : PlaceWith(r.CaseId, r.ExpertId, r.FormerTotal.Value), places.TryGetValue(r.CaseId, out var place) ? place : null)),
        ];
        return new AnalysisView(
            batch, rubric, found.Rounds, chosen, found.Open, line, files, calibration, CutLine.Examine(given, line, seed, rubric.Tally, samples), anomalies,
            locked.DistinctBy(s => s.ExpertId).ToDictionary(s => s.Expert, s => names[s.ExpertId]))
        {
            PassLine = definitions.Programme(batch.ProgrammeId).PassLine,
            Findings = anomalies.Count == 0 ? new Dictionary<string, AnomalyFinding>() : await db.AnomalyFindings.AsNoTracking().Where(f => f.BatchId == id && f.Round == chosen.Key).ToDictionaryAsync(f => f.Key, StringComparer.Ordinal, ct),
            Changed = [.. changed.OrderByDescending(c => c.Moves).ThenByDescending(c => Math.Abs((c.To ?? c.From) - c.From)).ThenBy(c => c.Enterprise, StringComparer.Ordinal)],
        };

        int PlaceWith(Guid caseId, Guid expert, int former)
        {
            var before = locked.Where(s => s.CaseId == caseId).Select(s => s.ExpertId == expert ? former : s.Total!.Value).ToList();
            var mean = ScoreTally.Tally(before, rubric.Tally).Mean;
            return 1 + tallies.Count(t => t.Key != caseId && t.Value.Mean > mean);
        }
    }
}
