using Applications.Domain.Workflow;
using Applications.Web.Features.Enterprises.Edit;
using Applications.Web.Infrastructure.Security;

namespace Applications.Web.Api;

/// <summary>The caller's own enterprise.</summary>
internal static class EnterpriseEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/enterprise", async (EnterpriseQuery query, CurrentActor actor, CancellationToken ct) =>
            await query.ExecuteAsync(actor.Value.ScopeId!.Value, ct)).RequireAuthorization(Roles.Applicant).WithSummary("The enterprise's record; money in 万元.");
        api.MapPut("/enterprise", async (UpdateEnterprise body, HttpRequest request, UpdateEnterpriseHandler handler, CurrentActor actor, CancellationToken ct) =>
            new { version = await handler.HandleAsync(body, actor.Value, IdempotencyKey.Of(request), ct) })
            .RequireAuthorization(Roles.Applicant).WithSummary("Replaces the enterprise's record.");
    }
}
