using Applications.Data.Accounts;
using Applications.Domain.Enterprises;
using Applications.Domain.Experts;
using Applications.Domain.Organisations;
using Applications.Domain.Workflow;
using Microsoft.AspNetCore.Identity;

namespace Applications.Data.Seed;

/// <summary>One account for every desk. The password is hashed once: hashing it a hundred times would be half of the start-up time.</summary>
internal static class DemoUsers
{
    public static List<AppUser> Make(
        IReadOnlyList<Organisation> bureaus, IReadOnlyList<Enterprise> enterprises, IReadOnlyList<Expert> experts, DateTime now)
    {
        List<AppUser> users =
        [
            One("jingban", "王经办（演示）", Roles.Officer, null, "科技处"),
            One("jingban2", "李经办（演示）", Roles.Officer, null, "科技处"),
            One("chuzhang", "赵处长（演示）", Roles.Head, null, "科技处"),
            One("tingling", "孙厅领导（演示）", Roles.Leader, null, "省工业和信息化厅"),
            One("zhuanjiaku", "钱管理（演示）", Roles.Pool, null, "政策法规处"),
            One("jijian", "吴纪检（演示）", Roles.Inspector, null, "机关纪委"),
            One("admin", "系统管理员（演示）", Roles.Admin, null, "信息中心"),
        ];
        users.AddRange(bureaus.Where(b => b.Kind == OrganisationKind.CityBureau)
            .Select((b, i) => One($"shi{i + 1:00}", $"市局{i + 1:00}号经办（演示）", Roles.City, b.Id, b.Name)));
        users.AddRange(bureaus.Where(b => b.Kind == OrganisationKind.CountyBureau)
            .Select((b, i) => One($"xian{i + 1:00}", $"县局{i + 1:00}号经办（演示）", Roles.County, b.Id, b.Name)));
        users.AddRange(enterprises.Select((e, i) => One($"qiye{i + 1:00}", $"企业经办{i + 1:00}（演示）", Roles.Applicant, e.Id, e.Name)));
        users.AddRange(experts.Select((e, i) => One($"zhuanjia{i + 1:00}", e.Name, Roles.Expert, e.Id, e.Employer)));
        var hash = new PasswordHasher<AppUser>().HashPassword(users[0], DemoAccounts.Password);
        users.ForEach(u => u.PasswordHash = hash);
        return users;

        AppUser One(string login, string name, string role, Guid? scope, string scopeName) => new()
        {
            Id = Guid.CreateVersion7(),
            UserName = login,
            NormalizedUserName = login.ToUpperInvariant(),
            Email = $"{login}@demo.example",
            NormalizedEmail = $"{login}@demo.example".ToUpperInvariant(),
            EmailConfirmed = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            LockoutEnabled = true,
            DisplayName = name,
            Role = role,
            ScopeId = scope,
            ScopeName = scopeName,
            IsDemo = true,
            CreatedAt = now,
        };
    }
}
