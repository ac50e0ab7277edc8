using Applications.Data;
using Applications.Data.Accounts;
using Applications.Data.Commands;
using Applications.Data.Experts;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Experts;
using Applications.Domain.Workflow;
using Applications.Web.Features.Accounts;
using Applications.Web.Files;
using Applications.Web.Infrastructure.Security;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Experts.Register;

/// <summary>The account a registering expert works with, and what he promises.</summary>
public sealed class ExpertAccount
{
    public string? Email { get; set; }

    public string? Login { get; set; }

    public string? Password { get; set; }

    public string? PasswordAgain { get; set; }
}

public sealed class ExpertAccountValidator : AbstractValidator<ExpertAccount>
{
    public ExpertAccountValidator()
    {
        RuleFor(e => e.Email).IsMailAddress();
        RuleFor(e => e.Login).IsLogin();
        RuleFor(e => e.Password).NotEmpty().WithMessage("请设置密码。");
        RuleFor(e => e.PasswordAgain).Equal(e => e.Password).WithMessage("两次输入的密码不一致。");
    }
}

/// <param name="Account">Null when an organisation recommends; the expert's account is then made after he was taken in.</param>
/// <param name="Promised">Honesty, secrecy and the use of the data were agreed to.</param>
public sealed record RegisterExpert(ExpertInput Input, ExpertAccount? Account, bool Promised, IReadOnlyList<IFormFile> Uploads);

/// <summary>An expert, or his organisation, asks that he be taken into the pool. The pool's office decides.</summary>
public sealed class RegisterExpertHandler(
    ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, ExpertInputValidator inputs, ExpertAccountValidator accounts, UserManager<AppUser> users, AccountPasswords passwords,
    PersonalSecrets secrets, IFileStore store)
{
    /// <param name="actor">Whoever recommends; null for an expert who registers himself.</param>
    /// <exception cref="ValidationException">One error a field.</exception>
    /// <exception cref="RuleBrokenException"><c>expert-known</c>, <c>login-taken</c>.</exception>
    public async Task<Guid> HandleAsync(RegisterExpert request, Actor? actor, string? ip, Guid key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Input.DropEmptyRows();
        await RequireAsync(request, ct);
        if (actor is not null && !actor.Is(Roles.Applicant, Roles.City, Roles.County))
        {
            throw new NotFoundException();
        }

        var id = Guid.CreateVersion7();
        var files = await store.StoreAsync(id, request.Uploads, actor?.Name ?? request.Input.Name!.Trim(), host.Now, ct);
        return await pipeline.RunAsync(
            actor ?? new Actor(null, request.Input.Name!.Trim(), Roles.Expert, id, ip), actor is null ? null : key, "register-expert", ("expert", id), c => RegisterAsync(request, id, actor, files, c), ct,
            request.Input.Name);
    }

    private async Task RequireAsync(RegisterExpert request, CancellationToken ct)
    {
        var faults = (await inputs.ValidateAsync(request.Input, ct)).Errors.Select(e => new ValidationFailure($"Input.{e.PropertyName}", e.ErrorMessage)).ToList();
        if (string.IsNullOrWhiteSpace(request.Input.Phone))
        {
            faults.Add(new ValidationFailure("Input.Phone", "请填写手机号码。"));
        }

        if (request.Account is { } account)
        {
            faults.AddRange((await accounts.ValidateAsync(account, ct)).Errors.Select(e => new ValidationFailure($"Account.{e.PropertyName}", e.ErrorMessage)));
            faults.AddRange((await passwords.FaultsAsync(new AppUser { DisplayName = string.Empty, Role = Roles.Expert }, account.Password ?? string.Empty))
                .Where(_ => !string.IsNullOrEmpty(account.Password)).Select(f => new ValidationFailure("Account.Password", f)));
        }

        if (!request.Promised)
        {
            faults.Add(new ValidationFailure("Promised", request.Account is null ? "请确认已征得专家本人同意。" : "请阅读并同意承诺。"));
        }

        if (faults.Count > 0 && request.Uploads.Count > 0)
        {
            faults.Add(new ValidationFailure("Uploads", "其他内容改正后，请重新选择证明材料。"));
        }

        if (faults.Count > 0)
        {
            throw new ValidationException(faults);
        }
    }

    private async Task<Guid> RegisterAsync(RegisterExpert request, Guid id, Actor? actor, IReadOnlyList<ExpertFile> files, CancellationToken ct)
    {
        var expert = Expert.Apply(id, request.Input.ToProfile(), request.Input.ToInterests(), actor is null ? "本人申请" : "单位推荐", host.Now);
        secrets.KeepSecrets(expert, request.Input);
        await db.RequireUnknownAsync(expert, ct);
        if (actor is not null)
        {
            expert.NameRecommender(actor.ScopeId!.Value, await db.Users.Where(u => u.Id == actor.UserId).Select(u => u.ScopeName).SingleAsync(ct));
        }

        if (request.Account is { } account)
        {
            db.Users.Add(await MakeAsync(account, expert, ct));
        }

        db.Experts.Add(expert);
        db.ExpertFiles.AddRange(files);
        return id;
    }

    private async Task<AppUser> MakeAsync(ExpertAccount account, Expert expert, CancellationToken ct)
    {
        var login = account.Login!.Trim();
        var normalised = users.NormalizeName(login);
        if (await db.Users.AnyAsync(u => u.NormalizedUserName == normalised, ct))
        {
            throw new RuleBrokenException("login-taken", $"登录名“{login}”已被使用。", "Account.Login");
        }

        var user = new AppUser
        {
            Id = Guid.CreateVersion7(),
            UserName = login,
            NormalizedUserName = normalised,
            Email = account.Email!.Trim(),
            NormalizedEmail = users.NormalizeEmail(account.Email.Trim()),
            LockoutEnabled = true,
            DisplayName = expert.Name,
            Role = Roles.Expert,
            ScopeId = expert.Id,
            ScopeName = expert.Employer,
            CreatedAt = host.Now,
        };
        passwords.Set(user, account.Password!, isInitial: false);
        return user;
    }
}

/// <summary>One person is in the pool once.</summary>
internal static class KnownExperts
{
    /// <exception cref="RuleBrokenException"><c>expert-known</c>: the same identity number, or without one the same name at the same employer.</exception>
    public static async Task RequireUnknownAsync(this ApplicationsDbContext db, Expert expert, CancellationToken ct)
    {
        var (id, key, name, employer) = (expert.Id, expert.IdentityKey, expert.Name, expert.Employer);
        if (await db.Experts.AnyAsync(
            e => e.Id != id && e.Status != ExpertStatus.Refused && ((key != null && e.IdentityKey == key) || ((key == null || e.IdentityKey == null) && e.Name == name && e.Employer == employer)), ct))
        {
            throw new RuleBrokenException("expert-known", "该专家已在库或正在申请。如忘记账号，请联系专家库管理部门。", "Input.Name");
        }
    }
}
