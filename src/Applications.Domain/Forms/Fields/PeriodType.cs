using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Applications.Domain.Forms.Fields;

/// <summary>Two dates, stored as <c>{ "from": …, "to": … }</c>; in one line they stand as 2024-01-01 至 2024-12-31.</summary>
internal sealed partial class PeriodType : FieldType
{
    private const string From = "from";
    private const string To = "to";

    /// <summary>The first two texts are the dates, from two inputs of one name; a single one holds both.</summary>
    public override JsonNode? Bind(FieldDefinition field, IReadOnlyList<string> raw)
    {
        var (from, to) = raw.Count >= 2 ? (Typed.Clean(raw[0]), Typed.Clean(raw[1])) : Split(Last(raw));
        var period = new JsonObject();
        Put(period, From, from);
        Put(period, To, to);
        return period.Count == 0 ? null : period;
    }

    public override string? Check(FieldDefinition field, JsonNode node, out object? value)
    {
        value = null;
        if (node is not JsonObject period || period.Any(p => p.Key is not (From or To)))
        {
            return $"{field.Label}应为开始日期和结束日期。";
        }

        if (!TryDate(period, From, out var from) || !TryDate(period, To, out var to))
        {
            return $"{field.Label}的开始日期和结束日期都要填写，例如 2024-05-31。";
        }

        if (from.Year is < 1900 or > 2200 || to.Year is < 1900 or > 2200)
        {
            return $"{field.Label}的年份不正确。";
        }

        if (to < from)
        {
            return $"{field.Label}的结束日期不能早于开始日期。";
        }

        value = new Dictionary<string, object?>(StringComparer.Ordinal) { [From] = from, [To] = to };
        return null;
    }

    public override string Raw(FieldDefinition field, JsonNode node) =>
        node is not JsonObject ? base.Raw(field, node) : Ends(node) is ["", ""] ? string.Empty : string.Join(" 至 ", Ends(node)).Trim();

    public override string Show(FieldDefinition field, JsonNode node) => node is JsonObject period && TryDate(period, From, out var from) && TryDate(period, To, out var to)
        ? string.Create(CultureInfo.InvariantCulture, $"{from:yyyy年M月d日} 至 {to:yyyy年M月d日}")
        : Raw(field, node);

    public override string MissingMessage(FieldDefinition field) => $"请填写{field.Label}的开始日期和结束日期。";

    /// <summary>The two texts of the inputs.</summary>
    public static IReadOnlyList<string> Ends(JsonNode? node) => node is JsonObject period ? [Text(period, From), Text(period, To)] : [node is null ? string.Empty : AsText(node) ?? string.Empty, string.Empty];

    private static void Put(JsonObject period, string end, string text)
    {
        if (text.Length > 0)
        {
            period[end] = Typed.TryDate(text, out var date) ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : text;
        }
    }

    private static (string From, string To) Split(string text)
    {
        var parts = Between().Split(text, 2);
        return (parts[0].Trim(), parts.Length > 1 ? parts[1].Trim() : string.Empty);
    }

    private static string Text(JsonObject period, string end) => period[end] is { } node ? AsText(node) ?? node.ToJsonString() : string.Empty;

    private static bool TryDate(JsonObject period, string end, out DateOnly date) => Typed.TryStoredDate(Text(period, end), out date);

    [GeneratedRegex("至|到|~|～|—+|–", RegexOptions.CultureInvariant)]
    private static partial Regex Between();
}
