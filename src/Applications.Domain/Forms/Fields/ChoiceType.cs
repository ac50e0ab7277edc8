using System.Text.Json.Nodes;

namespace Applications.Domain.Forms.Fields;

internal sealed class ChoiceType : FieldType
{
    public override JsonNode? Bind(FieldDefinition field, IReadOnlyList<string> raw)
    {
        if (!field.Multiple)
        {
            return Last(raw) is { Length: > 0 } text ? JsonValue.Create(text) : null;
        }

        var chosen = raw.Select(Typed.Clean).Where(v => v.Length > 0).Distinct().Select(v => (JsonNode?)JsonValue.Create(v)).ToArray();
        return chosen.Length == 0 ? null : new JsonArray(chosen);
    }

    public override string? Check(FieldDefinition field, JsonNode node, out object? value)
    {
        value = null;
        if (!field.Multiple)
        {
            if (AsText(node) is { } one && IsOption(field, one))
            {
                value = one;
                return null;
            }

            return $"请从选项中选择{field.Label}。";
        }

        var chosen = (node as JsonArray)?.Select(n => n is null ? null : AsText(n)).ToList();
        if (chosen is null || chosen.Any(c => c is null || !IsOption(field, c)) || chosen.Distinct().Count() != chosen.Count)
        {
            return $"请从选项中选择{field.Label}。";
        }

        value = chosen.Select(c => c!).ToList();
        return null;
    }

    public override string Raw(FieldDefinition field, JsonNode node) =>
        node is JsonArray many ? string.Join(",", many.Select(n => n is null ? string.Empty : AsText(n))) : base.Raw(field, node);

    public override string Show(FieldDefinition field, JsonNode node) => node is JsonArray many
        ? string.Join("、", many.Select(n => n is null ? string.Empty : Label(field, AsText(n) ?? n.ToJsonString())))
        : Label(field, base.Raw(field, node));

    public override string MissingMessage(FieldDefinition field) => $"请选择{field.Label}。";

    private static bool IsOption(FieldDefinition field, string value) => field.Options.Any(o => o.Value == value);

    private static string Label(FieldDefinition field, string value) => field.Options.FirstOrDefault(o => o.Value == value)?.Label ?? value;
}
