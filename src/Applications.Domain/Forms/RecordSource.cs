using System.Text.Json;
using System.Text.Json.Nodes;
using Applications.Domain.Common;
using Applications.Domain.Expressions;

namespace Applications.Domain.Forms;

/// <summary>The enterprise's record for one filling of a form; what is not asked for is not worked out.</summary>
internal sealed class RecordSource(FormScope scope) : IDisposable
{
    private JsonObject? json;
    private ScriptSession? session;

    /// <summary>What the record gives <paramref name="field"/>; null when it gives nothing.</summary>
    public JsonNode? Get(FieldDefinition field) => field.Prefill is { } path ? Find(path) : Node((session ??= FormSession.Open(scope)).TryEvaluate(field.PrefillBy!));

    public void Dispose() => session?.Dispose();

    private JsonNode? Find(string path)
    {
        JsonNode? node = json ??= new JsonObject
        {
            ["enterprise"] = JsonSerializer.SerializeToNode(scope.Enterprise, DefinitionJson.Options),
            ["figures"] = JsonSerializer.SerializeToNode(scope.LastYears(), DefinitionJson.Options),
        };
        foreach (var (name, index) in FormPrefill.Steps(path))
        {
            node = (node as JsonObject)?[name];
            node = index is not { } i ? node : node is JsonArray list && i < list.Count ? list[i] : null;
        }

        return node;
    }

    /// <summary>A script's result as an answer: whole numbers as such, members without a value left out.</summary>
    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        bool yes => JsonValue.Create(yes),
        string text => JsonValue.Create(text),
        double number => number == Math.Floor(number) && Math.Abs(number) < 1e15 ? JsonValue.Create((long)number) : JsonValue.Create((decimal)number),
        IReadOnlyDictionary<string, object?> members => new JsonObject(members.Where(m => m.Value is not null).Select(m => KeyValuePair.Create(m.Key, Node(m.Value)))),
        IEnumerable<object?> list => new JsonArray([.. list.Select(Node)]),
        _ => null,
    };
}
