using Applications.Data;
using Applications.Data.Accounts;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Enterprises;
using Applications.Domain.Identifiers;
using Applications.Domain.Organisations;
using Applications.Domain.Workflow;
using Applications.Web.Features.Accounts;
using Applications.Web.Infrastructure.Security;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Enterprises.Register;

/// <summary>An enterprise and its first account as they are typed.</summary>
public sealed class RegisterEnterprise
{
    public string? Uscc { get; set; }

    /// <summary>The licence really shows the code although its check character is wrong; the city will look at it.</summary>
    public bool UsccAsPrinted { get; set; }

    public string? Name { get; set; }

    /// <summary>The bureau that checks first: a county's where there is one, else the city's.</summary>
    public Guid? BureauId { get; set; }

    public string? ContactName { get; set; }

    public string? ContactPhone { get; set; }

    public string? Email { get; set; }

    public string? Login { get; set; }

    public string? Password { get; set; }

    public string? PasswordAgain { get; set; }
}

public sealed class RegisterEnterpriseValidator : AbstractValidator<RegisterEnterprise>
{
    public RegisterEnterpriseValidator()
    {
        RuleFor(e => e.Uscc).Custom((text, context) => UsccRules.Require(text, context.InstanceToValidate.UsccAsPrinted, context));
        RuleFor(e => e.Name).NotEmpty().WithMessage("请填写企业名称。").MaximumLength(100).WithMessage("企业名称不超过 100 字。");
        RuleFor(e => e.BureauId).NotNull().WithMessage("请选择所属的工信部门。");
        RuleFor(e => e.ContactName).IsPersonName();
        RuleFor(e => e.ContactPhone).NotEmpty().WithMessage("请填写联系电话。").MaximumLength(30).WithMessage("联系电话不超过 30 字。")
            .Matches("^[0-9+() -]{7,}$").WithMessage("联系电话应为手机号码或带区号的固定电话。");
        RuleFor(e => e.Email).IsMailAddress();
        RuleFor(e => e.Login).IsLogin();
        RuleFor(e => e.Password).NotEmpty().WithMessage("请设置密码。");
        RuleFor(e => e.PasswordAgain).Equal(e => e.Password).WithMessage("两次输入的密码不一致。");
    }
}

/// <summary>Makes an enterprise's record and the account it works with.</summary>
public sealed class RegisterEnterpriseHandler(
    ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, RegisterEnterpriseValidator validator, UserManager<AppUser> users, AccountPasswords passwords)
{
    /// <returns>The new account's id.</returns>
    /// <exception cref="ValidationException">One error a field.</exception>
    /// <exception cref="RuleBrokenException"><c>uscc-taken</c>, <c>login-taken</c>, <c>unknown-unit</c>.</exception>
    public async Task<Guid> HandleAsync(RegisterEnterprise request, string? ip, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        var faults = (await validator.ValidateAsync(request, ct)).Errors;
        faults.AddRange((await passwords.FaultsAsync(new AppUser { DisplayName = string.Empty, Role = Roles.Applicant }, request.Password ?? string.Empty))
            .Where(_ => !string.IsNullOrEmpty(request.Password)).Select(f => new ValidationFailure(nameof(request.Password), f)));
        if (faults.Count > 0)
        {
            throw new ValidationException(faults);
        }

        var enterpriseId = Guid.CreateVersion7();
        var actor = new Actor(null, request.ContactName!.Trim(), Roles.Applicant, enterpriseId, ip);
        return await pipeline.RunAsync(actor, null, "register-enterprise", ("enterprise", enterpriseId), c => RegisterAsync(request, enterpriseId, c), ct, request.Name);
    }

    private async Task<Guid> RegisterAsync(RegisterEnterprise request, Guid enterpriseId, CancellationToken ct)
    {
        var uscc = Uscc.Normalise(request.Uscc);
        if (await db.Enterprises.Where(e => e.Uscc == uscc).Select(e => (bool?)db.Users.Any(u => u.ScopeId == e.Id)).SingleOrDefaultAsync(ct) is { } hasAccount)
        {
            // What a bureau put on record is not handed to whoever knows the code.
            throw new RuleBrokenException("uscc-taken", hasAccount
                ? "该企业已注册。如忘记账号，请联系所属工信部门或系统管理员。"
                : "该企业的档案已由工信部门建立，请联系所属工信部门或系统管理员开通账号。", nameof(request.Uscc));
        }

        var login = request.Login!.Trim();
        var normalised = users.NormalizeName(login);
        if (await db.Users.AnyAsync(u => u.NormalizedUserName == normalised, ct))
        {
            throw new RuleBrokenException("login-taken", $"登录名“{login}”已被使用。", nameof(request.Login));
        }

        var bureau = await db.Organisations.AsNoTracking()
            .SingleOrDefaultAsync(o => o.Id == request.BureauId && (o.Kind == OrganisationKind.CityBureau || o.Kind == OrganisationKind.CountyBureau), ct)
            ?? throw new RuleBrokenException("unknown-unit", "请选择所属的工信部门。", nameof(request.BureauId));
        var user = new AppUser
        {
            Id = Guid.CreateVersion7(),
            UserName = login,
            NormalizedUserName = normalised,
            Email = request.Email!.Trim(),
            NormalizedEmail = users.NormalizeEmail(request.Email.Trim()),
            LockoutEnabled = true,
            DisplayName = request.ContactName!.Trim(),
            Role = Roles.Applicant,
            ScopeId = enterpriseId,
            ScopeName = request.Name!.Trim(),
            CreatedAt = host.Now,
        };
        passwords.Set(user, request.Password!, isInitial: false);
        db.Users.Add(user);
        db.Enterprises.Add(Make(request, enterpriseId, uscc, bureau));
        return user.Id;
    }

    private Enterprise Make(RegisterEnterprise request, Guid id, string uscc, Organisation bureau)
    {
        var isCounty = bureau.Kind == OrganisationKind.CountyBureau;
        var enterprise = new Enterprise
        {
            Id = id,
            Uscc = uscc,
            Name = request.Name!.Trim(),
            CityId = isCounty ? bureau.ParentId!.Value : bureau.Id,
            CountyId = isCounty ? bureau.Id : null,
            Profile = new EnterpriseProfile
            {
                Uscc = uscc,
                Name = request.Name.Trim(),
                CityCode = DivisionCodes.CityOf(bureau.DivisionCode)?.Code ?? bureau.DivisionCode,
                CountyCode = isCounty ? bureau.DivisionCode : null,
                ContactName = request.ContactName,
                ContactPhone = request.ContactPhone,
                ContactEmail = request.Email,
            },
            Figures = [],
            UpdatedAt = host.Now,
            Version = Guid.NewGuid(),
        };
        enterprise.Identify(uscc, enterprise.Name);
        return enterprise;
    }
}
