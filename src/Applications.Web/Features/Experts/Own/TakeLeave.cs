using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Experts;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Experts.Own;

public sealed record TakeLeave(DateOnly? From, DateOnly? To, string? Reason, Guid IdempotencyKey);

public sealed record CancelLeave(DateOnly From, Guid IdempotencyKey);

/// <summary>The expert says when he is away: on those days nobody draws him. What he already judges stays his.</summary>
public sealed class TakeLeaveHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline)
{
    private const int LongestReason = 200;

    /// <exception cref="RuleBrokenException"><c>leave-days</c>, <c>text-too-long</c> and those of <see cref="Expert.TakeLeave"/>.</exception>
    public Task<bool> HandleAsync(TakeLeave request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.From is not { } from)
        {
            throw new RuleBrokenException("leave-days", "请填写开始日期。", "From");
        }

        if (request.To is not { } to)
        {
            throw new RuleBrokenException("leave-days", "请填写结束日期。", "To");
        }

        if (request.Reason?.Length > LongestReason)
        {
            throw new RuleBrokenException("text-too-long", $"事由不超过 {LongestReason} 字。", "Reason");
        }

        return RunAsync(actor, request.IdempotencyKey, "take-leave", $"{from:yyyy-MM-dd} 至 {to:yyyy-MM-dd}", (expert, today) => expert.TakeLeave(from, to, request.Reason, today), ct);
    }

    /// <exception cref="RuleBrokenException"><c>leave-unknown</c>.</exception>
    public Task<bool> CancelAsync(CancelLeave request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        return RunAsync(actor, request.IdempotencyKey, "cancel-leave", $"{request.From:yyyy-MM-dd} 起", (expert, today) => expert.CancelLeave(request.From, today), ct);
    }

    private Task<bool> RunAsync(Actor actor, Guid key, string command, string detail, Action<Expert, DateOnly> act, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var id = actor.Is(Roles.Expert) ? actor.ScopeId!.Value : throw new NotFoundException();
        return pipeline.RunAsync(
            actor, key, command, ("expert", id),
            async c =>
            {
                var expert = await db.Experts.SingleOrDefaultAsync(e => e.Id == id, c) ?? throw new NotFoundException();
                act(expert, ChinaTime.DateOf(host.Now));
                expert.Version = Guid.NewGuid();
                return true;
            },
            ct,
            detail);
    }
}
