namespace Applications.Data.Seed;

/// <summary>The demonstration accounts that are shown on the log-in page and in the console. Never made in Production.</summary>
public static class DemoAccounts
{
    public const string Password = "Demo2026!";

    /// <summary>One or two for every role.</summary>
    public static IReadOnlyList<DemoAccount> Featured { get; } =
    [
        new("qiye01", "申报单位（济南，可新建申报）"),
        new("qiye02", "申报单位（济南，有一份草稿）"),
        new("qiye03", "申报单位（济南，被退回修改）"),
        new("xian01", "县级工信部门（济南市历下区）"),
        new("shi01", "市级工信部门（济南市）"),
        new("jingban", "省厅经办"),
        new("chuzhang", "处长"),
        new("tingling", "分管厅领导"),
        new("zhuanjiaku", "专家库管理（政策法规处）"),
        new("zhuanjia01", "评审专家"),
        new("jijian", "纪检监察（只读）"),
        new("admin", "系统管理员"),
    ];
}

/// <param name="Post">Role and scope in words.</param>
public sealed record DemoAccount(string UserName, string Post);
