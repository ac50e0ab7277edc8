using Applications.Data;
using Applications.Data.Accounts;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Experts;
using Applications.Domain.Identifiers;
using Applications.Domain.Organisations;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Security;
using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Accounts.Create;

/// <summary>A new account as it is typed.</summary>
public sealed class CreateAccount
{
    public string? Role { get; set; }

    public string? Login { get; set; }

    public string? Name { get; set; }

    public string? Email { get; set; }

    /// <summary>The bureau of a county or city post; the expert, when several have the name.</summary>
    public Guid? UnitId { get; set; }

    /// <summary>The enterprise's code for an applicant, the expert's name for an expert.</summary>
    public string? UnitText { get; set; }
}

public sealed class CreateAccountValidator : AbstractValidator<CreateAccount>
{
    public CreateAccountValidator()
    {
        RuleFor(a => a.Role).Must(role => Roles.All.Contains(role)).WithMessage("请选择岗位。");
        RuleFor(a => a.Login).IsLogin();
        RuleFor(a => a.Name).IsPersonName();
        RuleFor(a => a.Email).IsMailAddress();
        RuleFor(a => a.UnitId).NotEmpty().When(a => a.Role is Roles.County or Roles.City).WithMessage("请选择单位。");
        RuleFor(a => a.UnitText).Custom((code, context) =>
        {
            if (Uscc.Check(code) is { IsValid: false } wrong)
            {
                context.AddFailure(wrong.Message);
            }
        }).When(a => a.Role == Roles.Applicant);
        RuleFor(a => a.UnitText).NotEmpty().When(a => a.Role == Roles.Expert).WithMessage("请填写专家姓名。");
    }
}

/// <param name="Password">The initial password, known to this run only; null when the same form was sent before.</param>
public sealed record CreatedAccount(Guid Id, string? Password);

/// <summary>Makes an account for one post, with a password that its owner must change first of all.</summary>
public sealed class CreateAccountHandler(
    ApplicationsDbContext db, UserManager<AppUser> users, AccountPasswords passwords, CommandPipeline pipeline, CreateAccountValidator validator, TimeProvider clock)
{
    public async Task<CreatedAccount> HandleAsync(CreateAccount request, Actor actor, Guid key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(Roles.Admin))
        {
            throw new NotFoundException();
        }

        await validator.ValidateAndThrowAsync(request, ct);

        // Kept out of the command's stored result: it must be on no table.
        string? password = null;
        var id = Guid.CreateVersion7();
        var made = await pipeline.RunAsync(
            actor, key, "create-account", ("account", id),
            async c =>
            {
                password = AccountPasswords.Generate();
                await CreateAsync(request, id, password, c);
                return id;
            },
            ct);
        return new CreatedAccount(made, made == id ? password : null);
    }

    private async Task CreateAsync(CreateAccount request, Guid id, string password, CancellationToken ct)
    {
        var login = request.Login!.Trim();
        var normalised = users.NormalizeName(login);
        if (await db.Users.AnyAsync(u => u.NormalizedUserName == normalised, ct))
        {
            throw new RuleBrokenException("login-taken", $"登录名“{login}”已被使用。", nameof(request.Login));
        }

        var (scope, name) = await FindUnitAsync(request, ct);
        var user = new AppUser
        {
            Id = id,
            UserName = login,
            NormalizedUserName = normalised,
            Email = request.Email!.Trim(),
            NormalizedEmail = users.NormalizeEmail(request.Email.Trim()),
            EmailConfirmed = true,
            LockoutEnabled = true,
            DisplayName = request.Name!.Trim(),
            Role = request.Role!,
            ScopeId = scope,
            ScopeName = name,
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        };
        passwords.Set(user, password, isInitial: true);
        db.Users.Add(user);
    }

    private async Task<(Guid? Id, string Name)> FindUnitAsync(CreateAccount request, CancellationToken ct)
    {
        switch (request.Role)
        {
            case Roles.County or Roles.City:
                var kind = request.Role == Roles.City ? OrganisationKind.CityBureau : OrganisationKind.CountyBureau;
                var bureau = await db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == request.UnitId && o.Kind == kind, ct)
                    ?? throw new RuleBrokenException("unknown-unit", "请选择单位。", nameof(request.UnitId));
                return (bureau.Id, bureau.Name);
            case Roles.Applicant:
                var code = Uscc.Normalise(request.UnitText);
                var enterprise = await db.Enterprises.AsNoTracking().SingleOrDefaultAsync(e => e.Uscc == code, ct)
                    ?? throw new RuleBrokenException("unknown-enterprise", "系统中没有此统一社会信用代码的企业，请先登记企业信息。", nameof(request.UnitText));
                return (enterprise.Id, enterprise.Name);
            case Roles.Expert:
                return await FindExpertAsync(request, ct);
            default:
                return (null, await db.Organisations.AsNoTracking().Where(o => o.Kind == OrganisationKind.Department).Select(o => o.Name).FirstOrDefaultAsync(ct) ?? string.Empty);
        }
    }

    private async Task<(Guid? Id, string Name)> FindExpertAsync(CreateAccount request, CancellationToken ct)
    {
        var name = request.UnitText!.Trim();
        var found = await db.Experts.AsNoTracking().Where(e => e.Name == name && (e.Status == ExpertStatus.InPool || e.Status == ExpertStatus.Suspended)).ToListAsync(ct);
        return found switch
        {
            [] => throw new RuleBrokenException("unknown-expert", $"专家库中没有在库专家“{name}”。", nameof(request.UnitText)),
            [var only] => (only.Id, only.Employer),
            _ => found.Find(e => e.Id == request.UnitId) is { } chosen
                ? (chosen.Id, chosen.Employer)
                : throw new RuleBrokenException("several-experts", $"有 {found.Count} 位专家同名，请选择其中一位。", nameof(request.UnitId)),
        };
    }
}
