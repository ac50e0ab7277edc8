using System.Globalization;
using System.Text;
using System.Text.Json;
using Applications.Domain.Common;

namespace Applications.Domain.Reviews.Draws;

/// <summary>Why a question was not put.</summary>
public enum DrawCheckSkip
{
    /// <summary>What to compare with was not given, or an earlier answer leaves nothing to ask.</summary>
    NotAsked,

    /// <summary>The record holds nothing of this kind.</summary>
    NotApplicable,
}

/// <summary>One question put to a record.</summary>
/// <param name="Meaning">What is compared with what, for those who never heard of hashes; it reads the same whatever the answer.</param>
/// <param name="Findings">Each difference, with both values.</param>
public sealed record DrawCheck(string Title, string Meaning, IReadOnlyList<string> Findings, DrawCheckSkip? Skip = null)
{
    public bool Holds => Skip is null && Findings.Count == 0;

    /// <summary>The answer in a word.</summary>
    public string Word => Skip switch { DrawCheckSkip.NotAsked => "未核", DrawCheckSkip.NotApplicable => "不适用", _ => Holds ? "一致" : "不符" };
}

/// <param name="Checks">In the order in which they were made.</param>
/// <param name="Facts">What was checked and what came out, for reading.</param>
public sealed record DrawVerification(IReadOnlyList<DrawCheck> Checks, IReadOnlyList<string> Facts)
{
    /// <summary>Each difference; none when the record holds.</summary>
    public IReadOnlyList<string> Findings { get; } = [.. Checks.SelectMany(c => c.Findings)];

    public bool Holds => Findings.Count == 0;

    /// <summary>Nothing differs, but something was left unasked: the record agrees with itself and no more.</summary>
    public bool IsPartial => Holds && Checks.Any(c => c.Skip == DrawCheckSkip.NotAsked);
}

/// <summary>Draws again from a record alone and says what differs. Needs no database and no network.</summary>
public static class DrawVerifier
{
    private const string WrittenMeaning = "文件是否逐字节照记录的标准写法（空格、换行、引号、各项次序）。只查写法，内容有没有改动由下面各项查。";
    private const string SealMeaning = "记录的全部内容与末尾的封签（SHA-256）是否相符；内容改动一个字即不符。";
    private const string CommitmentMeaning = "记录中的申请条件、专家库快照和随机种子，与记录所载承诺的摘要是否相符。";
    private const string PublishedMeaning = "记录的承诺与抽取之前写入办理记录的承诺摘要是否相同；事后整份重做的记录只有这一项能查出。";
    private const string DrawMeaning = "用记录中的快照和种子重新抽取，专家、备选及其顺序是否与记录相同。";
    private const string SubstitutionMeaning = "每次替补是否依原顺序取第一位符合全部条件的备选专家。";

    /// <param name="file">The bytes of the record.</param>
    /// <param name="publishedDigest">The digest of the commitment as the journal published it before the draw; null to compare only within the record.</param>
    public static DrawVerification Verify(ReadOnlySpan<byte> file, string? publishedDigest = null)
    {
        string json;
        DrawRecord record;
        try
        {
            json = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(file);
            record = DrawRecordJson.Read(json);
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException or NotSupportedException)
        {
            return new DrawVerification([new DrawCheck("文件", "文件是否为一份完整的抽取记录。", [$"文件不是完整的抽取记录。{RecordFile.FaultOf(e, file)}"])], []);
        }

        List<string> facts = [$"抽取编号 {record.Request.Number}，{record.Request.Title}", $"专家库快照 {record.Pool.Count} 人，评审组 {record.Request.Panels.Count} 个，替补 {record.Substitutions.Count} 次"];
        List<string> written = [];
        if (record.Format != DrawRecord.CurrentFormat)
        {
            written.Add($"记录格式：应为 {DrawRecord.CurrentFormat}，现为 {record.Format}");
        }

        Written(json, record, written);
        List<string> seal = [];
        Differ(seal, "封签", DrawRecordJson.SealOf(record), record.Seal);
        var commitment = DrawCommitment.Of(record.Request, record.Pool, record.Seed);
        List<string> committed = [];
        Differ(committed, "抽取申请的摘要", commitment.Request, record.Commitment.Request);
        Differ(committed, "专家库快照的摘要", commitment.Pool, record.Commitment.Pool);
        Differ(committed, "随机种子的摘要", commitment.Seed, record.Commitment.Seed);
        Differ(committed, "承诺摘要", commitment.Digest, record.Commitment.Digest);
        facts.Add($"承诺摘要 {commitment.Digest}");
        List<string> published = [];
        if (publishedDigest is not null)
        {
            Differ(published, "事先公布的承诺摘要", publishedDigest.Trim().ToLowerInvariant(), commitment.Digest);
        }

        return new DrawVerification(
            [
                new DrawCheck("文件的写法", WrittenMeaning, written),
                new DrawCheck("封签", SealMeaning, seal),
                new DrawCheck("承诺", CommitmentMeaning, committed),
                new DrawCheck("事先公布的承诺", PublishedMeaning, published, publishedDigest is null ? DrawCheckSkip.NotAsked : null),
                .. Replayed(record, facts),
            ],
            facts);
    }

    private static IEnumerable<DrawCheck> Replayed(DrawRecord record, List<string> facts)
    {
        List<string> drawn = [];
        List<string> substituted = [];
        var isDrawn = false;
        try
        {
            var again = Draw(record, drawn, facts);
            isDrawn = true;
            Substitute(again, record, substituted, facts);
        }
        catch (Exception e) when (e is RuleBrokenException or InvalidOperationException or ArgumentException)
        {
            (isDrawn ? substituted : drawn).Add($"无法按记录重新抽取：{e.Message}");
        }

        return [new DrawCheck("重新抽取", DrawMeaning, drawn), new DrawCheck("替补", SubstitutionMeaning, substituted, !isDrawn ? DrawCheckSkip.NotAsked : record.Substitutions.Count == 0 ? DrawCheckSkip.NotApplicable : null)];
    }

    /// <summary>The file must be the one way in which its content is written.</summary>
    private static void Written(string json, DrawRecord record, List<string> findings)
    {
        var expected = DrawRecordJson.Write(record);
        if (json != expected)
        {
            var at = json.Zip(expected).TakeWhile(p => p.First == p.Second).Count();
            var line = json.AsSpan(0, at).Count('\n') + 1;
            findings.Add(string.Create(CultureInfo.InvariantCulture, $"文件的写法：从第 {line} 行第 {at - json.LastIndexOf('\n', Math.Max(0, at - 1))} 个字符起与标准写法不同"));
        }
    }

    private static DrawRecord Draw(DrawRecord record, List<string> findings, List<string> facts)
    {
        var again = ExpertDraw.Run(record.Request, record.Pool, record.Seed, record.Witness, record.DrawnAt);
        Differ(findings, "抽取轮次", again.Attempt, record.Attempt);
        Differ(findings, "评审组数", again.Panels.Count, record.Panels.Count);
        foreach (var (expected, found) in again.Panels.Zip(record.Panels))
        {
            var title = record.Request.Panels.Single(p => p.Key == expected.Key).Title;
            Differ(findings, $"“{title}”的编号", expected.Key, found.Key);
            Differ(findings, $"“{title}”的可选方案数", expected.Choices, found.Choices);
            DifferBySeat(findings, $"“{title}”的专家第", "席", [.. expected.Seats.Select(x => Seated(record, x))], [.. found.Seats.Select(x => Seated(record, x))]);
            DifferBySeat(findings, $"“{title}”的备选专家第", "位", [.. expected.Reserves.Select(x => Standby(record, x))], [.. found.Reserves.Select(x => Standby(record, x))]);
            facts.Add($"“{title}”：以相等概率从 {DrawExplainer.Grouped(expected.Choices)} 种合规组合中抽取 {string.Join("、", expected.Seats.Select(x => $"{x.Number}. {Seated(record, x)}"))}");
        }

        return again;
    }

    private static void Substitute(DrawRecord again, DrawRecord record, List<string> findings, List<string> facts)
    {
        for (var i = 0; i < record.Substitutions.Count; i++)
        {
            var one = record.Substitutions[i];
            var before = again;
            again = one.Out.Length == 0
                ? ExpertDraw.Add(again, one.Panel, one.Reason, one.Passed, one.At, one.File)
                : ExpertDraw.Substitute(again, one.Panel, one.Out, one.Reason, one.Passed, one.At, one.File);
            var expected = again.Substitutions[^1];
            Differ(findings, $"第 {i + 1} 次替补的席位", expected.Seat, one.Seat);
            Differ(findings, $"第 {i + 1} 次替补的专家", Name(record, expected.In), Name(record, one.In));
            again = before with { Substitutions = [.. before.Substitutions, one] };
            facts.Add($"第 {i + 1} 次替补{(one.File.Length == 0 ? string.Empty : $"（项目 {one.File}）")}：{(one.Out.Length == 0 ? "增补" : Name(record, one.Out))}（{one.Reason}）→ {Name(record, expected.In)}");
        }
    }

    private static string Seated(DrawRecord record, DrawnSeat seat) => $"{Name(record, seat.ExpertId)}{(seat.IsAppointed ? "（指定）" : string.Empty)}";

    private static string Standby(DrawRecord record, Reserve reserve) => string.Create(CultureInfo.InvariantCulture, $"{Name(record, reserve.ExpertId)}（备第 {reserve.Seat} 席）");

    /// <summary>The name; its number too where two bear it.</summary>
    private static string Name(DrawRecord record, string? id) =>
        id is null ? "（无人可替）"
        : record.Pool.FirstOrDefault(c => c.Id == id) is not { } one ? $"（快照中没有编号 {id}）"
        : record.Pool.Count(c => c.Name == one.Name) > 1 ? $"{one.Name}（编号 {id}）" : one.Name;

    private static void DifferBySeat(List<string> findings, string before, string after, List<string> expected, List<string> found)
    {
        for (var i = 0; i < Math.Max(expected.Count, found.Count); i++)
        {
            Differ(findings, string.Create(CultureInfo.InvariantCulture, $"{before} {i + 1} {after}"), i < expected.Count ? expected[i] : "空缺", i < found.Count ? found[i] : "空缺");
        }
    }

    private static void Differ<T>(List<string> findings, string what, T expected, T found)
        where T : notnull
    {
        if (!expected.Equals(found))
        {
            findings.Add(string.Create(CultureInfo.InvariantCulture, $"{what}：应为 {expected}，记录为 {found}"));
        }
    }
}
