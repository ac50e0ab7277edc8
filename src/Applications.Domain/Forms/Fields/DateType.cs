using System.Globalization;
using System.Text.Json.Nodes;

namespace Applications.Domain.Forms.Fields;

internal sealed class DateType : FieldType
{
    public override JsonNode? Bind(FieldDefinition field, IReadOnlyList<string> raw)
    {
        var text = Last(raw);
        return text.Length == 0 ? null
            : JsonValue.Create(Typed.TryDate(text, out var date) ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : text);
    }

    public override string? Check(FieldDefinition field, JsonNode node, out object? value)
    {
        value = null;
        if (!TryRead(node, out var date))
        {
            return $"{field.Label}应为日期，例如 2024-05-31。";
        }

        if (date.Year is < 1900 or > 2200)
        {
            return $"{field.Label}的年份不正确。";
        }

        value = date;
        return null;
    }

    public override string Show(FieldDefinition field, JsonNode node) =>
        TryRead(node, out var date) ? date.ToString("yyyy年M月d日", CultureInfo.InvariantCulture) : Raw(field, node);

    public override string MissingMessage(FieldDefinition field) => $"请填写{field.Label}（日期）。";

    private static bool TryRead(JsonNode node, out DateOnly date)
    {
        date = default;
        return AsText(node) is { } text && Typed.TryStoredDate(text, out date);
    }
}
