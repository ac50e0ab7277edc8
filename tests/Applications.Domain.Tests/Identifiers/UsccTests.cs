using Applications.Domain.Common;
using Applications.Domain.Identifiers;
using CsCheck;

namespace Applications.Domain.Tests.Identifiers;

public sealed class UsccTests
{
    private static readonly Gen<string> AnyCode =
        from division in Gen.OneOfConst(DivisionCodes.Cities.Concat(DivisionCodes.Counties).Select(d => d.Code).ToArray())
        from serial in Gen.Int[0, 9_999_999]
        from kind in Gen.OneOfConst("91", "12", "51", "93")
        select Uscc.Synthetic(division, serial, kind).Value;

    [Theory]
    [InlineData("91350200776049653A")]
    [InlineData("91350500798359476R")]
    [InlineData("91440101MA5CJQ4N59")]
    [InlineData("123502001549897397")]
    [InlineData("91370100MA3DEM0192")]
    [InlineData("91370200MA3DEM0272")]
    [InlineData("91370600MA3DEM035H")]
    [InlineData("91370700MA3DEM043H")]
    [InlineData("91371700MA3DEM051Q")]
    [InlineData("12370100MA3DEM06XA")]
    public void Check_LawfulCode_IsValid(string code)
    {
        var check = Uscc.Check(code);

        Assert.Null(check.Problem);
        Assert.True(check.IsValid);
        Assert.Empty(check.Message);
        Assert.Equal(code, Uscc.Parse(code).Value);
    }

    [Theory]
    [InlineData(null, UsccProblem.Missing)]
    [InlineData("   ", UsccProblem.Missing)]
    [InlineData("91370100MA3DEM019", UsccProblem.WrongLength)]
    [InlineData("91370100MA3DEM01922", UsccProblem.WrongLength)]
    [InlineData("91370100MA3DEMO192", UsccProblem.WrongCharacter)]
    [InlineData("9I370100MA3DEM0192", UsccProblem.WrongCharacter)]
    [InlineData("91370100MA3DEMS192", UsccProblem.WrongCharacter)]
    [InlineData("91370100MA3DEMV192", UsccProblem.WrongCharacter)]
    [InlineData("91370100MA3DEMZ192", UsccProblem.WrongCharacter)]
    [InlineData("91370100MA3DEM01济2", UsccProblem.WrongCharacter)]
    [InlineData("B1370100MA3DEM0192", UsccProblem.UnknownClass)]
    [InlineData("97370100MA3DEM0192", UsccProblem.UnknownClass)]
    [InlineData("91A70100MA3DEM0192", UsccProblem.WrongDivision)]
    [InlineData("91990100MA3DEM0192", UsccProblem.WrongDivision)]
    [InlineData("91370100MA3DEM0193", UsccProblem.WrongCheckCharacter)]
    [InlineData("91370100AM3DEM0192", UsccProblem.WrongCheckCharacter)]
    [InlineData("91350203M0001QAY9B", UsccProblem.WrongCheckCharacter)]
    public void Check_BadCode_SaysTheReason(string? code, UsccProblem problem)
    {
        var check = Uscc.Check(code);

        Assert.Equal(problem, check.Problem);
        Assert.False(check.IsValid);
        Assert.Contains("统一社会信用代码", check.Message, StringComparison.Ordinal);
        Assert.False(Uscc.TryParse(code, out _));
    }

    [Fact]
    public void Check_OrganisationCodeWrongButWholeCheckRight_SaysOrganisation()
    {
        // Position 17 changed from 9 to 8, position 18 computed anew.
        var check = Enumerable.Range(0, 31).Select(i => Uscc.Check("91370100MA3DEM018" + Uscc.Alphabet[i]))
            .Single(c => c.Problem != UsccProblem.WrongCheckCharacter);

        Assert.Equal(UsccProblem.WrongOrganisationCheck, check.Problem);
        Assert.True(check.MayBeOverridden);
    }

    [Theory]
    [InlineData("91350203M0001QAY9B", true)]
    [InlineData("91370100MA3DEM019", false)]
    [InlineData("91370100MA3DEMO192", false)]
    public void MayBeOverridden_OnlyForChecks(string code, bool expected) =>
        Assert.Equal(expected, Uscc.Check(code).MayBeOverridden);

    [Theory]
    [InlineData("91370100ma3dem0192")]
    [InlineData("  9137 0100 MA3D EM01 92 ")]
    [InlineData("913701-00MA3DEM01-92")]
    [InlineData("９１３７０１００ｍａ３ＤＥＭ０１９２")]
    public void Parse_WrittenOtherwise_IsNormalisedFirst(string text) =>
        Assert.Equal("91370100MA3DEM0192", Uscc.Parse(text).Value);

    [Fact]
    public void Parse_BadCode_BreaksRule()
    {
        var broken = Assert.Throws<RuleBrokenException>(() => Uscc.Parse("91370100MA3DEMO192"));

        Assert.Equal("uscc-invalid", broken.Code);
        Assert.Contains("第 15 位“O”", broken.Message, StringComparison.Ordinal);
        Assert.Contains("是否应为数字 0", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_ValidCode_GivesItsParts()
    {
        var code = Uscc.Parse("12370100MA3DEM06XA");

        Assert.Equal('1', code.Authority);
        Assert.Equal('2', code.OrganisationClass);
        Assert.Equal("370100", code.Division);
        Assert.Equal("MA3DEM06X", code.OrganisationCode);
        Assert.False(code.IsEnterprise);
        Assert.True(code.IsRegisteredInShandong);
        Assert.Equal(code, Uscc.Parse("12370100ma3dem06xa"));
    }

    [Theory]
    [InlineData("370100", 1, "91", "91370100MA3DEM0192")]
    [InlineData("370600", 3, "91", "91370600MA3DEM035H")]
    [InlineData("370100", 6, "12", "12370100MA3DEM06XA")]
    public void Synthetic_KnownSerial_GivesTheKnownCode(string division, int serial, string kind, string expected) =>
        Assert.Equal(expected, Uscc.Synthetic(division, serial, kind).Value);

    [Fact]
    public void Synthetic_ManySerials_AreDistinctAndMarked()
    {
        var codes = Enumerable.Range(0, 20_000).Select(i => Uscc.Synthetic("370100", i)).ToList();

        Assert.Equal(codes.Count, codes.Select(c => c.OrganisationCode).Distinct().Count());
        Assert.All(codes.Take(961), c => Assert.StartsWith("MA3DEM", c.OrganisationCode, StringComparison.Ordinal));
    }

    [Fact]
    public void Check_AnySyntheticCode_IsValid() => AnyCode.Sample(code => Uscc.Check(code).IsValid);

    [Fact]
    public void Check_OneCharacterChanged_NeverValidates() =>
        Gen.Select(AnyCode, Gen.Int[0, 17], Gen.OneOfConst(Uscc.Alphabet.ToCharArray()))
            .Where((code, place, character) => code[place] != character)
            .Sample((code, place, character) => !Uscc.Check(code[..place] + character + code[(place + 1)..]).IsValid);

    [Fact]
    public void Check_NeighboursExchanged_NeverValidates() =>
        Gen.Select(AnyCode, Gen.Int[0, 16])
            .Where((code, place) => code[place] != code[place + 1])
            .Sample((code, place) =>
                !Uscc.Check($"{code[..place]}{code[place + 1]}{code[place]}{code[(place + 2)..]}").IsValid);

    [Fact]
    public void Check_AnyText_NeverThrows() =>
        Gen.String.Sample(text => Uscc.Check(text).Message is not null);

    [Fact]
    public void Normalise_Twice_ChangesNothingMore() =>
        Gen.String.Sample(text => Uscc.Normalise(Uscc.Normalise(text)) == Uscc.Normalise(text));
}
