using System.Text.Json.Nodes;
using Applications.Domain.Forms.Lists;

namespace Applications.Domain.Forms.Fields;

/// <summary>An entry of a code list: the code is stored, the label is typed and read.</summary>
internal sealed class CodeType : FieldType
{
    public override JsonNode? Bind(FieldDefinition field, IReadOnlyList<string> raw) =>
        Last(raw) is { Length: > 0 } text ? JsonValue.Create(ListOf(field).Resolve(text) ?? text) : null;

    public override string? Check(FieldDefinition field, JsonNode node, out object? value)
    {
        value = null;
        var list = ListOf(field);
        if (AsText(node) is not { } text)
        {
            return $"{field.Label}应为{list.Title}的代码。";
        }

        // What comes from the profile was checked there.
        var problem = field.ReadOnly || list.ProblemOf(text, field.Under) is not { } reason ? null : field.Label + reason;
        value = problem is null ? text : null;
        return problem;
    }

    public override string Raw(FieldDefinition field, JsonNode node)
    {
        var text = base.Raw(field, node);
        return ListOf(field) is var list && list.Find(text) is { } entry ? list.LabelOf(entry) : text;
    }

    public override string MissingMessage(FieldDefinition field) => $"请选择{field.Label}。";

    private static CodeList ListOf(FieldDefinition field) => CodeLists.Find(field.List)!;
}
