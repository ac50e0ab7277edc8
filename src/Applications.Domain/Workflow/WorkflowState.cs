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

    /// <summary>Decisions that can still be taken back, because nobody has acted on what followed from them.</summary>
    [JsonIgnore]
    public ImmutableArray<Undo> Undos { get; init; } = [];

    /// <summary>Nearly every state has none, and then says nothing of it.</summary>
    [JsonInclude]
    [JsonPropertyName("b")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal ImmutableArray<Undo>? StoredUndos
    {
        get => Undos.IsEmpty ? null : Undos;
        init => Undos = value ?? [];
    }

    /// <summary>UTC since when the case is stayed (中止), or null.</summary>
    [JsonPropertyName("x")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? SuspendedSince { get; init; }

    [JsonIgnore]
    public bool IsFinished => Result is not null;

    [JsonIgnore]
    public bool IsSuspended => SuspendedSince is not null;

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

    /// <summary>Those whom the holder asked to sign as well (加签).</summary>
    [JsonIgnore]
    public ImmutableArray<Signer> Signers { get; init; } = [];

    /// <summary>Nearly every token has none, and then says nothing of it.</summary>
    [JsonInclude]
    [JsonPropertyName("g")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal ImmutableArray<Signer>? StoredSigners
    {
        get => Signers.IsEmpty ? null : Signers;
        init => Signers = value ?? [];
    }

    /// <summary>The holder's decision while it waits for signers; null until he has decided.</summary>
    [JsonPropertyName("o")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Chosen { get; init; }

    /// <summary>True when neither a participant nor a signer has acted or been asked here.</summary>
    [JsonIgnore]
    public bool IsUntouched => Chosen is null && Signers.IsEmpty && Participants.All(p => p.Outcome is null);

    /// <summary>The signers who have to act now: those asked afterwards only once the holder has decided.</summary>
    public IEnumerable<Signer> OpenSigners() => Signers.Where(s => s.Outcome is null && (s.Position != SignerPosition.After || Chosen is not null));
}

/// <summary>One of several who act at the same place; <paramref name="Outcome"/> is null until that one has acted.</summary>
public sealed record Participant(
    [property: JsonPropertyName("k")] string Key,
    [property: JsonPropertyName("o")] string? Outcome);

/// <summary>When an added signer (加签) signs, seen from the holder who asked him.</summary>
public enum SignerPosition
{
    /// <summary>前加签: before the holder may decide.</summary>
    Before,

    /// <summary>并行加签: at the same time; the decision takes effect when both have acted.</summary>
    Parallel,

    /// <summary>后加签: after the holder's decision, which takes effect with the signature.</summary>
    After,
}

/// <summary>An added signer; <paramref name="Outcome"/> is null until he has signed (<see cref="Approvals.Agree"/>, <see cref="Approvals.Object"/>).</summary>
public sealed record Signer(
    [property: JsonPropertyName("k")] string Key,
    [property: JsonPropertyName("w")] SignerPosition Position,
    [property: JsonPropertyName("o")] string? Outcome);

/// <summary>What must be known to take a decision back (撤回).</summary>
/// <param name="Token">The token that was completed.</param>
/// <param name="Activity">Where.</param>
/// <param name="Outcome">What was decided.</param>
/// <param name="Since">UTC, since when it had waited.</param>
/// <param name="Due">The limit it had.</param>
public sealed record Undo(
    [property: JsonPropertyName("k")] int Token,
    [property: JsonPropertyName("a")] string Activity,
    [property: JsonPropertyName("o")] string Outcome,
    [property: JsonPropertyName("s")] DateTime Since,
    [property: JsonPropertyName("e")] DateTime? Due)
{
    /// <summary>Working days that counted at the activity before.</summary>
    [JsonPropertyName("p")]
    public int ClockBefore { get; init; }

    /// <summary>The tokens that followed.</summary>
    [JsonPropertyName("n")]
    public ImmutableArray<int> Opened { get; init; } = [];

    /// <summary>The joins it reached, with the arrow it came by.</summary>
    [JsonPropertyName("j")]
    public ImmutableArray<JoinArrival> Arrivals { get; init; } = [];

    /// <summary>Variables that were set, with the values they had.</summary>
    [JsonPropertyName("v")]
    public ImmutableArray<KeyValuePair<string, JsonElement>> Variables { get; init; } = [];

    /// <summary>Commands that were carried out, in order; each has one that undoes it.</summary>
    [JsonPropertyName("c")]
    public ImmutableArray<string> Commands { get; init; } = [];

    /// <summary>True while all that followed still waits untouched.</summary>
    internal bool IsOpen(WorkflowState state) =>
        !state.IsFinished
        && Opened.All(id => state.Find(id) is { IsUntouched: true })
        && Arrivals.All(a => state.Arrived.GetValueOrDefault(a.Join, []).Contains(a.Arrow));
}

/// <summary>A branch at a join.</summary>
public sealed record JoinArrival([property: JsonPropertyName("j")] string Join, [property: JsonPropertyName("a")] string Arrow);
