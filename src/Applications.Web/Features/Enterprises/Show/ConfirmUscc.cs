using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Enterprises.Show;

/// <param name="Version">The record's version as the city saw it.</param>
public sealed record ConfirmUscc(Guid EnterpriseId, string? Reason, Guid Version, Guid IdempotencyKey);

/// <summary>
/// The city lets a code with a wrong check character pass, with a reason that stands in the record and in the audit: some codes of the pilot years
/// are lawful although they do not fit GB 32100-2015.
/// </summary>
public sealed class ConfirmUsccHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline)
{
    private const int LongestReason = 500;

    /// <exception cref="RuleBrokenException"><c>reason-required</c>, <c>text-too-long</c>, <c>uscc-regular</c>.</exception>
    public Task<Guid> HandleAsync(ConfirmUscc request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "confirm-uscc", ("enterprise", request.EnterpriseId), c => ConfirmAsync(request, actor, c), ct, request.Reason);
    }

    private async Task<Guid> ConfirmAsync(ConfirmUscc request, Actor actor, CancellationToken ct)
    {
        var enterprise = actor.Role == Roles.City
            ? await db.Enterprises.VisibleTo(actor).SingleOrDefaultAsync(e => e.Id == request.EnterpriseId, ct) ?? throw new NotFoundException()
            : throw new NotFoundException();
        StaleVersionException.ThrowIfStale(request.Version, enterprise.Version, "企业信息");
        if (!enterprise.UsccIsIrregular)
        {
            throw new RuleBrokenException("uscc-regular", "该代码校验正确，无需核实。");
        }

        if (string.IsNullOrWhiteSpace(request.Reason))
        {
            throw new RuleBrokenException("reason-required", "请写明核实依据，例如“已核对营业执照原件”。", "Reason");
        }

        if (request.Reason.Length > LongestReason)
        {
            throw new RuleBrokenException("text-too-long", $"核实依据不超过 {LongestReason} 字。", "Reason");
        }

        enterprise.UsccOverrideReason = request.Reason.Trim();
        enterprise.UpdatedAt = host.Now;
        enterprise.Version = Guid.NewGuid();
        return enterprise.Version;
    }
}
