using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Enterprises;
using Applications.Domain.Enterprises.Record;
using Applications.Domain.Forms.Lists;
using Applications.Domain.Identifiers;
using Applications.Domain.Workflow;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Enterprises.Edit;

/// <summary>The enterprise's own record as it is typed.</summary>
public sealed class UpdateEnterprise
{
    public string? Uscc { get; set; }

    /// <summary>The licence really shows the code although its check character is wrong: keep it until the city has looked at it.</summary>
    public bool UsccAsPrinted { get; set; }

    public string? Name { get; set; }

    public string? LegalRepresentative { get; set; }

    public DateOnly? RegisteredOn { get; set; }

    /// <summary>万元.</summary>
    public decimal? RegisteredCapital { get; set; }

    public string? Ownership { get; set; }

    /// <summary>A code, or a code with its name.</summary>
    public string? Industry { get; set; }

    public string? MainProducts { get; set; }

    public string? Address { get; set; }

    public string? ContactName { get; set; }

    public string? ContactPhone { get; set; }

    public string? ContactEmail { get; set; }

    public List<YearInput> Years { get; set; } = [];

    public Guid Version { get; set; }

    /// <summary>The industries an enterprise may be of.</summary>
    public static IReadOnlyList<string> Industries { get; } = RecordForm.Definition.FindField("industry")!.Under;

    /// <summary>The code that was meant, or the text itself; null for nothing.</summary>
    internal static string? IndustryOf(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : CodeLists.Industries.Resolve(typed) ?? typed.Trim();
}

public sealed class UpdateEnterpriseValidator : AbstractValidator<UpdateEnterprise>
{
    public UpdateEnterpriseValidator()
    {
        RuleFor(e => e.Uscc).Custom((text, context) => UsccRules.Require(text, context.InstanceToValidate.UsccAsPrinted, context));
        RuleFor(e => e.Name).NotEmpty().WithMessage("请填写企业名称。").MaximumLength(100).WithMessage("企业名称不超过 100 字。");
        RuleFor(e => e.LegalRepresentative).MaximumLength(50).WithMessage("法定代表人不超过 50 字。");
        RuleFor(e => e.RegisteredCapital).InclusiveBetween(0, 1_000_000_000).WithMessage("注册资本应为不小于 0 的万元数。");
        RuleFor(e => e.Industry).Custom((text, context) =>
        {
            if (UpdateEnterprise.IndustryOf(text) is { } code && CodeLists.Industries.ProblemOf(code, UpdateEnterprise.Industries) is { } problem)
            {
                context.AddFailure($"行业代码{problem}");
            }
        });
        RuleFor(e => e.MainProducts).MaximumLength(500).WithMessage("主导产品不超过 500 字。");
        RuleFor(e => e.Address).MaximumLength(200).WithMessage("地址不超过 200 字。");
        RuleFor(e => e.ContactName).MaximumLength(50).WithMessage("联系人不超过 50 字。");
        RuleFor(e => e.ContactPhone).MaximumLength(30).WithMessage("联系电话不超过 30 字。")
            .Matches(@"^[\d\s()（）+-]{7,}$").When(e => !string.IsNullOrEmpty(e.ContactPhone), ApplyConditionTo.CurrentValidator).WithMessage("联系电话只写数字和连接号，如 0531-12345678。");
        RuleFor(e => e.ContactEmail).EmailAddress().When(e => !string.IsNullOrEmpty(e.ContactEmail)).WithMessage("邮箱格式不正确。");
        RuleForEach(e => e.Years).SetValidator(new YearInputValidator());
    }
}

/// <summary>Keeps the record; what was filed earlier keeps its own copy.</summary>
public sealed class UpdateEnterpriseHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, UpdateEnterpriseValidator validator)
{
    /// <exception cref="ValidationException">One error a field.</exception>
    /// <exception cref="RuleBrokenException"><c>uscc-taken</c>.</exception>
    public async Task<Guid> HandleAsync(UpdateEnterprise request, Actor actor, Guid key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        await validator.ValidateAndThrowAsync(request, ct);
        return await pipeline.RunAsync(actor, key, "update-enterprise", ("enterprise", actor.ScopeId), c => UpdateAsync(request, actor, c), ct);
    }

    private async Task<Guid> UpdateAsync(UpdateEnterprise request, Actor actor, CancellationToken ct)
    {
        var enterprise = actor.Role == Roles.Applicant
            ? await db.Enterprises.SingleAsync(e => e.Id == actor.ScopeId, ct)
            : throw new NotFoundException();
        StaleVersionException.ThrowIfStale(request.Version, enterprise.Version, "企业信息");
        var uscc = Uscc.Normalise(request.Uscc);
        if (await db.Enterprises.AnyAsync(e => e.Uscc == uscc && e.Id != enterprise.Id, ct))
        {
            throw new RuleBrokenException("uscc-taken", "该统一社会信用代码已被另一企业使用。", "Uscc");
        }

        enterprise.Identify(uscc, request.Name!.Trim());
        enterprise.Profile = enterprise.Profile with
        {
            LegalRepresentative = request.LegalRepresentative,
            RegisteredOn = request.RegisteredOn,
            RegisteredCapital = YearInput.Fen(request.RegisteredCapital),
            Ownership = request.Ownership,
            Industry = UpdateEnterprise.IndustryOf(request.Industry),
            MainProducts = request.MainProducts,
            Address = request.Address,
            ContactName = request.ContactName,
            ContactPhone = request.ContactPhone,
            ContactEmail = request.ContactEmail,
        };
        var typed = request.Years.ToDictionary(y => y.Year);
        enterprise.Figures =
        [
            .. enterprise.Figures.Select(f => typed.Remove(f.Year, out var year) ? year.Over(f) : f)
                .Concat(typed.Values.Select(y => y.Over(new YearFigures { Year = y.Year })))
                .OrderByDescending(f => f.Year),
        ];
        enterprise.UpdatedAt = host.Now;
        enterprise.Version = Guid.NewGuid();
        return enterprise.Version;
    }
}
