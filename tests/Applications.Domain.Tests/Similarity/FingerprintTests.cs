using Applications.Domain.Similarity;
using CsCheck;
using static Applications.Domain.Tests.Similarity.SyntheticTexts;

namespace Applications.Domain.Tests.Similarity;

public sealed class FingerprintTests
{
    [Fact]
    public void Of_TheSameText_IsTheSameOnAnyMachine()
    {
        var marks = Fingerprint.Of(Compared("围绕在线校准装置开展技术攻关，建立传感器全温区误差模型，在变送器内部实时修正零点与量程漂移，实现不停产的在线校准。"));

        Assert.Equal(KnownMarks, marks);
    }

    [Theory]
    [InlineData("ＡＢＣ１２３，产品 线", "abc123产品线")]
    [InlineData("\u3000第一、\n第二：（三）", "第一第二三")]
    [InlineData("𠀀字！", "𠀀字")]
    [InlineData("。，！", "")]
    public void Normalise_WidthCaseAndPunctuation_AreGone(string text, string letters) => Assert.Equal(letters, ComparedText.Normalise(text));

    [Fact]
    public void Of_ARunOfTheSurePassage_IsInBothTextsWhateverSurroundsIt() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[0, 400], Gen.Int[0, 400]).Sample(
            (seed, before, behind) =>
            {
                var passage = ComparedText.Normalise(Text(seed, Fingerprint.SurePassage + 20))[..Fingerprint.SurePassage];
                var one = Text(seed + 1, before + 1) + passage + Text(seed + 2, 300);
                var two = Text(seed + 3, 200) + passage + Text(seed + 4, behind + 1);

                Assert.NotEmpty(Fingerprint.Of(Compared(one)).Intersect(Fingerprint.Of(Compared(two))));
            },
            iter: 500);

    [Fact]
    public void Of_LongText_KeepsAboutOneLetterInTwentyFour()
    {
        var text = Compared(Text(1, 20_000));

        Assert.InRange(Fingerprint.Of(text).Length, text.Length / 30, text.Length / 20);
    }

    [Fact]
    public void Bytes_ThereAndBack_AreTheSame()
    {
        var marks = Fingerprint.Of(Compared(Text(2, 3_000)));

        Assert.Equal(marks, Fingerprint.FromBytes(Fingerprint.ToBytes(marks)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(60)]
    public void Of_ShortText_HasAMarkFromOneShingleOn(int length) =>
        Assert.Equal(length >= 6, Fingerprint.Of(Compared(ComparedText.Normalise(Text(3, 200))[..length])).Length > 0);

    private static readonly uint[] KnownMarks = [115834477];
}
