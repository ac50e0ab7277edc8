using Applications.Data;
using Applications.Data.Calendars;
using Applications.Data.Workflow;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Rehearsal;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Definitions.Rehearse;

/// <summary>A version of a case flow that a season can be played with.</summary>
public sealed record FlowChoice(string Id, string Programme, int Number);

/// <summary>What a season is played with.</summary>
/// <param name="Flow">Version id of the case flow; the batch runs on the newest version of its own flow.</param>
/// <param name="MostDays">Working days that a role takes at most, for roles that take another time than usual.</param>
/// <param name="Odds">How likely an outcome is, from 0 to 1, by <c>activity:outcome</c>; where nothing is said, as usual.</param>
public sealed record SeasonRequest(
    string Flow, int Cases, long Seed, DateOnly Start, int FilingDays, int RecommendationDays, IReadOnlyDictionary<string, int> MostDays, IReadOnlyDictionary<string, double> Odds);

/// <summary>An outcome whose share can be set. <paramref name="Key"/> is <c>activity:outcome</c>.</summary>
/// <param name="Percent">The usual share.</param>
public sealed record OutcomeOdds(string Key, string Step, string Outcome, int Percent);

/// <summary>Plays a season in memory. Reads definitions and the calendar; writes nothing.</summary>
public sealed class RehearsalQuery(ApplicationsDbContext db, DefinitionCatalog definitions, EditionSource editions, CalendarSource calendars)
{
    /// <summary>One at a time on a node: a season is all computing.</summary>
    private static readonly SemaphoreSlim Turn = new(1, 1);

    public async Task<IReadOnlyList<FlowChoice>> ChoicesAsync(CancellationToken ct)
    {
        var flows = definitions.Editions.Values.ToDictionary(e => e.CaseFlow.DefinitionId, e => e.Programme.Name);
        var ids = flows.Keys.ToList();
        var rows = await db.Definitions.AsNoTracking().Where(d => ids.Contains(d.DefinitionId))
            .OrderByDescending(d => d.Number).ThenByDescending(d => d.PublishedAt).Select(d => new { d.Id, d.DefinitionId, d.Number }).ToListAsync(ct);
        return [.. rows.Select(r => new FlowChoice(r.Id, flows[r.DefinitionId], r.Number)).OrderBy(c => c.Programme, StringComparer.Ordinal)];
    }

    /// <summary>The shares that can be set for a version: the case's steps first, then its batch's. Empty for a version that does not exist.</summary>
    public async Task<IReadOnlyList<OutcomeOdds>> OddsAsync(string flow, CancellationToken ct) =>
        await FindAsync(flow, ct) is not { } edition
            ? []
            : [.. new[] { definitions.Workflow(flow), (await editions.CurrentAsync(edition.Programme.Key, ct)).BatchFlow }.SelectMany(f => new RehearsalBehaviour().Odds(f)).Select(o =>
                new OutcomeOdds($"{o.Activity.Id}:{o.Outcome}", o.Activity.Title, DefinitionWords.Outcome(o.Activity, o.Outcome), (int)Math.Round(o.Likelihood * 100)))];

    /// <exception cref="RuleBrokenException"><c>unknown-flow</c>; or no version of the batch's flow is enabled.</exception>
    public async Task<RehearsalResult> ExecuteAsync(SeasonRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        var edition = await FindAsync(request.Flow, ct) ?? throw new RuleBrokenException("unknown-flow", "请选择要推演的流程版本。", "Flow");
        var usual = new RehearsalBehaviour();
        var plan = new RehearsalPlan(
            (await editions.CurrentAsync(edition.Programme.Key, ct)).BatchFlow, definitions.Workflow(request.Flow), request.Cases, request.Seed, request.Start, await calendars.GetAsync(ct))
        {
            FilingDays = request.FilingDays,
            RecommendationDays = request.RecommendationDays,
            NoticeDays = edition.Programme.LimitsInWorkingDays.Notice,
            Behaviour = usual with
            {
                Outcomes = usual.Outcomes.Where(o => !request.Odds.ContainsKey(o.Key)).Concat(request.Odds).ToDictionary(o => o.Key, o => o.Value),
                Days = Roles.All.ToDictionary(r => r, r => request.MostDays.TryGetValue(r, out var most) ? (Math.Min(usual.DaysOf(r).Least, most), most) : usual.DaysOf(r)),
            },
        };
        await Turn.WaitAsync(ct);
        try
        {
            return SeasonRehearsal.Run(plan, ct);
        }
        finally
        {
            Turn.Release();
        }
    }

    private async Task<ProgrammeEdition?> FindAsync(string flow, CancellationToken ct)
    {
        var programme = await db.Definitions.AsNoTracking().Where(d => d.Id == flow && d.Kind == "workflow").Select(d => d.ProgrammeKey).SingleOrDefaultAsync(ct);
        return programme is not null && definitions.Editions.TryGetValue(programme, out var edition) && definitions.Workflow(flow).DefinitionId == edition.CaseFlow.DefinitionId ? edition : null;
    }
}
