using Applications.Domain.Forms;

namespace Applications.Web.Infrastructure.Workbooks;

/// <summary>A column of a table that people hand in: a field of a form, read and checked as the form does.</summary>
/// <param name="Required">The table cannot be taken without the column.</param>
/// <param name="Example">What the template shows; a row that is nothing but the examples is passed over.</param>
/// <param name="Note">What there is to know beside the kind of value.</param>
/// <param name="Choices">Values offered by the template where the field itself has no options.</param>
public sealed record SheetColumn(FieldDefinition Field, string Heading, bool Required = false, string Example = "", string Note = "", IReadOnlyList<string>? Choices = null)
{
    public string Key => Field.Key;

    public static SheetColumn Of(FieldDefinition field, bool required = false, string example = "", string note = "", IReadOnlyList<string>? choices = null) =>
        new(field, HeadingOf(field), required, example, note, choices);

    /// <summary>The label with its unit: a figure in 元 must not pass for one in 万元.</summary>
    public static string HeadingOf(FieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return (field.Kind is FieldKind.Money ? "万元" : FieldCells.IsNumber(field) ? field.Unit : null) is { } unit ? $"{field.Label}（{unit}）" : field.Label;
    }

    /// <summary>Values the template offers in a list.</summary>
    public IReadOnlyList<string> Offered => Choices ?? Field.Kind switch
    {
        FieldKind.YesNo => ["是", "否"],
        FieldKind.Choice when !Field.Multiple => [.. Field.Options.Select(o => FieldCells.Write(Field, o.Value))],
        _ => [],
    };
}

/// <summary>Something that cannot be taken over, at the place where the person finds it.</summary>
/// <param name="Column">Letters; empty for what concerns the whole row.</param>
/// <param name="Words">What is wrong and what is expected.</param>
public sealed record SheetFault(string Sheet, int Row, string Column, string Heading, string Value, string Words)
{
    /// <summary>The place in a line, for example “B12 企业名称”.</summary>
    public string Place => Column.Length == 0 ? $"第 {Row} 行" : $"{Column}{Row}";
}

public static class SheetFaults
{
    /// <summary>As a person goes through the sheet: row by row, from left to right.</summary>
    public static IEnumerable<SheetFault> InOrder(this IEnumerable<SheetFault> faults) =>
        faults.OrderBy(f => f.Row).ThenBy(f => f.Column.Length).ThenBy(f => f.Column, StringComparer.Ordinal);
}
