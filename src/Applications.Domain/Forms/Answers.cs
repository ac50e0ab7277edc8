using System.Text.Json;
using System.Text.Json.Nodes;

namespace Applications.Domain.Forms;

/// <summary>
/// What an applicant has filled in so far: a JSON object by field key. Numbers stand as numbers (money in 分), dates as
/// <c>yyyy-MM-dd</c>, tables as arrays of objects. What did not parse stays as the text that was typed, so nothing is lost;
/// <see cref="AnswerChecker"/> says so.
/// </summary>
public sealed class Answers(JsonObject json)
{
    /// <summary>The member of a table row that holds its stable key.</summary>
    public const string RowKey = "_key";

    public Answers()
        : this([])
    {
    }

    public JsonObject Json { get; } = json;

    public JsonNode? this[string fieldKey]
    {
        get => Json[fieldKey];
        set => Json[fieldKey] = value;
    }

    /// <summary>Reads stored or posted JSON.</summary>
    /// <exception cref="JsonException">The text is not a JSON object, repeats a member, or holds a NUL, which PostgreSQL cannot store.</exception>
    public static Answers Parse(string json)
    {
        var node = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 16 });
        if (json.Contains("\\u0000", StringComparison.Ordinal) && HoldsNul(node))
        {
            throw new JsonException("The answers hold a NUL character.");
        }

        return node is JsonObject obj ? new Answers(obj) : throw new JsonException("The answers must be a JSON object.");
    }

    /// <summary>The rows of a table; empty when there are none or something else stands there.</summary>
    public IReadOnlyList<JsonObject> Rows(string tableKey) =>
        Json[tableKey] is JsonArray rows ? [.. rows.OfType<JsonObject>()] : [];

    public string ToJson() => Json.ToJsonString(Common.DefinitionJson.Options);

    private static bool HoldsNul(JsonNode? node) => node switch
    {
        JsonObject obj => obj.Any(p => p.Key.Contains('\0', StringComparison.Ordinal) || HoldsNul(p.Value)),
        JsonArray array => array.Any(HoldsNul),
        JsonValue value => value.TryGetValue<string>(out var text) && text.Contains('\0', StringComparison.Ordinal),
        _ => false,
    };

    public Answers Clone() => new((JsonObject)Json.DeepClone());
}

/// <summary>An attachment as the checker needs it; its content is checked where it is stored.</summary>
/// <param name="Trouble">Why it cannot be handed in as it is, said after its name; null when nothing is wrong.</param>
public sealed record AnswerFile(string Name, long Size, string? Trouble = null);
