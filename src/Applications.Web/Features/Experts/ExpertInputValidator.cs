using System.Text.RegularExpressions;
using Applications.Domain.Calendars;
using Applications.Domain.Experts;
using Applications.Domain.Experts.Conflicts;
using Applications.Domain.Identifiers;
using Applications.Web.Features.Accounts;
using FluentValidation;

namespace Applications.Web.Features.Experts;

/// <summary>What must hold of an expert's data before anybody decides on them.</summary>
public sealed partial class ExpertInputValidator : AbstractValidator<ExpertInput>
{
    public ExpertInputValidator(TimeProvider clock)
    {
        var year = ChinaTime.Today(clock).Year;
        RuleFor(e => e.Name).IsPersonName();
        RuleFor(e => e.BirthYear).NotNull().WithMessage("请填写出生年份。").InclusiveBetween(year - 100, year - 20).WithMessage($"出生年份应为 {year - 100} 至 {year - 20}。");
        RuleFor(e => e.Ground).NotNull().WithMessage("请选择入库条件。").IsInEnum().WithMessage("请选择入库条件。");
        RuleFor(e => e.Title).Cascade(CascadeMode.Stop).NotEmpty().WithMessage("请填写职称，没有职称的填“无”。").MaximumLength(50).WithMessage("职称不超过 50 字。");
        RuleFor(e => e.Position).MaximumLength(50).WithMessage("职务不超过 50 字。").NotEmpty().When(e => e.Ground is EntryGround.IndustryManager, ApplyConditionTo.CurrentValidator).WithMessage("请填写职务。");
        RuleFor(e => e.Licence).MaximumLength(100).WithMessage("执业资格不超过 100 字。").NotEmpty().When(e => e.Ground is EntryGround.Professional, ApplyConditionTo.CurrentValidator).WithMessage("请填写执业资格。");
        RuleFor(e => e.ManagerSince).NotNull().When(e => e.Ground is EntryGround.IndustryManager).WithMessage("请填写担任高级管理人员的起始年份。");
        RuleFor(e => e.ManagerSince).InclusiveBetween(year - 70, year).WithMessage($"起始年份应为 {year - 70} 至 {year}。");
        RuleFor(e => e.Category).Must(c => ExpertWords.Categories.Contains(c)).WithMessage("请选择专家类别。");
        RuleFor(e => e.WorkingSince).NotNull().WithMessage("请填写从事本专业的起始年份。").InclusiveBetween(year - 70, year).WithMessage($"起始年份应为 {year - 70} 至 {year}。");
        RuleFor(e => e.Employer).Cascade(CascadeMode.Stop).NotEmpty().WithMessage("请填写工作单位全称。").MaximumLength(100).WithMessage("工作单位不超过 100 字。");
        RuleFor(e => e.EmployerUscc).Must(IsUscc).WithMessage("统一社会信用代码应为 18 位且校验位正确；单位没有代码时留空。");
        RuleFor(e => e.EmployedSince).NotNull().WithMessage("请填写到本单位工作的日期。");
        RuleFor(e => e.CityCode).Must(c => c == ExpertWords.Outside || (c is not null && DivisionCodes.Cities.Any(d => d.Code == c))).WithMessage("请选择所在市。");
        RuleFor(e => e.Fields).Must(f => f.Count is > 0 and <= 5 && f.TrueForAll(c => IndustryCodes.Divisions.Any(d => d.FullCode == c))).WithMessage("请选择 1 至 5 个专业领域。");
        RuleFor(e => e.Chains).MaximumLength(200).WithMessage("产业链不超过 200 字。");
        RuleFor(e => e.Specialities).MaximumLength(500).WithMessage("专长不超过 500 字。");
        RuleFor(e => e.Achievements).MaximumLength(1000).WithMessage("主要业绩不超过 1000 字。");
        RuleFor(e => e.Academic).MaximumLength(300).WithMessage("师生关系不超过 300 字。");
        RuleFor(e => e.Phone).Must(p => string.IsNullOrWhiteSpace(p) || Mobile().IsMatch(p.Trim())).WithMessage("手机号码应为 11 位数字。");
        RuleFor(e => e.Identity).Must(i => string.IsNullOrWhiteSpace(i) || ResidentId.Normalise(i) is not null).WithMessage("公民身份号码应为 18 位且校验位正确。");
        RuleFor(e => e.Bank).Must(b => string.IsNullOrWhiteSpace(b) || Account().IsMatch(b.Trim())).WithMessage("银行账号应为 8 至 30 位数字。");
        RuleForEach(e => e.Ties).ChildRules(r =>
        {
            r.RuleFor(t => t.Kind).Must(Is<TieKind>).WithMessage("请选择关系。");
            Unit(r, t => t.Unit, t => t.Uscc);
            Date(r, t => t.From, true);
            Date(r, t => t.To, false);
        });
        RuleForEach(e => e.Relatives).ChildRules(r =>
        {
            r.RuleFor(t => t.Relation).NotEmpty().WithMessage("请填写关系。");
            r.RuleFor(t => t.Name).NotEmpty().WithMessage("请填写姓名。");
            r.RuleFor(t => t.Kind).Must(Is<TieKind>).WithMessage("请选择关系。");
            Unit(r, t => t.Unit, t => t.Uscc);
            Date(r, t => t.From, true);
        });
        RuleForEach(e => e.Works).ChildRules(r =>
        {
            r.RuleFor(t => t.Kind).Must(Is<WorkKind>).WithMessage("请选择类型。");
            r.RuleFor(t => t.Title).NotEmpty().WithMessage("请填写名称。");
            r.RuleFor(t => t.Unit).NotEmpty().When(t => string.IsNullOrWhiteSpace(t.Person)).WithMessage("请填写合作单位或合作人。");
            r.RuleFor(t => t.Uscc).Must(IsUscc).WithMessage("代码应为 18 位且校验位正确。");
            Date(r, t => t.Until, false);
        });
        RuleForEach(e => e.Services).ChildRules(r =>
        {
            r.RuleFor(t => t.Kind).Must(Is<ServiceKind>).WithMessage("请选择类型。");
            Unit(r, t => t.Unit, t => t.Uscc);
            Date(r, t => t.On, true);
            r.RuleFor(t => t.What).NotEmpty().WithMessage("请填写服务内容。");
        });
    }

    private static void Unit<T>(InlineValidator<T> rows, System.Linq.Expressions.Expression<Func<T, string?>> unit, System.Linq.Expressions.Expression<Func<T, string?>> uscc)
    {
        rows.RuleFor(unit).NotEmpty().WithMessage("请填写单位。");
        rows.RuleFor(uscc).Must(IsUscc).WithMessage("代码应为 18 位且校验位正确。");
    }

    private static void Date<T>(InlineValidator<T> rows, System.Linq.Expressions.Expression<Func<T, string?>> day, bool required) =>
        rows.RuleFor(day).Must(t => string.IsNullOrWhiteSpace(t) ? !required : InterestRow.Day(t) is not null).WithMessage("请填写日期，例如 2024-03-01。");

    private static bool IsUscc(string? text) => string.IsNullOrWhiteSpace(text) || Uscc.Check(Uscc.Normalise(text)).IsValid;

    private static bool Is<T>(string? text)
        where T : struct, Enum => Enum.GetNames<T>().Contains(text);

    [GeneratedRegex("^1[3-9][0-9]{9}$")]
    private static partial Regex Mobile();

    [GeneratedRegex("^[0-9]{8,30}$")]
    private static partial Regex Account();
}
