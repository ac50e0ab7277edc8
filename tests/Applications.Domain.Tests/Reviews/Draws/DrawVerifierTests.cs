using System.Text;
using Applications.Domain.Reviews.Draws;

namespace Applications.Domain.Tests.Reviews.Draws;

/// <summary>Invariant 7 from the outside: a record speaks for itself, and no change goes unseen.</summary>
public sealed class DrawVerifierTests
{
    private readonly DrawRecord _record = ExpertDraw.Substitute(Drawn(), "p1", Drawn().Panels[0].Seats[0].ExpertId, "出差", [], Pools.Noon);

    [Fact]
    public void Verify_RecordAsWritten_Holds()
    {
        var verification = DrawVerifier.Verify(Bytes(_record), _record.Commitment.Digest.ToUpperInvariant());

        Assert.Empty(verification.Findings);
        Assert.Contains(verification.Facts, f => f.Contains("种合规组合中抽取", StringComparison.Ordinal));
    }

    [Fact]
    public void Verify_AnyByteChanged_IsFound()
    {
        var bytes = Bytes(_record);
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = (byte[])bytes.Clone();
            changed[i] ^= (byte)(1 << (i % 7));

            Assert.False(DrawVerifier.Verify(changed).Holds, $"Byte {i}, '{(char)bytes[i]}' made '{(char)changed[i]}'");
        }
    }

    [Fact]
    public void Verify_MembersSwappedAndSealedAnew_NamesThePanelAndBothExperts()
    {
        var panel = _record.Panels[0];
        var other = _record.Pool.First(c => panel.Seats.All(s => s.ExpertId != c.Id) && panel.Reserves.All(r => r.ExpertId != c.Id));
        var forged = DrawRecordJson.Seal(_record with { Panels = [panel with { Seats = [.. panel.Seats.Take(2), panel.Seats[2] with { ExpertId = other.Id }] }] });

        var finding = Assert.Single(DrawVerifier.Verify(Bytes(forged)).Findings);

        Assert.Equal($"“评审组p1”的专家第 3 席：应为 {_record.Pool.Single(c => c.Id == panel.Seats[2].ExpertId).Name}，记录为 {other.Name}", finding);
    }

    [Fact]
    public void Verify_DrawnAnewFromAnotherSeed_OnlyThePublishedDigestTells()
    {
        var forged = ExpertDraw.Run(_record.Request, _record.Pool, "another", string.Empty, Pools.Noon);

        Assert.True(DrawVerifier.Verify(Bytes(forged)).Holds);
        Assert.Contains(DrawVerifier.Verify(Bytes(forged), _record.Commitment.Digest).Findings, f => f.StartsWith("事先公布的承诺摘要", StringComparison.Ordinal));
    }

    [Fact]
    public void Verify_ConflictTakenOutOfThePool_IsFound()
    {
        var barred = _record.Pool.First(c => c.Bars.Count > 0);
        var forged = DrawRecordJson.Seal(_record with { Pool = [.. _record.Pool.Select(c => c.Id == barred.Id ? c with { Bars = [] } : c)] });

        Assert.Contains(DrawVerifier.Verify(Bytes(forged)).Findings, f => f.StartsWith("专家库快照的摘要", StringComparison.Ordinal));
    }

    [Fact]
    public void Verify_OtherReserveCalled_IsFound()
    {
        var one = _record.Substitutions[0];
        var other = _record.Panels[0].Reserves.First(r => r.ExpertId != one.In).ExpertId;
        var forged = DrawRecordJson.Seal(_record with { Substitutions = [one with { In = other }] });

        Assert.Contains(DrawVerifier.Verify(Bytes(forged)).Findings, f => f.StartsWith("第 1 次替补的专家", StringComparison.Ordinal));
    }

    [Fact]
    public void Verify_LeavesOneFileAndASeatAdded_CountForThatFileOnlyAndHold()
    {
        var drawn = Drawn();
        var leaving = drawn.Panels[0].Seats[0].ExpertId;

        var record = ExpertDraw.Substitute(drawn, "p1", leaving, "回避", [], Pools.Noon, "项目一");
        record = ExpertDraw.Add(record, "p1", "分差过大", [], Pools.Noon, "项目一");
        record = ExpertDraw.Substitute(record, "p1", leaving, "出差", [], Pools.Noon, "项目二");

        Assert.Equal(drawn.MembersOf("p1"), record.MembersOf("p1"));
        Assert.Equal(4, record.MembersOf("p1", "项目一").Count);
        Assert.Equal(3, record.MembersOf("p1", "项目二").Count);
        Assert.DoesNotContain(record.MembersOf("p1", "项目一"), m => m.Id == leaving);
        Assert.DoesNotContain(record.MembersOf("p1", "项目二"), m => m.Id == leaving);
        Assert.Equal(record.Substitutions[0].In, record.Substitutions[2].In);
        Assert.Empty(DrawVerifier.Verify(Bytes(record)).Findings);

        var forged = DrawRecordJson.Seal(record with { Substitutions = [record.Substitutions[0], record.Substitutions[1] with { In = leaving }, record.Substitutions[2]] });
        Assert.Contains(DrawVerifier.Verify(Bytes(forged)).Findings, f => f.StartsWith("第 2 次替补的专家", StringComparison.Ordinal));
    }

    [Fact]
    public void Verify_NoReserveLeft_SaysThatNobodyComes()
    {
        var record = Drawn();
        for (var i = 0; i < 4; i++)
        {
            record = ExpertDraw.Add(record, "p1", "增补", [], Pools.Noon);
        }

        Assert.Equal(3, record.Substitutions.Count(s => s.In is not null));
        Assert.Null(record.Substitutions[^1].In);
        Assert.Empty(DrawVerifier.Verify(Bytes(record)).Findings);
    }

    [Theory]
    [InlineData("", "文件是空的")]
    [InlineData("{}", "第 1 行第 3 个字符处")]
    [InlineData("null", "缺少应有的内容")]
    [InlineData("[1,2", "第 1 行第 5 个字符处")]
    [InlineData("{\n \"字\": 中}", "第 2 行第 7 个字符处")]
    public void Verify_NoRecord_SaysWhereInChinese(string text, string words)
    {
        var finding = Assert.Single(DrawVerifier.Verify(Encoding.UTF8.GetBytes(text)).Findings);

        Assert.Contains(words, finding, StringComparison.Ordinal);
        Assert.Contains("重新下载", finding, StringComparison.Ordinal);
        Assert.DoesNotMatch("[a-z]{4,}", finding);
    }

    private static DrawRecord Drawn()
    {
        IReadOnlyList<DrawCandidate> pool = [.. Enumerable.Range(0, 10).Select(i => Pools.Expert(i) with { Bars = i == 4 ? [new DrawBar("p1", "conflict.kin", "亲属")] : [] })];
        return ExpertDraw.Run(Pools.Request([Pools.Panel("p1", 3)]), pool, "seed", "见证", Pools.Noon);
    }

    private static byte[] Bytes(DrawRecord record) => Encoding.UTF8.GetBytes(DrawRecordJson.Write(record));
}
