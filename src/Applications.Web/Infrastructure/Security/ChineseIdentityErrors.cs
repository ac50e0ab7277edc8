using Microsoft.AspNetCore.Identity;

namespace Applications.Web.Infrastructure.Security;

/// <summary>What people are told when an account cannot be made as asked.</summary>
public sealed class ChineseIdentityErrors : IdentityErrorDescriber
{
    public override IdentityError DefaultError() => Error(nameof(DefaultError), "操作未成功，请重试。");

    public override IdentityError ConcurrencyFailure() => Error(nameof(ConcurrencyFailure), "账号已被他人修改，请刷新后重试。");

    public override IdentityError PasswordMismatch() => Error(nameof(PasswordMismatch), "原密码不正确。");

    public override IdentityError InvalidUserName(string? userName) => Error(nameof(InvalidUserName), "登录名只能由字母、数字和 -._@+ 组成。");

    public override IdentityError DuplicateUserName(string userName) => Error(nameof(DuplicateUserName), $"登录名“{userName}”已被使用。");

    public override IdentityError InvalidEmail(string? email) => Error(nameof(InvalidEmail), "邮箱格式不正确。");

    public override IdentityError DuplicateEmail(string email) => Error(nameof(DuplicateEmail), $"邮箱“{email}”已被使用。");

    public override IdentityError PasswordTooShort(int length) => Error(nameof(PasswordTooShort), $"密码至少 {length} 位。");

    public override IdentityError PasswordRequiresDigit() => Error(nameof(PasswordRequiresDigit), "密码须包含数字。");

    public override IdentityError PasswordRequiresLower() => Error(nameof(PasswordRequiresLower), "密码须包含小写字母。");

    public override IdentityError PasswordRequiresUpper() => Error(nameof(PasswordRequiresUpper), "密码须包含大写字母。");

    private static IdentityError Error(string code, string description) => new() { Code = code, Description = description };
}
