using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Outbox;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Delegations.Edit;

public sealed record RevokeDelegation(Guid Id, Guid IdempotencyKey);

/// <summary>收回委托, by the one who gave it; what was done until then stays done.</summary>
public sealed class RevokeDelegationHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline)
{
    /// <exception cref="NotFoundException">Not his.</exception>
    public Task<bool> HandleAsync(RevokeDelegation request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "revoke-delegation", ("delegation", request.Id), c => RevokeAsync(request, actor, c), ct);
    }

    private async Task<bool> RevokeAsync(RevokeDelegation request, Actor actor, CancellationToken ct)
    {
        var delegation = await db.Delegations.SingleOrDefaultAsync(d => d.Id == request.Id && d.FromUserId == actor.UserId, ct) ?? throw new NotFoundException();
        if (delegation.RevokedAt is null && delegation.EndsAt > host.Now)
        {
            db.Send(
                OutboxKinds.SendLetter, new SendLetter("delegation-ended", Actor.DeskOf(delegation.ToUserId), null, null, null, $"{delegation.FromName}收回了对您的委托"),
                $"delegation-ended:{delegation.Id:N}", host.Now);
        }

        delegation.RevokedAt ??= host.Now;
        return true;
    }
}
