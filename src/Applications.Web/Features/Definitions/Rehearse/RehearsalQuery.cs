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
public sealed record SeasonRequest(string Flow, int Cases, long Seed, DateOnly Start, int FilingDays, int RecommendationDays, IReadOnlyDictionary<string, int> MostDays);

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

    /// <exception cref="RuleBrokenException"><c>unknown-flow</c>; or no version of the batch's flow is enabled.</exception>
    public async Task<RehearsalResult> ExecuteAsync(SeasonRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        var programme = await db.Definitions.AsNoTracking().Where(d => d.Id == request.Flow && d.Kind == "workflow").Select(d => d.ProgrammeKey).SingleOrDefaultAsync(ct);
        if (programme is null || !definitions.Editions.TryGetValue(programme, out var edition) || definitions.Workflow(request.Flow).DefinitionId != edition.CaseFlow.DefinitionId)
        {
            throw new RuleBrokenException("unknown-flow", "请选择要推演的流程版本。", "Flow");
        }

        var usual = new RehearsalBehaviour();
        var plan = new RehearsalPlan(
            (await editions.CurrentAsync(programme, ct)).BatchFlow, definitions.Workflow(request.Flow), request.Cases, request.Seed, request.Start, await calendars.GetAsync(ct))
        {
            FilingDays = request.FilingDays,
            RecommendationDays = request.RecommendationDays,
            NoticeDays = edition.Programme.LimitsInWorkingDays.Notice,
            Behaviour = usual with
            {
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
}
