using System.Text.RegularExpressions;
using FluentValidation;

namespace Applications.Web.Features.Accounts;

/// <summary>Rules of an account's fields, wherever they are typed.</summary>
public static partial class AccountRules
{
    public static IRuleBuilderOptions<T, string?> IsPersonName<T>(this IRuleBuilderInitial<T, string?> rule) => rule.Cascade(CascadeMode.Stop)
        .NotEmpty().WithMessage("请填写姓名。")
        .MaximumLength(50).WithMessage("姓名不超过 50 字。");

    public static IRuleBuilderOptions<T, string?> IsMailAddress<T>(this IRuleBuilderInitial<T, string?> rule) => rule.Cascade(CascadeMode.Stop)
        .NotEmpty().WithMessage("请填写邮箱。")
        .MaximumLength(200).WithMessage("邮箱不超过 200 个字符。")
        .Must(text => System.Net.Mail.MailAddress.TryCreate(text, out var address) && address.Address == text!.Trim()).WithMessage("邮箱格式不正确。");

    public static IRuleBuilderOptions<T, string?> IsLogin<T>(this IRuleBuilderInitial<T, string?> rule) => rule.Cascade(CascadeMode.Stop)
        .NotEmpty().WithMessage("请填写登录名。")
        .Length(3, 60).WithMessage("登录名为 3 至 60 个字符。")
        .Must(login => LoginCharacters().IsMatch(login!)).WithMessage("登录名只能由字母、数字和 -._@+ 组成。");

    [GeneratedRegex(@"^\s*[A-Za-z0-9\-._@+]+\s*$")]
    private static partial Regex LoginCharacters();
}
