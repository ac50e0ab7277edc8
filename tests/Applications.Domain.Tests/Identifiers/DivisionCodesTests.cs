using Applications.Domain.Identifiers;

namespace Applications.Domain.Tests.Identifiers;

public sealed class DivisionCodesTests
{
    [Fact]
    public void Cities_AreTheSixteenInForce()
    {
        Assert.Equal(16, DivisionCodes.Cities.Count);
        Assert.DoesNotContain(DivisionCodes.Cities, c => c.Code == "371200");
        Assert.Equal(DivisionCodes.Cities.OrderBy(c => c.Code, StringComparer.Ordinal), DivisionCodes.Cities);
        Assert.All(DivisionCodes.Cities, c => Assert.EndsWith("市", c.Name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("370000", "山东省")]
    [InlineData("370100", "济南市")]
    [InlineData("371700", "菏泽市")]
    [InlineData("370211", "黄岛区")]
    [InlineData("371200", "莱芜市")]
    [InlineData("440100", "440100")]
    public void NameOf_KnownOrNot_SaysWhatItCan(string code, string name) => Assert.Equal(name, DivisionCodes.NameOf(code));

    [Theory]
    [InlineData("370102", "370100")]
    [InlineData("370199", "370100")]
    [InlineData("370614", "370600")]
    [InlineData("371300", "371300")]
    [InlineData("371200", "370100")]
    [InlineData("371202", "370100")]
    [InlineData("370000", null)]
    [InlineData("440101", null)]
    [InlineData("37", null)]
    [InlineData(null, null)]
    public void CityOf_AnyCode_FollowsMergers(string? code, string? city) => Assert.Equal(city, DivisionCodes.CityOf(code)?.Code);

    [Fact]
    public void CountiesOf_ThreeCities_AreTwoEach()
    {
        Assert.Equal(["历下区", "章丘区"], DivisionCodes.CountiesOf("370100").Select(c => c.Name));
        Assert.Equal(["市南区", "黄岛区"], DivisionCodes.CountiesOf("370200").Select(c => c.Name));
        Assert.Equal(["芝罘区", "蓬莱区"], DivisionCodes.CountiesOf("370600").Select(c => c.Name));
        Assert.Empty(DivisionCodes.CountiesOf("370300"));
    }

    [Fact]
    public void Find_RetiredCode_NamesItsSuccessor()
    {
        var laiwu = DivisionCodes.Find("371200");

        Assert.True(laiwu?.IsRetired);
        Assert.Equal("370100", laiwu?.ReplacedBy);
    }

    [Theory]
    [InlineData("370100", true)]
    [InlineData("100000", true)]
    [InlineData("990100", false)]
    [InlineData("37010", false)]
    [InlineData("37010a", false)]
    [InlineData("３７０１００", false)]
    [InlineData(null, false)]
    public void IsWellFormed_AnyText_ChecksDigitsAndProvince(string? code, bool expected) =>
        Assert.Equal(expected, DivisionCodes.IsWellFormed(code));
}
