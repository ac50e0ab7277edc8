using System.Globalization;
using System.Text.Json.Nodes;
using Applications.Domain.Forms.Fields;
using Applications.Domain.Forms.Lists;

namespace Applications.Domain.Forms;

/// <summary>
/// A field's value as a spreadsheet's cell holds it: what a person would type there, with the labels of options and 是/否. What <see cref="Write"/> gives,
/// <see cref="Read"/> takes back to the same value.
/// </summary>
public static class FieldCells
{
    /// <summary>Between the labels of a choice of several.</summary>
    public const string Between = "；";

    private const int MostListed = 30;

    private static readonly char[] Separators = ['；', ';', '、', '\n'];

    /// <summary>Whether the value can stand in one cell: not a table, files, a computed value; nor a declaration, which only the applicant himself can give.</summary>
    public static bool Fits(FieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Kind is not FieldKind.Declaration && FieldType.Of(field.Kind) is not null;
    }

    public static bool IsNumber(FieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Kind is FieldKind.Integer or FieldKind.Decimal or FieldKind.Money;
    }

    /// <summary>The cell's text; empty for nothing. Money in 万元.</summary>
    public static string Write(FieldDefinition field, JsonNode? value)
    {
        ArgumentNullException.ThrowIfNull(field);
        if (FieldType.IsEmpty(value))
        {
            return string.Empty;
        }

        return field.Kind switch
        {
            FieldKind.Choice when AreTold(field) => string.Join(Between, FormDisplay.Chosen(value).Select(v => field.Options.FirstOrDefault(o => o.Value == v)?.Label ?? v)),
            FieldKind.Choice => string.Join(Between, FormDisplay.Chosen(value)),
            FieldKind.YesNo => FormDisplay.Text(field, value),
            _ => FormDisplay.Raw(field, value),
        };
    }

    /// <summary>The value of a cell's text; what does not parse stays as the text, as everywhere in <see cref="Answers"/>.</summary>
    public static JsonNode? Read(FieldDefinition field, string text)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(text);
        if (field.Kind is not FieldKind.Choice)
        {
            return FieldType.Of(field.Kind)?.Bind(field, [text]);
        }

        // A label may itself hold what separates labels: the whole text is tried first.
        var whole = OptionOf(field, text.Trim());
        string[] given = !field.Multiple || whole is not null ? [whole ?? text] : [.. text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(t => OptionOf(field, t) ?? t)];
        return FieldType.Of(field.Kind)!.Bind(field, given);
    }

    /// <summary>What is wrong with a value that is there; null when it is in order.</summary>
    public static string? Problem(FieldDefinition field, JsonNode value)
    {
        ArgumentNullException.ThrowIfNull(field);
        return FieldType.Of(field.Kind)?.Check(field, value, out _) is { } problem
            ? (field.Kind is FieldKind.Choice ? $"{problem.TrimEnd('。')}，应为{Expected(field)}。" : problem)
            : null;
    }

    /// <summary>What may stand in the cell, in words.</summary>
    public static string Expected(FieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var words = field.Kind switch
        {
            FieldKind.Integer => "整数",
            FieldKind.Decimal => $"数字，最多{(field.Decimals ?? 2).ToString(CultureInfo.InvariantCulture)}位小数",
            FieldKind.Money => $"数字，单位万元，最多{(field.Decimals ?? 6).ToString(CultureInfo.InvariantCulture)}位小数",
            FieldKind.Date => "日期，例如 2024-05-31",
            FieldKind.Period => "开始日期 至 结束日期，例如 2024-01-01 至 2024-12-31",
            FieldKind.Code when CodeLists.Find(field.List) is { } list => $"{list.Title}（{list.Source}）的代码或全称，选到{list.ChosenFrom}{Example(field, list)}",
            FieldKind.YesNo => "是 或 否",
            FieldKind.Choice when field.Multiple => $"可选几项，用“{Between}”分开：{Listed(field)}",
            FieldKind.Choice => $"下列之一：{Listed(field)}",
            _ => field.Format switch
            {
                TextFormat.Uscc => "18 位代码（GB 32100-2015）",
                TextFormat.Phone => "手机号码或带区号的固定电话",
                TextFormat.Email => "电子邮箱",
                _ => $"文字，最多{(field.MaxLength ?? (field.Kind is FieldKind.LongText ? TextType.LongestLongText : TextType.LongestText)).ToString(CultureInfo.InvariantCulture)}字",
            },
        };
        var range = (field.Min, field.Max) switch
        {
            ({ } least, { } most) => $"，{Typed.Plain(least)} 至 {Typed.Plain(most)}",
            ({ } least, null) => $"，不小于 {Typed.Plain(least)}",
            (null, { } most) => $"，不大于 {Typed.Plain(most)}",
            _ => string.Empty,
        };
        return words + range;
    }

    private static string Example(FieldDefinition field, CodeList list) =>
        list.Entries.FirstOrDefault(e => list.IsChoosable(e) && CodeList.IsUnderAny(e, field.Under)) is { } first ? $"，例如 {list.LabelOf(first)}" : string.Empty;

    /// <summary>Two options of one label can only be told apart by their values.</summary>
    private static bool AreTold(FieldDefinition field) => field.Options.DistinctBy(o => o.Label).Count() == field.Options.Count;

    private static string? OptionOf(FieldDefinition field, string text) =>
        (field.Options.FirstOrDefault(o => o.Value == text) ?? (AreTold(field) ? field.Options.FirstOrDefault(o => o.Label == text) : null))?.Value;

    private static string Listed(FieldDefinition field) =>
        string.Join("、", field.Options.Take(MostListed).Select(o => AreTold(field) ? o.Label : o.Value)) + (field.Options.Count > MostListed ? " 等，见表单" : string.Empty);
}
