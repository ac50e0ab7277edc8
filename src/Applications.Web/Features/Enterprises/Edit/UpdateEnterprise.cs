using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Enterprises;
using Applications.Domain.Identifiers;
using Applications.Domain.Workflow;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Enterprises.Edit;

/// <summary>One year as it is typed; money in 万元.</summary>
public sealed class YearInput
{
    public int Year { get; set; }

    public int? Staff { get; set; }

    public int? RdStaff { get; set; }

    public decimal? Revenue { get; set; }

    public decimal? Profit { get; set; }

    public decimal? RdSpend { get; set; }
}

/// <summary>The enterprise's own record as it is typed.</summary>
public sealed class UpdateEnterprise
{
    public string? Uscc { get; set; }

    public string? Name { get; set; }

    public string? Address { get; set; }

    public string? ContactName { get; set; }

    public string? ContactPhone { get; set; }

    public string? ContactEmail { get; set; }

    public List<YearInput> Years { get; set; } = [];

    public Guid Version { get; set; }
}

public sealed class UpdateEnterpriseValidator : AbstractValidator<UpdateEnterprise>
{
    public UpdateEnterpriseValidator()
    {
        RuleFor(e => e.Uscc).Custom((text, context) =>
        {
            if (Domain.Identifiers.Uscc.Check(text) is { IsValid: false } wrong)
            {
                context.AddFailure(wrong.Message);
            }
        });
        RuleFor(e => e.Name).NotEmpty().WithMessage("请填写企业名称。").MaximumLength(100).WithMessage("企业名称不超过 100 字。");
        RuleFor(e => e.Address).MaximumLength(200).WithMessage("地址不超过 200 字。");
        RuleFor(e => e.ContactEmail).EmailAddress().When(e => !string.IsNullOrEmpty(e.ContactEmail)).WithMessage("邮箱格式不正确。");
        RuleForEach(e => e.Years).ChildRules(y =>
        {
            y.RuleFor(x => x.Staff).InclusiveBetween(0, 1_000_000).WithMessage("人数应在 0 至 100 万之间。");
            y.RuleFor(x => x.RdStaff).LessThanOrEqualTo(x => x.Staff).When(x => x.Staff is not null).WithMessage("研发人员不能多于职工总数。");
            y.RuleFor(x => x.Revenue).InclusiveBetween(0, 1_000_000_000).WithMessage("营业收入应为不小于 0 的万元数。");
            y.RuleFor(x => x.RdSpend).InclusiveBetween(0, 1_000_000_000).WithMessage("研发费用应为不小于 0 的万元数。");
        });
    }
}

/// <summary>Keeps the record; what was filed earlier keeps its own copy.</summary>
public sealed class UpdateEnterpriseHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, UpdateEnterpriseValidator validator)
{
    private const int FenPerWan = 1_000_000;

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
            throw new Domain.Common.RuleBrokenException("uscc-taken", "该统一社会信用代码已被另一企业使用。", "Uscc");
        }

        enterprise.Uscc = uscc;
        enterprise.Name = request.Name!.Trim();
        enterprise.Profile = enterprise.Profile with
        {
            Uscc = uscc,
            Name = enterprise.Name,
            Address = request.Address,
            ContactName = request.ContactName,
            ContactPhone = request.ContactPhone,
            ContactEmail = request.ContactEmail,
        };
        enterprise.Figures = [.. enterprise.Figures.Select(f => request.Years.Find(y => y.Year == f.Year) is { } typed ? Merge(f, typed) : f)];
        enterprise.UpdatedAt = host.Now;
        enterprise.Version = Guid.NewGuid();
        return enterprise.Version;
    }

    private static YearFigures Merge(YearFigures figures, YearInput typed) => figures with
    {
        Staff = typed.Staff,
        RdStaff = typed.RdStaff,
        Revenue = Fen(typed.Revenue),
        Profit = Fen(typed.Profit),
        RdSpend = Fen(typed.RdSpend),
    };

    private static long? Fen(decimal? wan) => wan is { } value ? (long)Math.Round(value * FenPerWan) : null;
}
