using Applications.Domain.Similarity;
using CsCheck;
using static Applications.Domain.Tests.Similarity.SyntheticTexts;

namespace Applications.Domain.Tests.Similarity;

public sealed class TextComparisonTests
{
    private const string Copied = "建立传感器全温区误差模型，在变送器内部实时修正零点与量程漂移，实现不停产的在线校准";

    [Fact]
    public void Compare_ACopiedPassage_IsMarkedExactlyInBothTexts()
    {
        var (own, other) = ($"本企业（演示）长期从事仪表制造。{Copied}。以上属实", $"某单位另有分工，{Copied.Replace("，", "； ", StringComparison.Ordinal)}！其余从略");

        var passage = Assert.Single(TextComparison.Compare(Compared(own), Compared(other)).Passages);

        Assert.Equal(Copied, own[passage.Own.From..passage.Own.End]);
        Assert.Equal(Copied.Replace("，", "； ", StringComparison.Ordinal), other[passage.Other.From..passage.Other.End]);
        Assert.Equal(Copied.Count(char.IsLetterOrDigit), passage.Characters);
        Assert.Empty(passage.Own.Differing);
    }

    [Fact]
    public void Compare_WordsExchangedWithin_IsOnePassageThatNamesThem()
    {
        var (own, other) = ($"甲{Copied}", $"乙{Copied.Replace("变送器", "控制柜", StringComparison.Ordinal)}");

        var passage = Assert.Single(TextComparison.Compare(Compared(own), Compared(other)).Passages);

        Assert.Equal(["变送器"], passage.Own.Differing.Select(d => own[d.From..d.End]));
        Assert.Equal(["控制柜"], passage.Other.Differing.Select(d => other[d.From..d.End]));
        Assert.Equal(Copied.Count(char.IsLetterOrDigit) - 3, passage.Characters);
    }

    [Theory]
    [InlineData(TextComparison.LeastPassage - 1, 0)]
    [InlineData(TextComparison.LeastPassage, 1)]
    public void Compare_ShortEqualWords_AreNoPassage(int length, int expected)
    {
        var words = ComparedText.Normalise(Text(7, 100))[..length];

        Assert.Equal(expected, TextComparison.Compare(Compared("甲" + words + "乙"), Compared("丙" + words + "丁")).Passages.Count);
    }

    [Fact]
    public void Compare_PartsOfTwoFields_AreNeverOnePassage()
    {
        var (first, second) = (Copied[..20], Copied[20..]);
        var own = ComparedText.Of([new TextPart("a", "甲", first), new TextPart("b", "乙", second)]);

        var passages = TextComparison.Compare(own, Compared(Copied)).Passages;

        Assert.All(passages, p => Assert.True(p.Characters < Copied.Length - 5));
        Assert.All(passages, p => Assert.Contains(p.Own.Part, new[] { "a", "b" }));
    }

    [Fact]
    public void Compare_RandomCopies_EveryPassageIsEqualLettersAndNoLetterCountsTwice() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Double[0, 0.2], Gen.Int[0, 1_500]).Sample(
            (seed, rate, length) =>
            {
                var (own, other) = (Text(seed, length), Text(seed + 1, 200) + Edit(Text(seed, length), rate, seed) + Text(seed + 2, 200));
                var (a, b) = (Compared(own), Compared(other));

                var result = TextComparison.Compare(a, b);

                var end = 0;
                foreach (var passage in result.Passages)
                {
                    Assert.True(passage.Own.From >= end);
                    end = passage.Own.End;
                    Assert.Equal(Equal(own, passage.Own), Equal(other, passage.Other));
                    Assert.Equal(passage.Characters, Equal(own, passage.Own).Length);
                }

                Assert.True(result.Characters <= a.Length);
                Assert.InRange(result.Share, 0, 1);
            },
            iter: 300);

    [Fact]
    public void Compare_TheSameTextTwice_IsAllCopied()
    {
        var text = Compared(Text(11, 2_000));

        var result = TextComparison.Compare(text, text);

        Assert.Equal((1.0, 1.0, text.Length), (result.Resemblance, result.Share, result.Characters));
        Assert.True(result.IsFinding);
    }

    [Fact]
    public void Compare_StrangeTexts_AreNoFinding() => Assert.False(TextComparison.Compare(Compared(Text(20, 4_000)), Compared(Text(21, 4_000))).IsFinding);

    [Fact]
    public void Compare_OneLetterForever_EndsSoon()
    {
        var result = TextComparison.Compare(Compared(new string('校', 17_000)), Compared(new string('校', 17_000)));

        Assert.True(result.IsFinding);
    }

    [Fact]
    public void Compare_NothingWritten_IsNothing()
    {
        var result = TextComparison.Compare(Compared(string.Empty), ComparedText.Of([]));

        Assert.Equal((0.0, 0.0, 0), (result.Resemblance, result.Share, result.Characters));
        Assert.Empty(result.Passages);
    }

    /// <summary>The letters of a passage without what differs.</summary>
    private static string Equal(string text, PassageSide side)
    {
        var letters = text.ToCharArray();
        foreach (var span in side.Differing)
        {
            Array.Fill(letters, '。', span.From, span.End - span.From);
        }

        return ComparedText.Normalise(new string(letters, side.From, side.End - side.From));
    }
}
