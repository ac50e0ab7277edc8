using System.Text.Json.Nodes;

namespace Applications.Domain.Forms.Fields;

internal sealed class MoneyType : FieldType
{
    public override JsonNode? Bind(FieldDefinition field, IReadOnlyList<string> raw)
    {
        var text = Last(raw);
        return text.Length == 0 ? null
            : Typed.TryNumber(text, out var wan) && Typed.TryFen(wan, out var fen) ? JsonValue.Create(fen)
            : JsonValue.Create(text);
    }

    public override string? Check(FieldDefinition field, JsonNode node, out object? value)
    {
        value = null;
        if (!Typed.TryStored(node, out var fen))
        {
            return AsText(node) is { } text && Typed.TryNumber(text, out _)
                ? $"{field.Label}以万元填写，最多6位小数，且不超过10亿万元。"
                : $"{field.Label}应为数字，以万元填写。";
        }

        if (!Typed.IsFen(fen))
        {
            return $"{field.Label}应精确到分。";
        }

        var wan = fen / Typed.FenPerWan;
        var decimals = field.Decimals ?? 6;
        if (decimal.Round(wan, decimals) != wan)
        {
            return $"{field.Label}以万元填写，最多{decimals}位小数。";
        }

        if (NumberType.RangeProblem(field, wan) is { } problem)
        {
            return problem;
        }

        value = (long)fen;
        return null;
    }

    public override string Raw(FieldDefinition field, JsonNode node) =>
        Typed.TryStored(node, out var fen) && Typed.IsFen(fen) ? Typed.Plain(fen / Typed.FenPerWan) : base.Raw(field, node);

    public override string Show(FieldDefinition field, JsonNode node) =>
        Typed.TryStored(node, out var fen) && Typed.IsFen(fen) ? $"{Typed.Grouped(fen / Typed.FenPerWan)} 万元" : base.Raw(field, node);
}
