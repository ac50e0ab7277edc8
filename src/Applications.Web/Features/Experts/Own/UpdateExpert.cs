using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Experts;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Experts;
using Applications.Domain.Workflow;
using Applications.Web.Features.Experts.Register;
using Applications.Web.Files;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Experts.Own;

public sealed record UpdateExpert(ExpertInput Input, IReadOnlyList<IFormFile> Uploads, Guid Version, Guid IdempotencyKey);

/// <summary>The expert looks through his own data: a member's count as updated today, one who was asked for more hands in again.</summary>
public sealed class UpdateExpertHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, ExpertInputValidator inputs, PersonalSecrets secrets, IFileStore store)
{
    /// <exception cref="ValidationException">One error a field.</exception>
    /// <exception cref="RuleBrokenException"><c>expert-known</c>, <c>expert-not-member</c>, <c>expert-not-returned</c>.</exception>
    public async Task<Guid> HandleAsync(UpdateExpert request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        var id = actor.Is(Roles.Expert) ? actor.ScopeId!.Value : throw new NotFoundException();
        request.Input.DropEmptyRows();
        var faults = (await inputs.ValidateAsync(request.Input, ct)).Errors.Select(e => new ValidationFailure($"Input.{e.PropertyName}", e.ErrorMessage)).ToList();
        if (faults.Count > 0)
        {
            throw new ValidationException(faults);
        }

        var files = await store.StoreAsync(id, request.Uploads, actor.Name, host.Now, ct);
        return await pipeline.RunAsync(actor, request.IdempotencyKey, "update-expert", ("expert", id), c => UpdateAsync(request, id, files, c), ct);
    }

    private async Task<Guid> UpdateAsync(UpdateExpert request, Guid id, IReadOnlyList<ExpertFile> files, CancellationToken ct)
    {
        var expert = await db.Experts.SingleOrDefaultAsync(e => e.Id == id, ct) ?? throw new NotFoundException();
        StaleVersionException.ThrowIfStale(request.Version, expert.Version, "专家信息");
        var (profile, interests) = (request.Input.ToProfile(), request.Input.ToInterests(expert.Interests));
        if (expert.Status is ExpertStatus.Applied or ExpertStatus.Returned)
        {
            expert.Reapply(profile, interests, host.Now);
        }
        else
        {
            expert.Update(profile, interests, ChinaTime.DateOf(host.Now), host.Now);
        }

        secrets.KeepSecrets(expert, request.Input);
        await db.RequireUnknownAsync(expert, ct);
        db.ExpertFiles.AddRange(files);
        expert.Version = Guid.NewGuid();
        return expert.Version;
    }
}
