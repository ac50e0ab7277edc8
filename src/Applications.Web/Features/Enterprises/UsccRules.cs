using Applications.Domain.Identifiers;
using FluentValidation;

namespace Applications.Web.Features.Enterprises;

/// <summary>How a unified social credit code is taken wherever one is typed.</summary>
public static class UsccRules
{
    /// <param name="asPrinted">The writer says that the licence really shows this code; then a wrong check character is left to the city.</param>
    public static void Require<T>(string? text, bool asPrinted, ValidationContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var check = Uscc.Check(text);
        if (!check.IsValid && !(asPrinted && check.MayBeOverridden))
        {
            context.AddFailure(check.MayBeOverridden ? check.Message + "确与营业执照一致的，请勾选下方选项，由市级工信部门核实。" : check.Message);
        }
    }
}
