using Applications.Domain.Identifiers;

namespace Applications.Domain.Tests.Identifiers;

public sealed class IndustryCodesTests
{
    [Fact]
    public void Divisions_AreManufacturingWithoutGapsAndSoftware()
    {
        var manufacturing = IndustryCodes.Divisions.Where(d => d.Section == 'C').Select(d => d.Code);

        Assert.Equal(Enumerable.Range(13, 31).Select(i => $"{i}"), manufacturing);
        Assert.Equal("I65", IndustryCodes.Divisions[^1].FullCode);
    }

    [Theory]
    [InlineData("C3821", "C3821")]
    [InlineData("c3821 ", "C3821")]
    [InlineData("3821", "C3821")]
    [InlineData("38", "C38")]
    [InlineData("6510", "I6510")]
    [InlineData("I65", "I65")]
    [InlineData("C65", null)]
    [InlineData("I38", null)]
    [InlineData("C44", null)]
    [InlineData("C12", null)]
    [InlineData("C38210", null)]
    [InlineData("C3", null)]
    [InlineData("C", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("CC38", null)]
    public void Normalise_AnyText_GivesStoredFormOrNull(string? text, string? expected)
    {
        Assert.Equal(expected, IndustryCodes.Normalise(text));
        Assert.Equal(expected is not null, IndustryCodes.IsValid(text));
    }

    [Theory]
    [InlineData("C2511", "石油、煤炭及其他燃料加工业")]
    [InlineData("6510", "软件和信息技术服务业")]
    [InlineData("X99", null)]
    public void DivisionOf_Code_GivesItsName(string code, string? name) => Assert.Equal(name, IndustryCodes.DivisionOf(code)?.Name);
}
