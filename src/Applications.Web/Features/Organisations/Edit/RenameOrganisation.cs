using Applications.Data;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Organisations;
using Applications.Domain.Workflow;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Organisations.Edit;

/// <summary>The new name of an organisation as it is typed.</summary>
public sealed class RenameOrganisation
{
    public string? Name { get; set; }

    public Guid Version { get; set; }
}

public sealed class RenameOrganisationValidator : AbstractValidator<RenameOrganisation>
{
    public RenameOrganisationValidator() => RuleFor(o => o.Name).IsOrganisationName();
}

/// <summary>Renames an organisation, also where its accounts show it. What was journalled under the old name keeps it.</summary>
public sealed class RenameOrganisationHandler(ApplicationsDbContext db, CommandPipeline pipeline, RenameOrganisationValidator validator)
{
    public async Task<Guid> HandleAsync(Guid id, RenameOrganisation request, Actor actor, Guid key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(Roles.Admin))
        {
            throw new NotFoundException();
        }

        await validator.ValidateAndThrowAsync(request, ct);
        return await pipeline.RunAsync(
            actor, key, "rename-organisation", ("organisation", id),
            async c =>
            {
                var one = await db.Organisations.SingleOrDefaultAsync(o => o.Id == id, c) ?? throw new NotFoundException();
                StaleVersionException.ThrowIfStale(request.Version, one.Version, "机构");
                var before = one.Name;
                one.Name = request.Name!.Trim();
                one.Version = Guid.NewGuid();

                // Department posts belong to no scope and only show the department's name.
                var users = db.Users.Where(u => u.ScopeId == id || (u.ScopeId == null && u.ScopeName == before && one.Kind == OrganisationKind.Department));
                foreach (var user in await users.ToListAsync(c))
                {
                    user.ScopeName = one.Name;
                }

                return id;
            },
            ct,
            $"改为“{request.Name!.Trim()}”");
    }
}
