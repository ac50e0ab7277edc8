using System.Collections.Immutable;
using System.Globalization;
using Applications.Domain.Workflow;

namespace Applications.Domain.Tests.Workflow;

/// <summary>The state as text. It lies in databases for years, so its names are part of the product.</summary>
public sealed class WorkflowStateTests
{
    private const string Stored = """
        {"d":"small.v1","n":4,"t":[{"i":3,"a":"review","s":"2026-11-23T01:00:00Z","e":"2026-12-07T16:00:00Z","p":[{"k":"ann","o":"Score"},{"k":"bob"}]}],"v":{"Round":2},"u":{"check:Return":1},"c":{"check":3},"j":{"join":["a:Ok"]}}
        """;

    private static WorkflowState Sample => new()
    {
        DefinitionId = "small.v1",
        NextToken = 4,
        Tokens = [new(3, "review", Play.Monday, new DateTime(2026, 12, 7, 16, 0, 0, DateTimeKind.Utc)) { Participants = [new("ann", "Score"), new("bob", null)] }],
        Variables = ImmutableSortedDictionary<string, System.Text.Json.JsonElement>.Empty.Add("Round", System.Text.Json.JsonSerializer.SerializeToElement(2)),
        Uses = ImmutableSortedDictionary<string, int>.Empty.Add("check:Return", 1),
        ClockUsed = ImmutableSortedDictionary<string, int>.Empty.Add("check", 3),
        Arrived = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("join", ["a:Ok"]),
    };

    [Fact]
    public void Serialize_State_IsTheTextThatDatabasesHold() => Assert.Equal(Stored, Sample.Text());

    [Fact]
    public void Deserialize_StoredText_GivesTheSameState()
    {
        var state = Described.State(Stored);

        Assert.Equal(Stored, state.Text());
        Assert.Equal(DateTimeKind.Utc, state.Find(3)!.Since.Kind);
        Assert.Equal("Score", state.Find(3)!.Participants[0].Outcome);
        Assert.Null(state.Find(3)!.Participants[1].Outcome);
    }

    [Fact]
    public void Deserialize_LeastText_IsAFreshState()
    {
        var state = Described.State("""{"d":"small.v1"}""");

        Assert.Equal(1, state.NextToken);
        Assert.Empty(state.Tokens);
        Assert.False(state.IsFinished);
        Assert.Null(state.Find(1));
    }

    /// <summary>Czech sorts "ch" behind "h"; the text of a state must not depend on where it was written.</summary>
    [Fact]
    public void Serialize_InAnotherCulture_IsTheSameText()
    {
        var here = CultureInfo.CurrentCulture;
        try
        {
            string[] cultures = ["", "cs-CZ", "zh-CN"];
            var texts = cultures.Select(culture =>
            {
                CultureInfo.CurrentCulture = new CultureInfo(culture);
                var uses = ImmutableSortedDictionary<string, int>.Empty.Add("cz:A", 1).Add("ch:A", 1).Add("ch:a", 1).Add("Ch:A", 1).Add("h:A", 1);
                return (new WorkflowState { DefinitionId = "x", Uses = uses } with { ClockUsed = uses }).Restored().Text();
            }).ToList();

            Assert.Contains("""{"Ch:A":1,"ch:A":1,"ch:a":1,"cz:A":1,"h:A":1}""", texts[0], StringComparison.Ordinal);
            Assert.All(texts, t => Assert.Equal(texts[0], t));
        }
        finally
        {
            CultureInfo.CurrentCulture = here;
        }
    }
}
