using Applications.Domain.Common;
using Applications.Domain.Rubrics;
using Applications.Domain.Tests.Programmes;

namespace Applications.Domain.Tests.Rubrics;

public sealed class RubricDefinitionTests
{
    [Theory]
    [InlineData("\"weight\": 12", "\"weight\": 13", "$.groups", "sum to 101")]
    [InlineData("\"key\": \"seniorStaff\"", "\"key\": \"rdStaffShare\"", "$.groups[0].criteria[3].key", "used twice")]
    [InlineData("computed.rdStaffRatio", "computed.rdStafRatio", "$.groups[0].criteria[2].measure", "computed.rdStafRatio")]
    [InlineData("\"floor\": 0.02", "\"floor\": 0.2", "$.groups[0].criteria[2].full", "below full")]
    [InlineData("\"dropFrom\": 5", "\"dropFrom\": 2", "$.tally.dropFrom", "three sheets")]
    public void Parse_Flawed_SaysPlaceAndReason(string sound, string flawed, string place, string reason)
    {
        var json = Folders.Read(Folders.Main, "rubric.json");
        var at = json.IndexOf(sound, StringComparison.Ordinal);
        json = json.Remove(at, sound.Length).Insert(at, flawed);

        var refused = Assert.Throws<DefinitionException>(() => RubricDefinition.Parse(json, "rubric.json", Folders.OneTechnology.Form));

        Assert.Contains(refused.Problems, p => p.Place == place && p.Reason.Contains(reason, StringComparison.Ordinal));
    }
}
