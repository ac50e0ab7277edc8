using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Experts;
using Applications.Domain.Workflow;
using Microsoft.Extensions.Options;

namespace Applications.Web.Features.Experts.Show;

public sealed record ProposeMeasure(Guid Id, DisciplineKind? Kind, string? Ground, string? Facts, DateOnly? Until, Guid Version, Guid IdempotencyKey);

public sealed record WithdrawMeasure(Guid Id, Guid MeasureId, Guid Version, Guid IdempotencyKey);

public sealed record ConfirmMeasure(Guid Id, Guid MeasureId, bool Agreed, Guid Version, Guid IdempotencyKey);

/// <summary>A measure against an expert: proposed by the pool's office or an officer, in force when a head or another of the pool's office confirms it.</summary>
public sealed class DisciplineExpertHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, IOptions<PoolRules> rules)
{
    private const int LongestFacts = 1000;

    /// <exception cref="RuleBrokenException"><c>discipline-kind</c>, <c>text-too-long</c> and those of <see cref="Expert.Propose"/>.</exception>
    public Task<Guid> HandleAsync(ProposeMeasure request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(Roles.Pool, Roles.Officer))
        {
            throw new NotFoundException();
        }

        if (request.Kind is not { } kind || !Enum.IsDefined(kind))
        {
            throw new RuleBrokenException("discipline-kind", "请选择处理方式。", "Kind");
        }

        if (request.Facts?.Length > LongestFacts)
        {
            throw new RuleBrokenException("text-too-long", $"事实和依据不超过 {LongestFacts} 字。", "Facts");
        }

        return pipeline.RunAsync(
            actor, request.IdempotencyKey, "propose-measure", ("expert", request.Id),
            async c =>
            {
                var expert = await LoadAsync(request.Id, request.Version, actor, c);
                var measure = new DisciplineRecord(Guid.CreateVersion7(), kind, request.Ground ?? string.Empty, request.Facts ?? string.Empty, request.Until, actor.UserId!.Value, actor.Name, host.Now);
                return expert.Propose(measure, rules.Value, ChinaTime.DateOf(host.Now)).Id;
            },
            ct,
            $"{ExpertWords.Of(kind)}：{DisciplineGround.TextOf(request.Ground ?? string.Empty)}");
    }

    /// <exception cref="RuleBrokenException"><c>discipline-unknown</c>, <c>same-person</c>.</exception>
    public Task<bool> ConfirmAsync(ConfirmMeasure request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(Roles.Head, Roles.Pool))
        {
            throw new NotFoundException();
        }

        return pipeline.RunAsync(
            actor, request.IdempotencyKey, request.Agreed ? "confirm-measure" : "reject-measure", ("expert", request.Id),
            async c =>
            {
                var expert = await LoadAsync(request.Id, request.Version, actor, c);
                expert.Confirm(request.MeasureId, request.Agreed, actor.UserId!.Value, actor.Name, host.Now);
                return true;
            },
            ct);
    }

    /// <exception cref="RuleBrokenException"><c>discipline-unknown</c>, <c>not-own-measure</c>.</exception>
    public Task<bool> WithdrawAsync(WithdrawMeasure request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(Roles.Pool, Roles.Officer))
        {
            throw new NotFoundException();
        }

        return pipeline.RunAsync(
            actor, request.IdempotencyKey, "withdraw-measure", ("expert", request.Id),
            async c =>
            {
                var expert = await LoadAsync(request.Id, request.Version, actor, c);
                expert.Withdraw(request.MeasureId, actor.UserId!.Value, actor.Name, host.Now);
                return true;
            },
            ct);
    }

    private async Task<Expert> LoadAsync(Guid id, Guid version, Actor actor, CancellationToken ct)
    {
        var expert = await db.Experts.OfAsync(id, actor, ct);
        StaleVersionException.ThrowIfStale(version, expert.Version, "专家信息");
        expert.Version = Guid.NewGuid();
        return expert;
    }
}
