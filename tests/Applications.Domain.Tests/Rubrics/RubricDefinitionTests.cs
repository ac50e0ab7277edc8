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

    private const string TwoRounds = """
        {
          "id": "small", "version": 1, "title": "Small",
          "rounds": [{ "key": "paper", "title": "书面评审", "weight": 60 }, { "key": "defence", "title": "答辩", "weight": 40 }],
          "groups": [
            { "key": "a", "title": "A", "round": "paper", "criteria": [{ "key": "a1", "title": "A1", "weight": 100, "scoring": "expert", "guidance": "a", "tag": "default" }] },
            { "key": "b", "title": "B", "round": "defence", "criteria": [{ "key": "b1", "title": "B1", "weight": 70, "scoring": "expert", "guidance": "b", "tag": "default" }] },
            { "key": "c", "title": "C", "round": "defence", "criteria": [{ "key": "c1", "title": "C1", "weight": 30, "scoring": "expert", "guidance": "c", "tag": "default" }] }
          ],
          "grades": [{ "from": 0, "label": "不合格" }],
          "sheet": { "commentBelow": 60, "commentAbove": 95, "commentLength": 50 },
          "tally": { "dropFrom": 5, "spreadLimit": 20, "deviationLimit": 10 }
        }
        """;

    [Fact]
    public void ForRound_KeepsOnlyWhatIsScoredInIt()
    {
        var rubric = RubricDefinition.Parse(TwoRounds, "rubric.json", Folders.OneTechnology.Form);

        Assert.Equal(["a1"], rubric.ForRound("paper").Criteria.Select(c => c.Key));
        Assert.Equal(["b1", "c1"], rubric.ForRound("defence").Criteria.Select(c => c.Key));
        Assert.Empty(new ScoreSheet { Scores = new Dictionary<string, int> { ["b1"] = 6500, ["c1"] = 2500 } }.Validate(rubric.ForRound("defence")));
        Assert.Equal([ReviewRound.Only], Folders.OneTechnology.Rubric.AllRounds);
    }

    [Theory]
    [InlineData("\"weight\": 60", "\"weight\": 61", "$.rounds", "sum to 101")]
    [InlineData("\"weight\": 70", "\"weight\": 69", "$.groups", "'defence' sum to 99")]
    [InlineData("\"round\": \"paper\"", "\"round\": \"site\"", "$.groups[0].round", "no round 'site'")]
    [InlineData("\"round\": \"paper\", ", "", "$.groups[0].round", "no round 'review'")]
    [InlineData("\"key\": \"defence\"", "\"key\": \"paper\"", "$.rounds[1].key", "twice")]
    [InlineData("\"key\": \"defence\"", "\"key\": \"Defence\"", "$.rounds[1].key", "lower case")]
    public void Parse_FlawedRounds_SaysPlaceAndReason(string sound, string flawed, string place, string reason)
    {
        var json = TwoRounds.Replace(sound, flawed, StringComparison.Ordinal);

        var refused = Assert.Throws<DefinitionException>(() => RubricDefinition.Parse(json, "rubric.json", Folders.OneTechnology.Form));

        Assert.Contains(refused.Problems, p => p.Place == place && p.Reason.Contains(reason, StringComparison.Ordinal));
    }
}
