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
        ["assign-panel"] = "分配评审专家",
        ["draw-sample"] = "抽取现场核查样本",
        ["hand-in-report"] = "报送称号材料",
        ["decide-title"] = "办理称号事项",
        ["open-revocation"] = "发起撤销称号",
        ["declare-conflict"] = "申请回避",
        ["save-review"] = "保存评分",
        ["lock-review"] = "提交评分",
        ["propose-list"] = "拟定名单",
        ["update-enterprise"] = "修改企业信息",
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
        ["judge-similarity"] = "记录查重结论",
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
        ["work-item"] = "待办",
        ["title"] = "称号",
        ["enterprise"] = "企业",
        ["expert"] = "专家",
        ["definition"] = "流程版本",
    };

    /// <summary>Every act with its words, for filters.</summary>
    public static IReadOnlyDictionary<string, string> All => Acts;

    /// <summary>The act in words; its stable name when the vocabulary lacks it.</summary>
    public static string Of(string action) => Acts.GetValueOrDefault(action, action);

    public static string Object(string kind) => Objects.GetValueOrDefault(kind, kind);
}
