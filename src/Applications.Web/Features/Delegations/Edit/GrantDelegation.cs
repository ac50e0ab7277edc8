using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Outbox;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Web.Features.Approvals;

namespace Applications.Web.Features.Delegations.Edit;

/// <param name="From">First day.</param>
/// <param name="Until">Last day, to its end.</param>
/// <param name="Programme">Key of the one programme it is limited to; null for all.</param>
public sealed record GrantDelegation(Guid? Person, DateOnly? From, DateOnly? Until, string? Programme, string? Reason, Guid IdempotencyKey);

/// <summary>委托: the actor empowers a colleague of his house to decide in his place for a time.</summary>
public sealed class GrantDelegationHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DefinitionCatalog definitions)
{
    /// <summary>Whoever is away for longer hands his post over instead.</summary>
    private const int LongestDays = 92;

    private const int LongestReason = 500;

    /// <returns>The delegation's id.</returns>
    /// <exception cref="RuleBrokenException"><c>person-required</c>, <c>period-wrong</c>, <c>period-too-long</c>, <c>unknown-programme</c>, <c>reason-required</c>, <c>text-too-long</c>.</exception>
    public Task<Guid> HandleAsync(GrantDelegation request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "grant-delegation", ("account", request.Person), c => GrantAsync(request, actor, c), ct, request.Reason);
    }

    /// <summary>The posts that decide and may therefore lend their decisions.</summary>
    public static bool MayLend(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Is(Roles.Officer, Roles.Head, Roles.Leader, Roles.City, Roles.County);
    }

    private async Task<Guid> GrantAsync(GrantDelegation request, Actor actor, CancellationToken ct)
    {
        if (!MayLend(actor))
        {
            throw new NotFoundException();
        }

        var colleague = (await ApprovalOptionsQuery.ColleaguesAsync(db, actor, ct)).FirstOrDefault(u => u.Id == request.Person)
            ?? throw new RuleBrokenException("person-required", "请选择受托人。", "Person");
        var today = ChinaTime.DateOf(host.Now);
        var from = request.From ?? throw new RuleBrokenException("period-wrong", "请填写开始日期。", "From");
        var until = request.Until ?? throw new RuleBrokenException("period-wrong", "请填写结束日期。", "Until");
        if (until < from || until < today)
        {
            throw new RuleBrokenException("period-wrong", "结束日期不能早于开始日期或今天。", "Until");
        }

        if (until.DayNumber - from.DayNumber >= LongestDays)
        {
            throw new RuleBrokenException("period-too-long", $"一次委托最长 {LongestDays} 天。", "Until");
        }

        var programme = string.IsNullOrEmpty(request.Programme) ? null : request.Programme;
        if (programme is not null && !definitions.Editions.ContainsKey(programme))
        {
            throw new RuleBrokenException("unknown-programme", "没有这个专项。", "Programme");
        }

        var reason = request.Reason?.Trim() is { Length: > 0 } text ? text : throw new RuleBrokenException("reason-required", "请写明委托事由，例如：出差、休假。", "Reason");
        if (reason.Length > LongestReason)
        {
            throw new RuleBrokenException("text-too-long", $"委托事由不超过 {LongestReason} 字。", "Reason");
        }

        var delegation = new Delegation
        {
            Id = Guid.CreateVersion7(),
            FromUserId = actor.UserId!.Value,
            FromName = actor.Name,
            FromRole = actor.Role,
            FromScopeId = actor.ScopeId,
            FromHolder = actor.Holder,
            ToUserId = colleague.Id,
            ToName = colleague.DisplayName,
            ProgrammeKey = programme,
            StartsAt = ChinaTime.StartOfDay(from),
            EndsAt = ChinaTime.EndOfDay(until),
            Reason = reason,
            CreatedAt = host.Now,
        };
        db.Delegations.Add(delegation);
        var days = from == until ? $"{from:yyyy-MM-dd}" : $"{from:yyyy-MM-dd} 至 {until:yyyy-MM-dd}";
        db.Send(
            OutboxKinds.SendLetter, new SendLetter("delegated", Actor.DeskOf(colleague.Id), null, null, reason, $"{actor.Name}委托您在 {days} 代为办理"),
            $"delegated:{delegation.Id:N}", host.Now);
        return delegation.Id;
    }
}
