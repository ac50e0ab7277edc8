using Applications.Data;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Security;
using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Accounts.Edit;

/// <summary>Name and address of an account as they are typed.</summary>
public sealed class UpdateAccount
{
    public string? Name { get; set; }

    public string? Email { get; set; }

    public Guid Version { get; set; }
}

public sealed class UpdateAccountValidator : AbstractValidator<UpdateAccount>
{
    public UpdateAccountValidator()
    {
        RuleFor(a => a.Name).IsPersonName();
        RuleFor(a => a.Email).IsMailAddress();
    }
}

/// <summary>Keeps an account's name and address. Post and unit never change: what was done under them stays theirs.</summary>
public sealed class UpdateAccountHandler(
    ApplicationsDbContext db, ILookupNormalizer normalizer, CommandPipeline pipeline, UpdateAccountValidator validator)
{
    public async Task<Guid> HandleAsync(Guid id, UpdateAccount request, Actor actor, Guid key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(Roles.Admin))
        {
            throw new NotFoundException();
        }

        await validator.ValidateAndThrowAsync(request, ct);
        return await pipeline.RunAsync(
            actor, key, "update-account", ("account", id),
            async c =>
            {
                var user = await db.Users.SingleOrDefaultAsync(u => u.Id == id, c) ?? throw new NotFoundException();
                StaleVersionException.ThrowIfStale(request.Version, AccountQuery.VersionOf(user), "账号");
                user.DisplayName = request.Name!.Trim();
                user.Email = request.Email!.Trim();
                user.NormalizedEmail = normalizer.NormalizeEmail(user.Email);
                AccountPasswords.Touch(user);
                return id;
            },
            ct);
    }
}
