using Applications.Data;
using Applications.Data.Outbox;
using Applications.Domain.Reviews.Draws;
using Applications.Domain.Workflow;

namespace Applications.Web.Features.Draws;

/// <summary>Letters about draws.</summary>
internal static class DrawLetters
{
    /// <summary>Tells those who may approve that a request waits: the pool's office and the heads.</summary>
    /// <param name="now">UTC.</param>
    public static void AskApproval(this ApplicationsDbContext db, PanelDraw draw, DateTime now)
    {
        foreach (var role in new[] { Roles.Pool, Roles.Head })
        {
            db.Send(OutboxKinds.SendLetter, new SendLetter("seats-to-approve", role, draw.BatchId, null, $"专家抽取申请 {draw.Number}", "有专家抽取待批准", Path: $"/draws/{draw.Id}"), $"draw:{draw.Id:N}:{role}", now);
        }
    }
}
