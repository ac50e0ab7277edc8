using System.Security.Claims;
using Applications.Domain.Workflow;

namespace Applications.Web.Infrastructure.Navigation;

/// <summary>Which links a person sees. Links are a convenience: access is checked where the row is loaded.</summary>
public static class Navigation
{
    /// <summary>Work items never land on an administrator's desk.</summary>
    private static readonly string[] AllButAdmin = [.. Roles.All.Where(role => role != Roles.Admin)];

    public static readonly IReadOnlyList<NavigationItem> Public =
    [
        new("首页", "/", "home"),
        new("通知公告", "/notices", "notice"),
        new("证书查验", "/certificates", "award"),
    ];

    public static readonly IReadOnlyList<NavigationItem> Work =
    [
        new("系统概况", "/desk", "desk", Roles.Admin),
        new("待办", "/desk", "desk", AllButAdmin),
        new("已办", "/desk/done", "done", AllButAdmin),
        new("我的申报", "/cases", "case", Roles.Applicant),
        new("我能申报什么", "/eligibility", "done", Roles.Applicant),
        new("我的称号", "/titles", "award", Roles.Applicant),
        new("企业档案", "/enterprise", "building", Roles.Applicant),
        new("佐证材料库", "/enterprise/evidence", "file", Roles.Applicant),
        new("申报项目", "/cases", "case", Roles.County, Roles.City, Roles.Officer, Roles.Head, Roles.Leader, Roles.Inspector),
        new("查重核查", "/similar", "search", Roles.Officer, Roles.Head, Roles.Leader, Roles.Inspector),
        new("企业名录", "/enterprises", "building", Roles.County, Roles.City, Roles.Officer, Roles.Head, Roles.Leader, Roles.Inspector),
        new("我的评审", "/reviews", "score", Roles.Expert),
        new("评审会议", "/meetings", "calendar", Roles.Expert),
        new("专家信息", "/expert", "user", Roles.Expert),
        new("推荐专家", "/account/register-expert", "user", Roles.Applicant, Roles.County, Roles.City),
        new("名额与推荐名单", "/recommendations", "list", Roles.City, Roles.Officer),
        new("申报批次", "/admin/batches", "calendar", Roles.Officer, Roles.Head, Roles.Leader, Roles.Inspector),
        new("辖区称号", "/titles", "award", Roles.County, Roles.City),
        new("称号管理", "/titles", "award", Roles.Officer, Roles.Head, Roles.Leader, Roles.Inspector),
        new("专家库", "/experts", "user", Roles.Pool, Roles.Officer, Roles.Head, Roles.Leader, Roles.Inspector),
        new("专家抽取", "/draws", "people", Roles.Pool, Roles.Officer, Roles.Head, Roles.Leader, Roles.Inspector),
        new("评审分派", "/assignments", "list", Roles.Pool, Roles.Officer, Roles.Head, Roles.Leader, Roles.Inspector),
        new("评审会议", "/meetings", "calendar", Roles.Officer, Roles.Head, Roles.Leader, Roles.Inspector),
    ];

    public static readonly IReadOnlyList<NavigationItem> Administration =
    [
        new("账号管理", "/admin/accounts", "people", Roles.Admin),
        new("机构管理", "/admin/organisations", "building", Roles.Admin),
        new("专项规则", "/admin/programmes", "list", Roles.Admin, Roles.Officer, Roles.Head, Roles.Leader, Roles.Inspector),
        new("流程版本", "/admin/definitions", "flow", Roles.Admin, Roles.Officer, Roles.Inspector),
        new("工作日历", "/admin/calendar", "clock", Roles.Admin, Roles.Officer, Roles.Head, Roles.Leader, Roles.Inspector),
        new("审计记录", "/admin/audit", "shield", Roles.Admin, Roles.Inspector),
        new("邮件台账", "/admin/mails", "mail", Roles.Officer, Roles.Admin),
    ];

    private static readonly Dictionary<string, string> RoleLabels = new(StringComparer.Ordinal)
    {
        [Roles.Applicant] = "申报单位",
        [Roles.County] = "县级工信部门",
        [Roles.City] = "市级工信部门",
        [Roles.Officer] = "省厅经办",
        [Roles.Head] = "处长",
        [Roles.Leader] = "分管厅领导",
        [Roles.Pool] = "专家库管理",
        [Roles.Expert] = "评审专家",
        [Roles.Inspector] = "纪检监察",
        [Roles.Admin] = "系统管理员",
    };

    public static IEnumerable<NavigationItem> For(ClaimsPrincipal user, IReadOnlyList<NavigationItem> items) =>
        items.Where(item => item.Roles.Length == 0 || item.Roles.Any(role => user.HasClaim(ClaimTypes.Role, role)));

    /// <summary>The link of <paramref name="items"/> the path lies under: the longest one that fits, so that 已办 is not 待办.</summary>
    public static NavigationItem? Current(IEnumerable<NavigationItem> items, PathString path) => items
        .Where(item => item.Href == "/" ? path.Value is null or "" or "/" : path.StartsWithSegments(item.Href, StringComparison.OrdinalIgnoreCase))
        .MaxBy(item => item.Href.Length);

    /// <summary>The roles of a person in words, as the user menu shows them.</summary>
    public static string RoleWords(ClaimsPrincipal user) =>
        string.Join("、", user.FindAll(ClaimTypes.Role).Select(claim => RoleLabels.GetValueOrDefault(claim.Value, claim.Value)).Distinct());

    public static string RoleLabel(string role) => RoleLabels.GetValueOrDefault(role, role);
}
