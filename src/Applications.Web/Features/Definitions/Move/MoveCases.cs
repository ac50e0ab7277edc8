using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Workflow;

namespace Applications.Web.Features.Definitions.Move;

/// <summary>Moves the chosen cases to another version of their workflow, all or none.</summary>
/// <param name="Why">Stands in the journal of every case.</param>
public sealed record MoveCases(MigrationRoute Route, IReadOnlyList<CaseToMove> Cases, string? Why, Guid IdempotencyKey);

public sealed class MoveCasesHandler(CaseMigration migration, CommandPipeline pipeline)
{
    private const int LongestReason = 500;

    /// <returns>How many were moved.</returns>
    /// <exception cref="NotFoundException">A version or case does not exist, or the actor may not move.</exception>
    /// <exception cref="StaleVersionException">Cases changed since they were rehearsed.</exception>
    /// <exception cref="RuleBrokenException"><c>reason-required</c>, <c>text-too-long</c>, and those of <see cref="CaseMigration.MoveAsync"/>.</exception>
    public Task<int> HandleAsync(MoveCases request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(Roles.Admin))
        {
            throw new NotFoundException();
        }

        var why = request.Why?.Trim() ?? string.Empty;
        if (why.Length is 0 or > LongestReason)
        {
            throw why.Length == 0
                ? new RuleBrokenException("reason-required", "请写明迁移理由，它将记入每件申报的办理记录。", "Why")
                : new RuleBrokenException("text-too-long", $"理由不超过 {LongestReason} 字。", "Why");
        }

        return pipeline.RunAsync(
            actor, request.IdempotencyKey, "move-cases", ("definition", null),
            c => migration.MoveAsync(request.Route, request.Cases, why, actor, c),
            ct,
            $"{request.Cases.Count} 件 {request.Route.From} → {request.Route.To}：{why}");
    }
}
