using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Applications.Domain.Workflow;

/// <summary>
/// Where a case or batch stands: the whole memory of the engine, stored with the case as JSON. Immutable; the engine returns a new one.
/// Names are sorted by their code points, so that the text is the same whatever language the machine speaks.
/// </summary>
public sealed record WorkflowState
{
    /// <summary>The definition version this state belongs to.</summary>
    [JsonPropertyName("d")]
    public required string DefinitionId { get; init; }

    /// <summary>How it ended (the id of the End), or null while it runs.</summary>
    [JsonPropertyName("r")]
    public string? Result { get; init; }

    /// <summary>The number the next token will get; never used twice, so a stale click can never hit a new round.</summary>
    [JsonPropertyName("n")]
    public int NextToken { get; init; } = 1;

    /// <summary>What is being waited for, oldest first.</summary>
    [JsonPropertyName("t")]
    public ImmutableArray<Token> Tokens { get; init; } = [];

    [JsonPropertyName("v")]
    [JsonConverter(typeof(OrdinalMapConverter<JsonElement>))]
    public ImmutableSortedDictionary<string, JsonElement> Variables
    {
        get;
        init => field = value.WithComparers(StringComparer.Ordinal);
    } = ImmutableSortedDictionary.Create<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>How often each <c>activity:outcome</c> was taken.</summary>
    [JsonPropertyName("u")]
    [JsonConverter(typeof(OrdinalMapConverter<int>))]
    public ImmutableSortedDictionary<string, int> Uses
    {
        get;
        init => field = value.WithComparers(StringComparer.Ordinal);
    } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>Working days already spent at an activity whose clock stops while the case is elsewhere.</summary>
    [JsonPropertyName("c")]
    [JsonConverter(typeof(OrdinalMapConverter<int>))]
    public ImmutableSortedDictionary<string, int> ClockUsed
    {
        get;
        init => field = value.WithComparers(StringComparer.Ordinal);
    } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>Which branches have reached each join.</summary>
    [JsonPropertyName("j")]
    [JsonConverter(typeof(OrdinalMapConverter<ImmutableArray<string>>))]
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Arrived
    {
        get;
        init => field = value.WithComparers(StringComparer.Ordinal);
    } = ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    [JsonIgnore]
    public bool IsFinished => Result is not null;

    /// <summary>The waiting token with this number, or null when it has been used or never was.</summary>
    public Token? Find(int token)
    {
        foreach (var candidate in Tokens)
        {
            if (candidate.Id == token)
            {
                return candidate;
            }
        }

        return null;
    }

    public int UsesOf(string activity, string outcome) => Uses.GetValueOrDefault($"{activity}:{outcome}");
}

/// <summary>A place where the flow waits.</summary>
/// <param name="Id">Number within the case, never reused.</param>
/// <param name="Activity">The blocking activity's id.</param>
/// <param name="Since">UTC.</param>
/// <param name="Due">UTC, when there is a limit.</param>
public sealed record Token(
    [property: JsonPropertyName("i")] int Id,
    [property: JsonPropertyName("a")] string Activity,
    [property: JsonPropertyName("s")] DateTime Since,
    [property: JsonPropertyName("e")] DateTime? Due)
{
    /// <summary>Those who act side by side at this place (a panel's experts); empty where one actor decides.</summary>
    [JsonPropertyName("p")]
    public ImmutableArray<Participant> Participants { get; init; } = [];
}

/// <summary>One of several who act at the same place; <paramref name="Outcome"/> is null until that one has acted.</summary>
public sealed record Participant(
    [property: JsonPropertyName("k")] string Key,
    [property: JsonPropertyName("o")] string? Outcome);
