using Applications.Domain.Identifiers;

namespace Applications.Domain.Tests.Identifiers;

/// <summary>GB 11643-1999, with the standard's own example.</summary>
public sealed class ResidentIdTests
{
    [Theory]
    [InlineData("11010519491231002X", "11010519491231002X")]
    [InlineData(" 11010519491231002x ", "11010519491231002X")]
    [InlineData("440524188001010014", "440524188001010014")]
    [InlineData("110105194912310020", null)]
    [InlineData("11010519491331002X", null)]
    [InlineData("1101051949123100", null)]
    [InlineData("11010519491231A02X", null)]
    [InlineData(null, null)]
    public void Normalise_CheckCharacterAndDate_AreLookedAt(string? text, string? number) => Assert.Equal(number, ResidentId.Normalise(text));
}
