using Applications.Domain.Common;
using Applications.Domain.Forms;

namespace Applications.Domain.Tests.Forms;

public sealed class FormDefinitionTests
{
    [Theory]
    [InlineData("\"key\": \"count\"", "\"key\": \"name\"", "$.sections[0].fields[1].key", "used twice")]
    [InlineData("\"key\": \"two\"", "\"key\": \"one\"", "$.sections[1].key", "used twice")]
    [InlineData("\"key\": \"pieces\"", "\"key\": \"price\"", "$.sections[1].fields[0].columns[2].key", "used twice")]
    [InlineData("\"key\": \"count\"", "\"key\": \"Count-1\"", "$.sections[0].fields[1].key", "camelCase")]
    [InlineData("answers.more === true", "answers.mroe === true", "$.sections[0].fields[8].visibleWhen", "answers.mroe")]
    [InlineData("sum(answers.items, i => i.amount)", "sum(answers.items, i => i.amonut)", "$.sections[1].fields[1].expression", "amonut")]
    [InlineData("ratio(computed.total", "ratio(computed.share", "$.sections[1].fields[2].expression", "computed.share")]
    [InlineData("row.price * row.pieces", "row.price * row.peices", "$.sections[1].fields[0].columns[3].expression", "row.peices")]
    [InlineData("row.pieces > 0", "rwo.pieces > 0", "$.checks[1].expression", "rwo")]
    [InlineData("answers.items.length > 0", "fetch('x') > 0", "$.sections[1].fields[3].requiredWhen", "fetch")]
    [InlineData("answers.items.length > 0", "answers.items.length >", "$.sections[1].fields[3].requiredWhen", "Unexpected")]
    [InlineData("figures[0].rdSpend", "figures[0].rdSpent", "$.sections[0].fields[3].prefill", "leads nowhere")]
    [InlineData("\"prefill\": \"enterprise.name\"", "\"prefill\": \"enterprise\"", "$.sections[0].fields[0].prefill", "leads nowhere")]
    [InlineData("\"field\": \"capital\"", "\"field\": \"capitol\"", "$.checks[0].field", "capitol")]
    [InlineData("\"column\": \"pieces\"", "\"column\": \"peaces\"", "$.checks[1].column", "peaces")]
    [InlineData("\"accept\": [\".pdf\"], ", "", "$.sections[1].fields[3].accept", "accepted")]
    [InlineData("\"statement\": \"属实。\", ", "", "$.sections[1].fields[4].statement", "statement")]
    [InlineData("\"kind\": \"date\"", "\"kind\": \"day\"", "$.sections[0].fields[4].kind", "")]
    [InlineData("\"max\": 100", "\"maximum\": 100", "$.sections[0].fields[1].maximum", "")]
    [InlineData("\"version\": 1,", "", "$", "version")]
    [InlineData("\"version\": 1,", "\"version\": 1, \"version\": 2,", "$", "")]
    public void Parse_Flawed_SaysFilePlaceAndReason(string sound, string flawed, string place, string reason)
    {
        Assert.Contains(sound, SmallForm.Json, StringComparison.Ordinal);
        var at = SmallForm.Json.IndexOf(sound, StringComparison.Ordinal);
        var json = SmallForm.Json.Remove(at, sound.Length).Insert(at, flawed);

        var refused = Assert.Throws<DefinitionException>(() => FormDefinition.Parse(json, "small.json"));

        Assert.Contains(refused.Problems, p => p.File == "small.json" && p.Place.StartsWith(place, StringComparison.Ordinal) && p.Reason.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_SeveralFlaws_SaysAllOfThem()
    {
        var json = SmallForm.Json.Replace("answers.more", "answers.mroe", StringComparison.Ordinal).Replace("\"key\": \"count\"", "\"key\": \"name\"", StringComparison.Ordinal);

        var refused = Assert.Throws<DefinitionException>(() => FormDefinition.Parse(json, "small.json"));

        Assert.Equal(2, refused.Problems.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    public void Parse_NotAForm_IsRefused(string json) =>
        Assert.Throws<DefinitionException>(() => FormDefinition.Parse(json, "small.json"));
}
