using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Workflow;

namespace Applications.Web.Features.Definitions.Show;

/// <summary>Takes a version out of use for new batches, or brings it back.</summary>
/// <param name="Version">The version's row as the administrator saw it.</param>
public sealed record SwitchVersion(string Id, Guid Version, bool Disable, Guid IdempotencyKey);

public sealed class SwitchVersionHandler(VersionPublisher versions, CommandPipeline pipeline)
{
    /// <exception cref="NotFoundException">There is no such version, or the actor may not switch it.</exception>
    /// <exception cref="StaleVersionException">Somebody else was first.</exception>
    public Task<string> HandleAsync(SwitchVersion request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(Roles.Admin))
        {
            throw new NotFoundException();
        }

        return pipeline.RunAsync(
            actor, request.IdempotencyKey, request.Disable ? "disable-definition" : "enable-definition", ("definition", null),
            async c =>
            {
                await versions.SwitchAsync(request.Id, request.Version, request.Disable, c);
                return request.Id;
            },
            ct,
            request.Id);
    }
}
