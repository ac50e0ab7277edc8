using Applications.Data;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Web.Features.Reviews.Silent;
using Applications.Web.Infrastructure.Commands;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Reviews.Replace;

/// <param name="Reason">Wanted where he still has time for one of the files.</param>
public sealed record ReplaceExpert(Guid BatchId, Guid ExpertId, string? Reason, Guid IdempotencyKey);

/// <param name="Left">Enterprises whose seat stays his: no reserve is left.</param>
public sealed record ReplacedExpert(int Seats, IReadOnlyList<string> Left);

/// <summary>Gives every seat that an expert has not finished to its reserve, each in a command of its own: what one file lacks keeps no other back.</summary>
public sealed class ReplaceExpertHandler(ApplicationsDbContext db, SilentQuery seats, ReplaceSilentHandler replace, TimeProvider clock)
{
    /// <exception cref="RuleBrokenException"><c>review-closed</c>; <c>reason-required</c>, before any seat is given away; see <see cref="ReplaceSilentHandler"/>.</exception>
    public async Task<ReplacedExpert> HandleAsync(ReplaceExpert request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(Roles.Officer) || !await db.Reviews.AnyAsync(r => r.BatchId == request.BatchId && r.ExpertId == request.ExpertId, ct))
        {
            throw new NotFoundException();
        }

        var own = (await seats.ExecuteAsync(request.BatchId, actor, ct)).Seats.Where(s => s.ExpertId == request.ExpertId).ToList();
        if (own.Count == 0)
        {
            throw new RuleBrokenException("review-closed", "该专家已没有未完成的评审。");
        }

        var now = clock.GetUtcNow().UtcDateTime;
        if (string.IsNullOrWhiteSpace(request.Reason) && own.Exists(s => !s.IsOverdue(now)))
        {
            throw new RuleBrokenException("reason-required", "该专家有项目的评审期限未到，请写明不能评审的原因。", "Reason");
        }

        List<string> left = [];
        foreach (var seat in own)
        {
            try
            {
                await replace.HandleAsync(new ReplaceSilent(seat.CaseId, seat.ReviewId, request.Reason, seat.Version, SameClick.Of(request.IdempotencyKey, seat.ReviewId)), actor, ct);
            }
            catch (RuleBrokenException e) when (e.Code == "panel-shortage")
            {
                left.Add(seat.Enterprise);
            }
        }

        return new ReplacedExpert(own.Count - left.Count, left);
    }
}
