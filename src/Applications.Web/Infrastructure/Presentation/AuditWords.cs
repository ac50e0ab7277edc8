namespace Applications.Web.Infrastructure.Presentation;

/// <summary>What audit events say in Chinese. A new command is a line here.</summary>
public static class AuditWords
{
    private static readonly Dictionary<string, string> Acts = new(StringComparer.Ordinal)
    {
        ["sign-in"] = "登录",
        ["sign-in-failed"] = "登录失败",
        ["sign-in-locked"] = "登录被锁定",
        ["sign-out"] = "退出登录",
        ["change-password"] = "修改密码",
        ["create-token"] = "新建 API 令牌",
        ["revoke-token"] = "停用 API 令牌",
        ["create-account"] = "新建账号",
        ["update-account"] = "修改账号资料",
        ["disable-account"] = "停用账号",
        ["enable-account"] = "启用账号",
        ["unlock-account"] = "解除账号锁定",
        ["reset-password"] = "重置密码",
        ["rename-organisation"] = "修改机构名称",
        ["add-county"] = "添加县级部门",
        ["add-calendar-day"] = "添加日历安排",
        ["remove-calendar-day"] = "删除日历安排",
        ["verify-trail"] = "校验审计与办理记录",
        ["export-accounts"] = "导出账号",
        ["export-audit"] = "导出审计记录",
        ["export-cases"] = "导出申报项目",
        ["download-attachment"] = "下载附件",
        ["download-filing"] = "下载申报书 PDF",
        ["start-application"] = "新建申报",
        ["save-answers"] = "保存申报书",
        ["add-attachment"] = "上传附件",
        ["start-upload"] = "开始上传附件",
        ["cancel-upload"] = "放弃上传附件",
        ["view-attachment"] = "预览附件",
        ["remove-attachment"] = "删除附件",
        ["submit-application"] = "提交申报",
        ["complete-work-item"] = "办理待办",
        ["approval-recall"] = "撤回",
        ["approval-send-back"] = "退回到以前的环节",
        ["approval-reassign"] = "转办",
        ["approval-add-signer"] = "加签",
        ["approval-sign"] = "签署意见",
        ["approval-urge"] = "催办",
        ["approval-suspend"] = "中止办理",
        ["approval-resume"] = "恢复办理",
        ["approval-terminate"] = "终止办理",
        ["grant-delegation"] = "委托",
        ["revoke-delegation"] = "收回委托",
        ["issue-recommendation-list"] = "印发推荐名单",
        ["request-draw"] = "申请抽取专家",
        ["approve-draw"] = "批准抽取并公布承诺",
        ["return-draw"] = "退回抽取申请",
        ["withdraw-draw"] = "撤回抽取申请",
        ["run-draw"] = "抽取专家",
        ["export-draw"] = "下载抽取记录",
        ["request-supplement"] = "申请补充抽取专家",
        ["change-batch"] = "变更批次",
        ["urge-experts"] = "催办专家",
        ["replace-silent"] = "由候补替换专家",
        ["request-assignment"] = "提出评审分派",
        ["solve-assignment"] = "计算分派方案",
        ["change-assignment"] = "调整分派方案",
        ["submit-assignment"] = "分派方案报批",
        ["approve-assignment"] = "批准评审分派",
        ["return-assignment"] = "退回分派方案",
        ["withdraw-assignment"] = "撤回评审分派",
        ["draw-sample"] = "抽取现场核查样本",
        ["call-meeting"] = "安排评审会议",
        ["change-meeting"] = "变更评审会议",
        ["cancel-meeting"] = "取消评审会议",
        ["close-meeting"] = "结束评审会议",
        ["sign-in-meeting"] = "会议签到",
        ["mark-meeting"] = "登记会议到会情况",
        ["elect-leader"] = "登记专家组组长",
        ["begin-file"] = "开始评审一个项目",
        ["draft-opinion"] = "保存专家组意见草稿",
        ["write-opinion"] = "提交专家组意见",
        ["answer-opinion"] = "确认专家组意见",
        ["hand-in-report"] = "报送称号材料",
        ["decide-title"] = "办理称号事项",
        ["open-revocation"] = "发起撤销称号",
        ["step-aside"] = "专家声明回避",
        ["declare-free"] = "专家声明无利害关系",
        // Rows of earlier versions, which did not say which of the two it was.
        ["declare-conflict"] = "专家声明有无利害关系",
        ["save-review"] = "保存评分",
        ["lock-review"] = "提交评分",
        ["propose-list"] = "拟定名单",
        ["update-enterprise"] = "修改企业信息",
        ["add-evidence"] = "存入佐证材料",
        ["remove-evidence"] = "移出佐证材料",
        ["use-evidence"] = "选用佐证材料",
        ["save-record"] = "修改企业档案",
        ["register-enterprise"] = "企业注册",
        ["confirm-uscc"] = "核实统一社会信用代码",
        ["open-batch"] = "新建批次",
        ["publish-definition"] = "发布流程版本",
        ["disable-definition"] = "停用流程版本",
        ["enable-definition"] = "启用流程版本",
        ["move-cases"] = "迁移申报件的流程版本",
        ["ask-reopen"] = "申请修改评分",
        ["answer-reopen"] = "答复修改评分的申请",
        ["enlist-expert"] = "增补评审专家",
        ["register-expert"] = "专家入库申请",
        ["update-expert"] = "更新专家信息",
        ["approve-expert"] = "同意专家入库",
        ["return-expert"] = "退回专家入库申请",
        ["refuse-expert"] = "不予专家入库",
        ["renew-expert"] = "续聘专家",
        ["accept-expert-change"] = "采纳专家信息变更",
        ["decline-expert-change"] = "不采纳专家信息变更",
        ["take-leave"] = "登记专家请假",
        ["cancel-leave"] = "取消专家请假",
        ["propose-measure"] = "提出对专家的处理",
        ["confirm-measure"] = "确认对专家的处理",
        ["reject-measure"] = "不同意对专家的处理",
        ["withdraw-measure"] = "撤回对专家的处理",
        ["reveal-secret"] = "查看专家敏感信息",
        ["download-expert-file"] = "下载专家证明材料",
        ["avoid-experts"] = "申请专家回避",
        ["record-conflict"] = "记录专家回避",
        ["conclude-anomaly"] = "记录评分核实结论",
        ["rate-experts"] = "评价专家",
        ["import-experts"] = "导入专家",
        ["judge-similarity"] = "记录查重结论",
        ["import-applications"] = "导入申报书",
        ["export-applications"] = "导出申报书",
        ["import-enterprises"] = "导入企业",
        ["import-enterprise"] = "导入更新企业档案",
        ["export-similar"] = "导出查重核查",
        ["export-titles"] = "导出称号",
        ["export-enterprises"] = "导出企业名录",
        ["export-experts"] = "导出专家库",
    };

    private static readonly Dictionary<string, string> Objects = new(StringComparer.Ordinal)
    {
        ["account"] = "账号",
        ["organisation"] = "机构",
        ["calendar"] = "工作日历",
        ["trail"] = "审计与办理记录",
        ["audit"] = "审计记录",
        ["case"] = "申报件",
        ["batch"] = "批次",
        ["draw"] = "专家抽取",
        ["assignment"] = "评审分派",
        ["meeting"] = "评审会议",
        ["work-item"] = "待办",
        ["title"] = "称号",
        ["enterprise"] = "企业",
        ["expert"] = "专家",
        ["definition"] = "流程版本",
        ["delegation"] = "委托",
    };

    /// <summary>Parts of names, most telling first, and the kind of work they belong to.</summary>
    private static readonly (string Part, string Group)[] Kinds =
    [
        ("sign-in-meeting", Reviewing), ("add-signer", Handling), ("enlist", Reviewing), ("rate-", Reviewing), ("urge-experts", Reviewing),
        ("expert", Pool), ("leave", Pool), ("measure", Pool), ("secret", Pool),
        ("draw", Reviewing), ("assignment", Reviewing), ("meeting", Reviewing), ("leader", Reviewing), ("opinion", Reviewing), ("begin-file", Reviewing), ("review", Reviewing), ("reopen", Reviewing),
        ("conflict", Reviewing), ("step-aside", Reviewing), ("declare-free", Reviewing), ("silent", Reviewing), ("supplement", Reviewing),
        ("approval", Handling), ("work-item", Handling), ("delegation", Handling), ("recommendation", Handling), ("list", Handling), ("title", Handling), ("report", Handling), ("revocation", Handling), ("judge", Handling),
        ("sign-", Accounts), ("password", Accounts), ("token", Accounts), ("account", Accounts),
        ("export", Running), ("organisation", Running), ("county", Running), ("calendar", Running), ("trail", Running), ("definition", Running), ("move-cases", Running), ("batch", Running),
    ];

    private const string Filing = "申报与企业";
    private const string Handling = "办理";
    private const string Reviewing = "评审";
    private const string Pool = "专家库";
    private const string Accounts = "账号";
    private const string Running = "系统与导出";

    /// <summary>Kinds of work in the order filters show them.</summary>
    public static IReadOnlyList<string> Groups { get; } = [Filing, Handling, Reviewing, Pool, Accounts, Running];

    /// <summary>The kind of work an act belongs to.</summary>
    public static string GroupOf(string action) => Array.Find(Kinds, k => action.Contains(k.Part, StringComparison.Ordinal)).Group ?? Filing;

    /// <summary>Every act with its words, for filters.</summary>
    public static IReadOnlyDictionary<string, string> All => Acts;

    /// <summary>The act in words; its stable name when the vocabulary lacks it.</summary>
    public static string Of(string action) => Acts.GetValueOrDefault(action, action);

    public static string Object(string kind) => Objects.GetValueOrDefault(kind, kind);
}
