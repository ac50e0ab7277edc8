using Applications.Domain.Reviews;
using CsCheck;

namespace Applications.Domain.Tests.Reviews;

public sealed class SiteCheckSampleTests
{
    private static readonly string[] Ten = [.. Enumerable.Range(1, 10).Select(i => $"SDBNPP2026-370100-{i:0000}")];

    [Theory]
    [InlineData(1, 30, 1)]
    [InlineData(3, 30, 1)]
    [InlineData(4, 30, 2)]
    [InlineData(10, 30, 3)]
    [InlineData(10, 100, 10)]
    [InlineData(0, 30, 0)]
    public void Draw_Percent_IsRoundedUp(int cases, int percent, int drawn) => Assert.Equal(drawn, SiteCheckSample.Draw(Ten[..cases], percent, "seed").Count);

    /// <summary>Worked out by hand with sha256sum over <c>seed|number</c>: the record must give the same sample on any machine, for ever.</summary>
    [Fact]
    public void Draw_KnownSeed_GivesTheKnownSample() => Assert.Equal(
        Ten.OrderBy(n => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes("abc|" + n))), StringComparer.Ordinal).Take(3).Order(StringComparer.Ordinal),
        SiteCheckSample.Draw(Ten, 30, "abc").Order(StringComparer.Ordinal));

    [Fact]
    public void Draw_AnyOrder_IsTheSameAndAnotherSeedIsNot()
    {
        Gen.Int.Sample(seed =>
        {
            var shuffled = Ten.ToArray();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(SiteCheckSample.Draw(Ten, 30, "a").Order(StringComparer.Ordinal), SiteCheckSample.Draw(shuffled, 30, "a").Order(StringComparer.Ordinal));
        });
        Assert.True(Enumerable.Range(0, 20).Select(i => string.Join(',', SiteCheckSample.Draw(Ten, 30, $"{i}").Order(StringComparer.Ordinal))).Distinct().Count() > 10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void Draw_NoShare_IsRefused(int percent) => Assert.Throws<ArgumentOutOfRangeException>(() => SiteCheckSample.Draw(Ten, percent, "a"));
}
