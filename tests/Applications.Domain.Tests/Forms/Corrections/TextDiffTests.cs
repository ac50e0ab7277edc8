using Applications.Domain.Forms.Corrections;
using CsCheck;

namespace Applications.Domain.Tests.Forms.Corrections;

public sealed class TextDiffTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("一样", "一样", "=一样")]
    [InlineData("", "新的", "+新的")]
    [InlineData("旧的", "", "-旧的")]
    [InlineData("年投入120万元", "年投入1250万元", "=年投入|-120|+1250|=万元")]
    [InlineData("研发人员三十名，专职", "研发人员三十五名，其中专职", "=研发人员三十|+五|=名，|+其中|=专职")]
    [InlineData("甲乙丙丁", "子乙丑丁", "-甲乙丙|+子乙丑|=丁")]
    public void Between_TwoTexts_TellsWhatStayedWentAndCame(string before, string after, string expected) =>
        Assert.Equal(expected, string.Join("|", TextDiff.Between(before, after).Select(p => (p.Kind switch { PieceKind.Added => "+", PieceKind.Removed => "-", _ => "=" }) + p.Text)));

    [Fact]
    public void Between_AnyTexts_GiveBothTextsBack() =>
        Gen.Select(Gen.Char["甲乙丙丁ab12。"].Array[0, 60], Gen.Char["甲乙丙丁ab12。"].Array[0, 60]).Sample((a, b) =>
        {
            var (before, after) = (new string(a), new string(b));
            var pieces = TextDiff.Between(before, after);
            return string.Concat(pieces.Where(p => p.Kind is not PieceKind.Added).Select(p => p.Text)) == before
                && string.Concat(pieces.Where(p => p.Kind is not PieceKind.Removed).Select(p => p.Text)) == after;
        });

    [Fact]
    public void Between_LongTextsWithNothingInCommon_AreOneGoneAndOneCome()
    {
        var pieces = TextDiff.Between(new string('甲', 5000), new string('乙', 5000));

        Assert.Equal([PieceKind.Removed, PieceKind.Added], pieces.Select(p => p.Kind));
    }
}
