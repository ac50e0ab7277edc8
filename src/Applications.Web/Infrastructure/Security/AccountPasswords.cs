using System.Security.Cryptography;
using Applications.Data.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Applications.Web.Infrastructure.Security;

/// <summary>Sets passwords on accounts that a command has loaded. The account is saved with the command; Identity's own methods would save in between.</summary>
public sealed class AccountPasswords(UserManager<AppUser> users)
{
    private const int Length = 12;

    /// <summary>Without the letters that are taken for each other when read from paper.</summary>
    private const string Letters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>A random password that satisfies the rules.</summary>
    public static string Generate()
    {
        while (true)
        {
            var password = RandomNumberGenerator.GetString(Letters, Length);
            if (password.Any(char.IsAsciiDigit) && password.Any(char.IsAsciiLetterLower) && password.Any(char.IsAsciiLetterUpper))
            {
                return password;
            }
        }
    }

    /// <summary>What is wrong with a password, in Chinese; empty when nothing is.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(AppUser user, string password)
    {
        var faults = new List<string>();
        foreach (var validator in users.PasswordValidators)
        {
            faults.AddRange((await validator.ValidateAsync(users, user, password)).Errors.Select(e => e.Description));
        }

        return faults;
    }

    /// <summary>Puts the password on the account; cookies that stand on the old one end.</summary>
    public void Set(AppUser user, string password, bool isInitial)
    {
        ArgumentNullException.ThrowIfNull(user);
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        user.MustChangePassword = isInitial;
        Renew(user);
    }

    /// <summary>Ends the account's cookies and gives it a new version.</summary>
    public static void Renew(AppUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        user.SecurityStamp = Guid.NewGuid().ToString("N");
        Touch(user);
    }

    /// <summary>Gives the account a new version; whoever changes it at the same time is refused.</summary>
    public static void Touch(AppUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        user.ConcurrencyStamp = Guid.NewGuid().ToString();
    }
}
