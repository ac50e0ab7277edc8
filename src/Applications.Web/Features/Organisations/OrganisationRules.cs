using FluentValidation;

namespace Applications.Web.Features.Organisations;

/// <summary>Rules of an organisation's fields, wherever they are typed.</summary>
public static class OrganisationRules
{
    public static IRuleBuilderOptions<T, string?> IsOrganisationName<T>(this IRuleBuilderInitial<T, string?> rule) => rule.Cascade(CascadeMode.Stop)
        .NotEmpty().WithMessage("请填写机构名称。")
        .MaximumLength(100).WithMessage("机构名称不超过 100 字。");
}
