using System.Text.Json.Nodes;

namespace Applications.Domain.Forms.Fields;

internal sealed class NumberType : FieldType
{
    public override JsonNode? Bind(FieldDefinition field, IReadOnlyList<string> raw)
    {
        var text = Last(raw);
        if (text.Length == 0)
        {
            return null;
        }

        if (!Typed.TryNumber(text, out var number))
        {
            return JsonValue.Create(text);
        }

        return number == decimal.Truncate(number) && Math.Abs(number) < long.MaxValue ? JsonValue.Create((long)number) : JsonValue.Create(number);
    }

    public override string? Check(FieldDefinition field, JsonNode node, out object? value)
    {
        value = null;
        var whole = field.Kind is FieldKind.Integer;
        if (!Typed.TryStored(node, out var number))
        {
            return whole ? $"{field.Label}应为整数。" : $"{field.Label}应为数字。";
        }

        if (whole && (number != decimal.Truncate(number) || Math.Abs(number) > int.MaxValue))
        {
            return $"{field.Label}应为整数。";
        }

        var decimals = field.Decimals ?? 2;
        if (!whole && decimal.Round(number, decimals) != number)
        {
            return $"{field.Label}最多{decimals}位小数。";
        }

        if (RangeProblem(field, number) is { } problem)
        {
            return problem;
        }

        value = whole ? (long)number : number;
        return null;
    }

    public override string Raw(FieldDefinition field, JsonNode node) => Typed.TryStored(node, out var number) ? Typed.Plain(number) : base.Raw(field, node);

    public override string Show(FieldDefinition field, JsonNode node) =>
        Typed.TryStored(node, out var number)
            ? Typed.WithUnit(number, field.Unit)
            : base.Raw(field, node);

    internal static string? RangeProblem(FieldDefinition field, decimal number)
    {
        var unit = field.Kind is FieldKind.Money ? "万元" : field.Unit;
        return number < field.Min ? $"{field.Label}不能小于{Typed.Plain(field.Min.Value)}{unit}。"
            : number > field.Max ? $"{field.Label}不能大于{Typed.Plain(field.Max.Value)}{unit}。"
            : null;
    }
}
