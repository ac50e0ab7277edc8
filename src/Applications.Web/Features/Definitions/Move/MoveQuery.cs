using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Cases;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Web.Features.Definitions.Show;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Definitions.Move;

/// <summary>A step that the target version lacks, with the steps of its kind that could take its cases.</summary>
public sealed record StepToMap(Activity Step, int Cases, IReadOnlyList<Activity> Choices);

/// <param name="Target">The version chosen; null before that.</param>
/// <param name="ToMap">Steps for which somebody has to say where their cases go.</param>
/// <param name="Cases">What would happen to each case, in the order of their numbers.</param>
/// <param name="Left">Further cases, beyond what one command takes.</param>
/// <param name="Refusal">Why this pair or mapping cannot be rehearsed at all.</param>
public sealed record MoveView(
    DefinitionView Version, WorkflowDefinition? Target, IReadOnlyList<StepToMap> ToMap, IReadOnlyList<RehearsedCase> Cases, int Left, string? Refusal)
{
    public IEnumerable<RehearsedCase> Movable => Cases.Where(c => c.Plan.CanMove);
}

/// <summary>Rehearses a move: reads, works out, changes nothing.</summary>
public sealed class MoveQuery(ApplicationsDbContext db, DefinitionShowQuery versions, DefinitionCatalog definitions, CaseMigration migration)
{
    /// <param name="batch">Only cases of this batch.</param>
    /// <param name="cases">Only these cases; all on the version when null.</param>
    /// <exception cref="NotFoundException">There is no such version, target or batch.</exception>
    public async Task<MoveView> ExecuteAsync(
        string from, string? to, Guid? batch, IReadOnlyDictionary<string, string> mapping, IReadOnlyCollection<Guid>? cases, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        var version = await versions.ExecuteAsync(from, batch, ct);
        if (version.Subject != DefinitionSubject.Case || (to is not null && version.Others.All(o => o.Id != to)))
        {
            throw new NotFoundException();
        }

        if (to is null)
        {
            return new MoveView(version, null, [], [], 0, null);
        }

        var target = definitions.Workflow(to);
        var chosen = await ChosenAsync(from, batch, cases, ct);
        var left = cases is null ? Math.Max(0, (batch is null ? version.Running : version.Batches.FirstOrDefault(b => b.Id == batch)?.Running ?? 0) - chosen.Count) : 0;
        try
        {
            var rehearsed = await migration.RehearseAsync(new MigrationRoute(from, to, mapping), chosen, ct);
            return new MoveView(version, target, ToMap(version.Flow, target, rehearsed), rehearsed, left, null);
        }
        catch (RuleBrokenException e)
        {
            return new MoveView(version, target, [], [], left, e.Message);
        }
    }

    private Task<List<Application>> ChosenAsync(string from, Guid? batch, IReadOnlyCollection<Guid>? cases, CancellationToken ct) => db.Applications.AsNoTracking()
        .Where(a => a.DefinitionId == from && a.Result == null && (batch == null || a.BatchId == batch) && (cases == null || cases.Contains(a.Id)))
        .OrderBy(a => a.Number).ThenBy(a => a.Id).Take(CaseMigration.MostCases).ToListAsync(ct);

    private static IReadOnlyList<StepToMap> ToMap(WorkflowDefinition from, WorkflowDefinition to, IReadOnlyList<RehearsedCase> rehearsed)
    {
        var standing = rehearsed.SelectMany(r => r.Application.State.Tokens.Select(t => t.Activity)).CountBy(id => id).ToDictionary();
        var counted = rehearsed.SelectMany(r => r.Plan.Obstacles).Where(o => o.Code is "outcome-gone").Select(o => o.Place).ToHashSet();
        return
        [
            .. from.Activities
                .Where(a => to.Find(a.Id)?.Kind != a.Kind && (standing.ContainsKey(a.Id) || (counted.Contains(a.Id) && to.Find(a.Id) is null)))
                .Select(a => new StepToMap(a, standing.GetValueOrDefault(a.Id), [.. to.Activities.Where(b => b.Kind == a.Kind)])),
        ];
    }
}
