using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Applications.Domain.Identifiers;

namespace Applications.Domain.Forms.Fields;

internal sealed partial class TextType : FieldType
{
    public const int LongestText = 200;
    public const int LongestLongText = 5000;

    public override JsonNode? Bind(FieldDefinition field, IReadOnlyList<string> raw)
    {
        var text = Last(raw);
        if (field.Kind is FieldKind.Text)
        {
            text = text.Replace('\n', ' ');
        }

        text = field.Format is TextFormat.Uscc ? Uscc.Normalise(text) : text;
        return text.Length == 0 ? null : JsonValue.Create(text);
    }

    public override string? Check(FieldDefinition field, JsonNode node, out object? value)
    {
        value = null;
        if (AsText(node) is not { } text)
        {
            return $"{field.Label}应为文字。";
        }

        var length = text.All(StandsAlone) ? text.Length : new StringInfo(text).LengthInTextElements;
        var most = field.MaxLength ?? (field.Kind is FieldKind.LongText ? LongestLongText : LongestText);
        if (length > most)
        {
            return $"{field.Label}最多{most}字，现有{length}字。";
        }

        if (field.MinLength is { } least && length < least)
        {
            return $"{field.Label}至少{least}字，现有{length}字。";
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return $"{field.Label}含有无法保存的字符。";
        }

        // What comes from the profile was checked there, where a city may also have let a credit code pass.
        var problem = field.ReadOnly ? null : FormatProblem(field, text);
        value = problem is null ? text : null;
        return problem;
    }

    /// <summary>Whether the character is surely a letter of its own; any other makes the text be counted by the rules of Unicode.</summary>
    private static bool StandsAlone(char c) => c is (< '\u0300' and not '\r') or (>= '\u4E00' and <= '\u9FFF') or (>= '\u3000' and < '\u302A') or (>= '\uFF01' and <= '\uFF5E');

    private static string? FormatProblem(FieldDefinition field, string text) => field.Format switch
    {
        TextFormat.Uscc when Uscc.Check(text) is { IsValid: false } check => check.Message,
        TextFormat.Phone when !Phone().IsMatch(text) => $"{field.Label}应为手机号码或带区号的固定电话。",
        TextFormat.Email when !Email().IsMatch(text) => $"{field.Label}应为电子邮箱地址，例如 name@example.com。",
        _ => null,
    };

    [GeneratedRegex(@"^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Phone();

    [GeneratedRegex(@"^[^@\s]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Email();
}
