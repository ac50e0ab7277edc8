using System.Text.Json;
using Applications.Domain.Common;
using Applications.Domain.Expressions;

namespace Applications.Domain.Workflow;

/// <summary>Reads an activity's inputs in Elsa's forms: a bare JSON value, or <c>{typeName, expression: {type, value}}</c>.</summary>
internal static class ActivityInputs
{
    private static readonly HashSet<string> Furniture = new(StringComparer.Ordinal)
    {
        "id", "nodeId", "name", "type", "version", "customProperties", "metadata", "_type", "result",
    };

    public static IReadOnlyDictionary<string, ActivityInput> Read(
        JsonElement activity, ActivityKind kind, string file, string id, List<DefinitionProblem> problems)
    {
        var inputs = new Dictionary<string, ActivityInput>(StringComparer.Ordinal);
        foreach (var property in activity.EnumerateObject().Where(p => !Furniture.Contains(p.Name) && p.Value.ValueKind != JsonValueKind.Null))
        {
            if (kind.Inputs.FirstOrDefault(i => i.Name == property.Name) is not { } spec)
            {
                problems.Add(new DefinitionProblem(file, id, $"{kind.Type} has no input '{property.Name}'."));
                continue;
            }

            try
            {
                if (One(property.Value, spec.Type) is { } input)
                {
                    inputs.Add(property.Name, input);
                }
            }
            catch (Exception e) when (e is ScriptException or JsonException or NotSupportedException)
            {
                problems.Add(new DefinitionProblem(file, id, $"Input '{property.Name}': {e.Message}"));
            }
        }

        return inputs;
    }

    private static ActivityInput? One(JsonElement value, InputType inputType)
    {
        if (value.ValueKind != JsonValueKind.Object || inputType == InputType.Variable)
        {
            return new ActivityInput(value.Clone(), null);
        }

        if (!value.TryGetProperty("expression", out var expression))
        {
            throw new NotSupportedException("An object is given as the text of an expression of type Object; Elsa reads a bare one as unset.");
        }

        if (!value.TryGetProperty("typeName", out _))
        {
            throw new NotSupportedException("An input in object form needs a typeName, or Elsa reads it as unset.");
        }

        var type = Text(Member(expression, "type"));
        var content = Member(expression, "value");
        return type switch
        {
            "Literal" => content.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : new ActivityInput(content.Clone(), null),
            "Object" or "Json" => new ActivityInput(JsonDocument.Parse(Source(), WorkflowLoader.Strict).RootElement, null),
            "JavaScript" => new ActivityInput(default, Script.Parse(Source())),
            _ => throw new NotSupportedException($"Expressions of type '{type}' are outside the subset; use Literal, Object or JavaScript."),
        };

        string Source() => Text(content) ?? throw new NotSupportedException($"An expression of type '{type}' needs a text.");
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static string? Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;
}
