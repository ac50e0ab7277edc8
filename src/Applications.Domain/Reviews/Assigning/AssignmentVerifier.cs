using System.Text;
using System.Text.Json;
using Applications.Domain.Common;
using Applications.Domain.Reviews.Draws;

namespace Applications.Domain.Reviews.Assigning;

/// <summary>Solves again from a record alone and says what differs. Needs no database and no network.</summary>
public static class AssignmentVerifier
{
    /// <summary>True when the file says it is a record of an assignment; whether it is one <see cref="Verify"/> tells.</summary>
    public static bool Recognises(ReadOnlySpan<byte> file) => file.IndexOf("\"applications-assign/"u8) is >= 0 and < 64;

    public static DrawVerification Verify(ReadOnlySpan<byte> file, CancellationToken ct = default)
    {
        AssignmentRecord record;
        string json;
        try
        {
            json = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(file);
            record = AssignmentRecordJson.Read(json);
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException or NotSupportedException)
        {
            return new DrawVerification([new DrawCheck("文件", "文件是否为一份完整的分派记录。", [$"文件不是完整的分派记录。{RecordFile.FaultOf(e, file)}"])], []);
        }

        List<string> written = [];
        if (record.Format != AssignmentRecord.CurrentFormat)
        {
            written.Add($"记录格式：应为 {AssignmentRecord.CurrentFormat}，现为 {record.Format}");
        }

        if (AssignmentRecordJson.Write(record) != json)
        {
            written.Add("文件不是本系统的写法。");
        }

        var checks = new List<DrawCheck>
        {
            new("文件的写法", "文件是否逐字节照记录的标准写法。只查写法，内容有没有改动由下面各项查。", written),
            new("封签", "记录的全部内容与末尾的封签（SHA-256）是否相符；内容改动一个字即不符。", Same("封签", AssignmentRecordJson.SealOf(record), record.Seal)),
            new("输入和种子", "条件和专家库快照的摘要是否与记录所载相同；种子由摘要推出，不能挑选。",
                [.. Same("输入摘要", AssignmentPlan.HashOf(record.Order, record.Snapshot), record.Input), .. Same("种子", AssignmentPlan.SeedOf(record.Order, record.Snapshot), record.Seed)]),
        };
        if (WellFormed(record) is { } fault)
        {
            checks.Add(new DrawCheck("内容", "名单中的编号是否都在快照之内。", [fault]));
            return new DrawVerification(checks, []);
        }

        var plan = new AssignmentPlan(record.Order, record.Snapshot);
        var certificate = AssignmentCertificate.Of(plan.Problem, record.Solved, record.Prices, plan.Limits);
        checks.Add(new DrawCheck("条件", "原方案是否满足人数、回避、任务量、单位和城市的全部条件。", certificate.Broken));
        checks.Add(new DrawCheck("最优性证书", "由记录中的价格重新算出的目标值和下界是否与记录相同。", [.. Same("目标值", $"{certificate.Objective}", $"{record.Objective}"), .. Same("下界", $"{certificate.Bound}", $"{record.Bound}")]));
        checks.Add(new DrawCheck("重新求解", "用同样的快照重新求解，每一件的专家是否与记录相同。", SolveAgain(plan, record, ct)));
        checks.Add(new DrawCheck("人工调整", "人工调整之后是否仍无一对回避、无一处超限。", [.. new AssignmentReport(record).Checks().Where(c => !c.Holds).Select(c => $"{c.Name}：{c.Asked}，现为{c.Reached}")]));
        return new DrawVerification(checks, [$"分派编号 {record.Number}，{record.Title}", $"{record.Snapshot.Files.Count} 件，专家 {record.Snapshot.Experts.Count} 人，人工调整 {record.Changes.Count} 处", $"目标值 {record.Objective}，下界 {record.Bound}"]);
    }

    private static List<string> Same(string what, string should, string found) => should == found ? [] : [$"{what}：应为 {should}，现为 {found}"];

    private static string? WellFormed(AssignmentRecord record)
    {
        var (files, experts) = (record.Snapshot.Files.Count, record.Snapshot.Experts.Count);
        bool Known(int? expert) => expert is null || (expert >= 0 && expert < experts);
        return record.Solved.Count != files || record.Prices.Count != experts ? "方案与快照的件数或人数不符"
            : record.Solved.Any(s => s.Any(e => !Known(e))) || record.Changes.Any(c => c.File < 0 || c.File >= files || !Known(c.Out) || !Known(c.In)) ? "方案中有快照以外的编号"
            : record.Snapshot.Bars.Any(b => b.File < 0 || b.File >= files || !Known(b.Expert)) || record.Snapshot.Apart.Any(a => !Known(a.A) || !Known(a.B)) ? "回避名单中有快照以外的编号"
            : null;
    }

    private static List<string> SolveAgain(AssignmentPlan plan, AssignmentRecord record, CancellationToken ct)
    {
        try
        {
            return Differences(record, plan.Solve(ct).Solution.Assigned);
        }
        catch (RuleBrokenException e) when (e.Code == SolvingBudget.TooSlow)
        {
            return [$"没有核验：{e.Message}"];
        }
    }

    private static List<string> Differences(AssignmentRecord record, IReadOnlyList<IReadOnlyList<int>> again)
    {
        var other = Enumerable.Range(0, again.Count).Where(f => !again[f].SequenceEqual(record.Solved[f])).ToList();
        return other.Count == 0 ? [] : [$"{other.Count} 件不同，首件 {record.Snapshot.Files[other[0]].Number}"];
    }
}
