using System.Text.RegularExpressions;

namespace Applications.Web.Features.Definitions;

/// <summary>
/// What the loader has against a definition, in Chinese. The loader speaks English, to whoever edits the folders; who uploads a file reads it here. A
/// reason that is not in the table is shown as it is.
/// </summary>
public static class FaultWords
{
    /// <summary>The more particular first; <c>{0}</c>, <c>{1}</c>… are what the pattern's groups caught.</summary>
    private static readonly (Regex Pattern, string Words)[] Table =
    [
        .. new (string, string)[]
        {
            (@"Not valid JSON: .*", "不是有效的 JSON：括号、引号或逗号有误，或有重复的成员。"),
            (@"The root must be an Elsa\.Flowchart\.", "root 必须是 Elsa.Flowchart 流程图。"),
            (@"Missing\.", "缺少此项。"),
            (@"Must be a whole number above zero\.", "必须是大于零的整数。"),
            (@"An activity has no id\.", "有一个环节没有 id。"),
            (@"Two activities have this id\.", "有两个环节使用同一个 id。"),
            (@"An id is made of letters and digits and begins with a letter\.", "环节 id 只能由字母和数字组成，并以字母开头。"),
            (@"An id is made of letters, digits, '\.', '-' and '_' and is at most (\d+) long\.", "版本 id 只能由字母、数字、“.”“-”“_”组成，最长 {0} 个字符。"),
            (@"A name is at most (\d+) long\.", "名称最长 {0} 字。"),
            (@"An id is at most (\d+) and a title at most (\d+) long\.", "环节 id 最长 {0} 个字符，名称最长 {1} 字。"),
            (@"Outcome '(.+)' is longer than (\d+)\.", "结果“{0}”超过 {1} 个字符。"),
            (@"Unknown activity type '(.*)'\. Known: (.*)\.", "不认识的环节类型“{0}”。可用：{1}。"),
            (@"(\S+) has no input '(.+)'\.", "{0} 没有名为“{1}”的参数。"),
            (@"Input '(.+)': An input in object form needs a typeName, or Elsa reads it as unset\.", "参数“{0}”写成对象时必须带 typeName。"),
            (@"Input '(.+)': An object is given as the text of an expression of type Object; .*", "参数“{0}”不能直接写成对象，须写成 Object 表达式的文字。"),
            (@"Input '(.+)': Expressions of type '(.*)' are outside the subset; use Literal, Object or JavaScript\.", "参数“{0}”的表达式类型“{1}”不可用，请用 Literal、Object 或 JavaScript。"),
            (@"Input '(.+)': An expression of type '(.*)' needs a text\.", "参数“{0}”的 {1} 表达式没有内容。"),
            (@"Input '(.+)': (.*)", "参数“{0}”无法读取：{1}"),
            (@"Input '(.+)' must be a text\.", "参数“{0}”必须是文字。"),
            (@"Input '(.+)' must be a whole number above zero\.", "参数“{0}”必须是大于零的整数。"),
            (@"Input '(.+)' must be true or false\.", "参数“{0}”必须是 true 或 false。"),
            (@"Input '(.+)' must be a list of texts\.", "参数“{0}”必须是文字列表。"),
            (@"Input '(.+)' must be a list of \{label, condition\}\.", "参数“{0}”必须是由 label 和 condition 组成的列表。"),
            (@"Input '(.+)' must be an object\.", "参数“{0}”必须是对象。"),
            (@"Input '(.+)' must be a JavaScript expression\.", "参数“{0}”必须是 JavaScript 表达式。"),
            (@"Input '(.+)' must be a literal, so that it can be checked when the definition is loaded\.", "参数“{0}”必须是固定值，不能是表达式。"),
            (@"Input '(.+)' must name one of the workflow's variables\.", "参数“{0}”必须指明一个流程变量。"),
            (@"Input '(.+)' names something twice; .*", "参数“{0}”有重名，或使用了保留的名称 Default。"),
            (@"Input '(.+)' names something twice\.", "参数“{0}”有重复的项。"),
            (@"Input '(.+)' is missing\.", "缺少参数“{0}”。"),
            (@"Unknown role '(.+)'\. Known: (.*)\.", "不认识的角色“{0}”。可用：{1}。"),
            (@"Unknown task '(.+)'\. Known: (.*)\.", "不认识的事项“{0}”。可用：{1}。"),
            (@"Unknown command '(.+)'\. Known: (.*)\.", "不认识的命令“{0}”。可用：{1}。"),
            (@"Unknown fact '(.+)'\. Known: (.*)\.", "不认识的事实“{0}”。可用：{1}。"),
            (@"Unknown (\S+) '(.+)'\. Known: (.*)\.", "不认识的 {0}“{1}”。可用：{2}。"),
            (@"Unknown name '(.+)' in: (.*)", "表达式使用了未知名称“{0}”：{1}"),
            (@"getInput takes the name of a fact, written out, in: (.*)", "getInput 的参数必须直接写出事实名称：{0}"),
            (@"There is no variable '(.+)'\.", "没有名为“{0}”的流程变量。"),
            (@"Variable '(.*)' has no name or stands twice\.", "变量“{0}”没有名称或重复。"),
            (@"'(.+)': a variable's name is made of letters and digits.*", "变量名“{0}”不合规：由字母和数字组成，以大写字母开头，且不能是 Input。"),
            (@"Variable '(.+)' has no id, or that of another: .*", "变量“{0}”没有 id，或与其他变量的 id 重复。"),
            (@"Variable '(.+)' needs the storageDriverTypeName '(.+)': .*", "变量“{0}”必须写明 storageDriverTypeName：{1}。"),
            (@"The variable '(.+)' must be given with its id '(.*)': .*", "引用变量“{0}”时必须写明它的 id“{1}”。"),
            (@"Default of '(.+)' is not a value of type (.+)\.", "变量“{0}”的默认值不是 {1} 类型。"),
            (@"Dangling connection: there is no activity '(.*)'\.", "连线悬空：没有名为“{0}”的环节。"),
            (@"A connection must name the outcome it leaves by: .*", "连线必须写明从哪个结果（port）出发。"),
            (@"A connection leaves by '(.+)', but the outcomes are: (.*)\.", "连线从结果“{0}”出发，而该环节的结果只有：{1}。"),
            (@"Outcome '(.+)' leads to two places; parallel branches begin with a FlowFork\.", "结果“{0}”通向两处；并行请使用 FlowFork。"),
            (@"Outcome '(.+)' leads nowhere\.", "结果“{0}”没有接到任何环节。"),
            (@"The activity's version must be 1: .*", "环节的 version 必须是 1。"),
            (@"'mergeMode' is outside the subset: .*", "不能使用 mergeMode；分支请用 Elsa.FlowJoin 汇合。"),
            (@"'runAsynchronously' is outside the subset: .*", "不能使用 runAsynchronously：环节不能在后台另行执行。"),
            (@"Outcome '(.+)' has no label\.", "结果“{0}”没有中文名称（labels）。"),
            (@"'round' belongs to the task '(.+)'\.", "round 只能用于事项“{0}”。"),
            (@"'ground' belongs to the command '(.+)'\.", "ground 只能用于命令“{0}”。"),
            (@"'sendBackTo' names '(.+)', which is no other work item of this flow\.", "sendBackTo 中的“{0}”不是本流程的另一个待办环节。"),
            (@"'sendBackTo' names '(.+)', from which no way leads here\.", "sendBackTo 中的“{0}”走不到这里，不能退回到它。"),
            (@"'sendBackTo' names '(.+)', which lies in a branch that this step is not in\.", "sendBackTo 中的“{0}”在另一路并行分支内。"),
            (@"'sendBackTo' names '(.+)': on the way from there '(.+)' would be done a second time\.", "退回到“{0}”会使“{1}”重复执行。"),
            (@"A countersignature needs signers, .*", "会签必须有会签人，或给出确定会签人的表达式。"),
            (@"Unknown rule '(.*)'\. Known: (.*)\.", "不认识的会签规则“{0}”。可用：{1}。"),
            (@"'quorum' and the rule Quorum belong together\.", "quorum 与会签规则 Quorum 必须一起使用。"),
            (@"A quorum of (\d+) out of (\d+) can never be met\.", "{1} 人会签，{0} 人同意永远达不到。"),
            (@"'(.+)' is not among the outcomes\.", "“{0}”不在该环节的结果之中。"),
            (@"A flow needs exactly one Elsa\.Start; there are (\d+)\.", "流程必须有且只有一个 Elsa.Start，现有 {0} 个。"),
            (@"Cannot be reached from the start\.", "从开始环节走不到这里。"),
            (@"Dead end once the limits are used up:.*", "限定次数用完后走不到结束：从这里到任何 Elsa.End 都要经过限次的结果。"),
            (@"Dead end: no way leads from here to an Elsa\.End\.", "死路：从这里走不到任何 Elsa.End。"),
            (@"Endless automatic loop: nothing waits on the way round\.", "自动环节成环，没有任何环节停下等人办理，会无限循环。"),
            (@"A join without a fork\.", "汇合环节没有对应的分支环节。"),
            (@"A fork needs two branches or more\.", "分支环节至少要有两路。"),
            (@"Ends the flow from inside branch '(.+)' of '(.+)'; a branch ends at its join\.", "在“{1}”的分支“{0}”内直接结束了流程；分支应到汇合为止。"),
            (@"A connection from '(.+)' leads back into the fork; branches must run to their join\.", "“{0}”的连线又回到分支环节；各分支应直达汇合。"),
            (@"A connection crosses the fork '(.+)': '(.+)' is reached from branch '(.+)' \(by '(.+)'\) and from outside it\.", "连线穿越了分支“{0}”：“{1}”既可从分支“{2}”（经“{3}”）到达，又可从分支之外到达。"),
            (@"Implicit join: branches '(.+)' and '(.+)' of '(.+)' both lead here without an Elsa\.FlowJoin\.", "“{2}”的分支“{0}”和“{1}”都通到这里，却没有用 Elsa.FlowJoin 汇合。"),
            (@"No branch does anything before the join '(.+)'; .*", "各分支都直接接到汇合“{0}”，没有任何环节，分支没有意义。"),
            (@"The branches never join\.", "各分支没有汇合。"),
            (@"The branches end in different joins: (.*)\.", "各分支通向不同的汇合：{0}。"),
            (@"Branch '(.+)' never reaches the join '(.+)'\.", "分支“{0}”到不了汇合“{1}”。"),
            (@"Join with several connections from one branch \('(.+)' of '(.+)'\):.*", "“{1}”的分支“{0}”有多条连线接到汇合，汇合会一直等下去；请先合成一条。"),
            (@"A connection from '(.+)' reaches the join of '(.+)' from outside its branches; it would wait there for the others\.", "“{0}”从分支之外接到“{1}”的汇合，会在那里一直等下去。"),
            (@"Join mode '(.*)' is outside the subset; use WaitAll or WaitAllActive\.", "汇合方式“{0}”不可用，请用 WaitAll 或 WaitAllActive。"),
            (@"Only the mode MatchFirst is in the subset:.*", "多路判断只能用 MatchFirst 方式。"),
            (@"A case of the switch is unreadable: .*", "多路判断有一项无法读取：须有 label 和 JavaScript 的 condition。"),
            (@"Signal '(.+)' is the gate's own and cannot lead elsewhere\.", "信号“{0}”是该等候环节自己的信号，不能另接他处。"),
            (@"Gate never opened: no step of '(.+)' sends '(.+)'\. It sends: (.*)\.", "批次流程“{0}”没有任何环节发出信号“{1}”，申报件到这里会一直等下去。它发出的信号有：{2}。两个流程都要改时，请先发布能发出新信号的批次流程。"),
            (@"A work item needs an outcome, or nobody could ever complete it\.", "待办环节至少要有一个结果，否则无法办结。"),
            (@"A limit must be a whole number above zero\.", "次数限制必须是大于零的整数。"),
            (@"A timeout outcome needs 'dueDays' or 'dueFact'\.", "设了到期自动结果，就必须有 dueDays 或 dueFact。"),
            (@"'pausesClock' needs 'dueDays': a moment cannot pause\.", "pausesClock 必须与 dueDays 一起使用。"),
        }.Select(row => (new Regex($"^{row.Item1}$", RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(1)), row.Item2)),
    ];

    private static readonly Dictionary<string, string> Places = new(StringComparer.Ordinal)
    {
        ["root"] = "流程图（root）",
        ["activities"] = "环节列表（activities）",
        ["variables"] = "变量（variables）",
        ["id"] = "版本标识（id）",
        ["definitionId"] = "流程标识（definitionId）",
        ["name"] = "名称（name）",
        ["version"] = "版本号（version）",
        ["$"] = "文件",
    };

    public static string Of(string reason)
    {
        foreach (var (pattern, words) in Table)
        {
            if (pattern.Match(reason) is { Success: true } match)
            {
                return string.Format(System.Globalization.CultureInfo.InvariantCulture, words, [.. match.Groups.Values.Skip(1).Select(g => g.Value)]);
            }
        }

        return reason;
    }

    /// <summary>Where the fault is: an activity by its id, or a part of the file by what it is called.</summary>
    public static string Place(string place) => place.StartsWith("line ", StringComparison.Ordinal) ? $"第 {place[5..]} 行" : Places.GetValueOrDefault(place, place);
}
