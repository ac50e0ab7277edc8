using System.Text.Json.Nodes;

namespace Applications.Domain.Forms.Fields;

internal sealed class YesNoType : FieldType
{
    public override JsonNode? Bind(FieldDefinition field, IReadOnlyList<string> raw) => Last(raw) switch
    {
        "" => null,
        "true" or "True" or "是" or "yes" or "on" => JsonValue.Create(true),
        "false" or "False" or "否" or "no" => JsonValue.Create(false),
        var text => JsonValue.Create(text),
    };

    public override string? Check(FieldDefinition field, JsonNode node, out object? value)
    {
        value = node is JsonValue json && json.TryGetValue<bool>(out var yes) ? yes : null;
        return value is null ? $"{field.Label}请选择“是”或“否”。" : null;
    }

    public override string Raw(FieldDefinition field, JsonNode node) =>
        node is JsonValue json && json.TryGetValue<bool>(out var yes) ? (yes ? "true" : "false") : base.Raw(field, node);

    public override string Show(FieldDefinition field, JsonNode node) =>
        node is JsonValue json && json.TryGetValue<bool>(out var yes) ? (yes ? "是" : "否") : base.Raw(field, node);

    public override string MissingMessage(FieldDefinition field) => $"请选择{field.Label}。";
}

internal sealed class DeclarationType : FieldType
{
    public override JsonNode? Bind(FieldDefinition field, IReadOnlyList<string> raw) =>
        Last(raw) is "true" or "True" or "on" ? JsonValue.Create(true) : null;

    public override string? Check(FieldDefinition field, JsonNode node, out object? value)
    {
        value = node is JsonValue json && json.TryGetValue<bool>(out var ticked) && ticked ? true : null;
        return value is null ? MissingMessage(field) : null;
    }

    public override string Raw(FieldDefinition field, JsonNode node) =>
        node is JsonValue json && json.TryGetValue<bool>(out var ticked) && ticked ? "true" : string.Empty;

    public override string Show(FieldDefinition field, JsonNode node) => Raw(field, node).Length > 0 ? "已确认" : "未确认";

    public override string MissingMessage(FieldDefinition field) => $"请阅读并勾选“{field.Label}”。";
}
