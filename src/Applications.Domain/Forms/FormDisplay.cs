using System.Globalization;
using System.Text.Json.Nodes;
using Applications.Domain.Forms.Fields;

namespace Applications.Domain.Forms;

/// <summary>Stored values as text: <see cref="Raw"/> for an input, <see cref="Text"/> for reading.</summary>
public static class FormDisplay
{
    /// <summary>What stood, or would stand, in the input: money in 万元, unparsable text as it was typed.</summary>
    public static string Raw(FieldDefinition field, JsonNode? value)
    {
        ArgumentNullException.ThrowIfNull(field);
        return value is null || FieldType.IsEmpty(value) ? string.Empty : FieldType.Of(field.Kind)?.Raw(field, value) ?? string.Empty;
    }

    /// <summary>The chosen values of a choice, one or several.</summary>
    public static IReadOnlyList<string> Chosen(JsonNode? value) => value switch
    {
        JsonArray many => [.. many.OfType<JsonValue>().Select(v => v.TryGetValue<string>(out var text) ? text : v.ToJsonString())],
        JsonValue one => [one.TryGetValue<string>(out var text) ? text : one.ToJsonString()],
        _ => [],
    };

    /// <summary>The texts of the two inputs of a period.</summary>
    public static IReadOnlyList<string> Ends(JsonNode? value) => PeriodType.Ends(value);

    /// <summary>With unit, thousands separators and option labels; empty when there is no value.</summary>
    public static string Text(FieldDefinition field, JsonNode? value)
    {
        ArgumentNullException.ThrowIfNull(field);
        return value is null || FieldType.IsEmpty(value) ? string.Empty : FieldType.Of(field.Kind)?.Show(field, value) ?? string.Empty;
    }

    /// <summary>A computed value (see <see cref="AnswerCheck.Computed"/>); null is shown as a dash.</summary>
    public static string Computed(FieldDefinition field, object? value)
    {
        ArgumentNullException.ThrowIfNull(field);
        return Value(field.ComputedAs, value, field.Unit, field.Decimals ?? 2);
    }

    /// <summary>A value out of an expression in the given format.</summary>
    public static string Value(ComputedFormat format, object? value, string? unit = null, int decimals = 2) => value switch
    {
        null => "—",
        bool yes => yes ? "是" : "否",
        double number when !double.IsFinite(number) || Math.Abs(number) > 1e15 => "—",
        double number => Number(format, (decimal)number, unit, decimals),
        long number => Number(format, number, unit, decimals),
        decimal number => Number(format, number, unit, decimals),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };

    /// <summary>Money in 分 as 万元 with its unit.</summary>
    public static string Money(long fen) => $"{Typed.Grouped(fen / Typed.FenPerWan)} 万元";

    private static string Number(ComputedFormat format, decimal number, string? unit, int decimals) => format switch
    {
        ComputedFormat.Percent => $"{Typed.Plain(Round(number * 100, decimals))}%",
        ComputedFormat.Money => $"{Typed.Grouped(Round(number / Typed.FenPerWan, decimals))} 万元",
        _ => Typed.WithUnit(Round(number, decimals), unit),
    };

    private static decimal Round(decimal number, int decimals) => decimal.Round(number, decimals, MidpointRounding.AwayFromZero);
}
