using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Applications.Domain.Workflow.Versions;
using Applications.Web.Infrastructure.Navigation;

namespace Applications.Web.Features.Definitions;

/// <summary>What a definition says, in words for those who do not read JSON.</summary>
public static class DefinitionWords
{
    private static readonly Dictionary<string, string> TaskWords = new(StringComparer.Ordinal)
    {
        [Tasks.File] = "填报",
        [Tasks.Check] = "审核",
        [Tasks.CityList] = "印发推荐名单",
        [Tasks.FormalCheck] = "形式审查",
        [Tasks.Score] = "评分",
        [Tasks.AssignPanel] = "确定专家",
        [Tasks.ProposeList] = "拟定名单",
        [Tasks.SignList] = "审签名单",
        [Tasks.Announce] = "公布结果",
        [Tasks.DrawSample] = "抽取核查样本",
        [Tasks.SiteCheck] = "现场核查",
        [Tasks.Synthesis] = "综合论证",
        [Tasks.FinalResult] = "登记国家结果",
        [Tasks.TitleReport] = "年度报告与评价材料",
        [Tasks.Evaluate] = "评价与复核",
        [Tasks.Revocation] = "撤销核实",
        [Tasks.SignRevocation] = "撤销审签",
        [Tasks.Countersign] = "会签",
    };

    private static readonly Dictionary<string, string> KindWords = new(StringComparer.Ordinal)
    {
        ["Elsa.Start"] = "开始",
        ["Elsa.End"] = "结束",
        ["Elsa.SetVariable"] = "设置变量",
        ["Elsa.FlowDecision"] = "判断",
        ["Elsa.FlowSwitch"] = "多路判断",
        ["Elsa.FlowFork"] = "并行分支",
        ["Elsa.FlowJoin"] = "并行汇合",
        ["Applications.WorkItem"] = "待办",
        ["Applications.PanelReview"] = "专家评审",
        ["Applications.Countersign"] = "会签",
        ["Applications.Gate"] = "等候批次",
        ["Applications.WaitUntil"] = "等候时间",
        ["Applications.OpenGate"] = "推进申报件",
        ["Applications.Command"] = "系统处理",
        ["Applications.Notify"] = "发送通知",
    };

    private static readonly Dictionary<string, string> InputWords = new(StringComparer.Ordinal)
    {
        [DefinitionDiff.Title] = "名称",
        [DefinitionDiff.Type] = "类型",
        ["default"] = "默认值",
        ["role"] = "办理角色",
        ["task"] = "办理事项",
        ["outcomes"] = "办理结果",
        ["labels"] = "结果名称",
        ["otherRoles"] = "他人可用的结果",
        ["limits"] = "次数限制",
        ["reasons"] = "须写理由的结果",
        ["signals"] = "批次信号",
        ["round"] = "评审轮次",
        ["sendBackTo"] = "可退回到",
        ["signers"] = "会签人",
        ["rule"] = "会签规则",
        ["quorum"] = "同意人数",
        ["pulse"] = "只推进正在等候的",
        ["ground"] = "撤销事由",
        ["dueDays"] = "时限（工作日）",
        ["dueFact"] = "截止时间取自",
        ["timeoutOutcome"] = "到期自动结果",
        ["pausesClock"] = "离开时停表",
        ["condition"] = "条件",
        ["cases"] = "各路条件",
        ["mode"] = "方式",
        ["branches"] = "分支",
        ["variable"] = "变量",
        ["value"] = "值",
        ["gate"] = "等候的信号",
        ["fact"] = "等到",
        ["signal"] = "发出的信号",
        ["command"] = "命令",
        ["template"] = "通知模板",
        ["audience"] = "收件人",
    };

    private static readonly Dictionary<string, string> LetterWords = new(StringComparer.Ordinal)
    {
        ["receipt"] = "申报回执",
        ["returned"] = "退回修改",
        ["rejected"] = "不予推荐",
        ["supplement"] = "要求补正",
        ["not-accepted"] = "不予受理",
        ["recognised"] = "认定结果",
        ["not-selected"] = "未入选",
        ["assigned"] = "评审任务",
        ["site-check-failed"] = "现场核查未通过",
        ["title-report-due"] = "应报年度报告",
        ["title-report-overdue"] = "年度报告逾期",
        ["title-retained"] = "评价合格",
        ["title-rectify"] = "限期整改",
        ["title-revoked"] = "撤销称号",
        ["title-expired"] = "称号到期",
    };

    private static readonly Dictionary<string, string> FactWords = new(StringComparer.Ordinal)
    {
        ["filingClosesAt"] = "申报截止",
        ["recommendationClosesAt"] = "推荐截止",
        ["noticeEndsAt"] = "公示截止",
        ["anniversaryAt"] = "认定周年日",
        ["inOneYearAt"] = "一年之后",
    };

    /// <summary>What a letter template is about.</summary>
    public static string Letter(string template) => LetterWords.GetValueOrDefault(template, template);

    public static string Task(string task) => TaskWords.GetValueOrDefault(task, task);

    public static string Kind(ActivityKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return KindWords.GetValueOrDefault(kind.Type, kind.Type);
    }

    public static string Input(string name) => InputWords.GetValueOrDefault(name, name);

    /// <summary>A value of an input as it is to be read: roles, tasks and kinds by their names, everything else as it stands.</summary>
    public static string Value(string input, string value) => input switch
    {
        "role" or "audience" => Navigation.RoleLabel(value),
        "task" => Task(value),
        DefinitionDiff.Type => KindWords.GetValueOrDefault(value, value),
        _ => value,
    };

    public static string Change(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => "新增",
        ChangeKind.Removed => "删除",
        ChangeKind.Changed => "修改",
        _ => "仅移位",
    };

    /// <summary>Who handles it and what: empty for what nobody handles.</summary>
    public static (string Who, string What) Handler(Activity activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return activity.Settings switch
        {
            WorkItemSettings item => (Navigation.RoleLabel(item.Role), Task(item.Task)),
            PanelReviewSettings panel => (Navigation.RoleLabel(panel.Role), Task(panel.Task)),
            CountersignSettings signers => (signers.Signers.Count == 0 ? "按表达式确定" : string.Join("、", signers.Signers.Select(Navigation.RoleLabel)), Task(signers.Task)),
            _ => (string.Empty, string.Empty),
        };
    }

    /// <summary>How it may be left, each with where that leads.</summary>
    public static IReadOnlyList<(string Outcome, string Target)> Outcomes(WorkflowDefinition flow, Activity activity)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(activity);
        return [.. activity.Ports.Select(port => (Outcome(activity, port), flow.Get(flow.Follow(activity.Id, port).Target).Title))];
    }

    /// <summary>What leaving a step by <paramref name="port"/>, or one seat's answer, is called.</summary>
    public static string Outcome(Activity activity, string port)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return activity.Settings switch
        {
            PanelReviewSettings panel when panel.Labels.TryGetValue(port, out var answer) => answer,
            CountersignSettings signers when signers.Labels.TryGetValue(port, out var signed) => signed,
            WorkItemSettings item => item.Labels.GetValueOrDefault(port) ?? (item.TimeoutOutcome == port ? "到期" : "批次信号"),
            _ => port switch
            {
                Ports.Done => "完成",
                Ports.True => "是",
                Ports.False => "否",
                Ports.Default => "其他",
                "Agreed" => "会签通过",
                "Refused" => "会签未通过",
                "Open" => "开启",
                "Due" => "到时",
                _ => port,
            },
        };
    }

    /// <summary>Time limits, limits of number, and what ends it without the holder.</summary>
    public static IReadOnlyList<string> Limits(Activity activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return activity.Settings switch
        {
            WorkItemSettings item => [.. OfItem(item)],
            PanelReviewSettings { DueDays: { } days } => [$"每人 {days} 个工作日"],
            Dictionary<string, string> gate => [.. gate.Keys.Select(signal => $"等候信号 {signal}")],
            CountersignSettings signers => [.. OfSigners(signers)],
            WaitUntilSettings wait => [$"等到{Fact(wait.Fact)}", .. wait.Signals.Keys.Select(signal => $"信号 {signal} 到达时提前离开")],
            OpenGateSettings gate => [$"发出信号 {gate.Signal}{(gate.Pulse ? "，只推进正在等候的" : "")}"],
            _ => [],
        };
    }

    private static IEnumerable<string> OfSigners(CountersignSettings signers)
    {
        yield return signers.Rule switch
        {
            CountersignRule.All => "须全部同意",
            CountersignRule.Any => "一人同意即可",
            _ => $"须 {signers.Quorum} 人同意",
        };
        if (signers.DueDays is { } days)
        {
            yield return $"每人 {days} 个工作日";
        }
    }

    private static IEnumerable<string> OfItem(WorkItemSettings item)
    {
        if (item.DueDays is { } days)
        {
            yield return $"{days} 个工作日{(item.PausesClock ? "，离开时停表" : "")}";
        }
        else if (item.DueFact is not null)
        {
            yield return $"{Fact(item.DueFact)}前";
        }

        if (item.TimeoutOutcome is not null)
        {
            yield return item.Labels.TryGetValue(item.TimeoutOutcome, out var label) ? $"到期自动“{label}”" : "到期自动流转";
        }

        foreach (var (outcome, most) in item.Limits)
        {
            yield return $"“{item.Labels[outcome]}”最多 {most} 次";
        }

        foreach (var (outcome, role) in item.OtherRoles)
        {
            yield return $"“{item.Labels[outcome]}”由{Navigation.RoleLabel(role)}办理";
        }

        foreach (var (signal, outcome) in item.Signals)
        {
            yield return item.Labels.TryGetValue(outcome, out var label) ? $"批次信号 {signal} 到达时“{label}”" : $"批次信号 {signal} 到达时离开";
        }
    }

    private static string Fact(string fact) => FactWords.GetValueOrDefault(fact, fact);
}
