using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Applications.Domain.Forms;

namespace Applications.Domain.Programmes.Crossing;

/// <summary>A value that should stand in one application only.</summary>
/// <param name="Kind">See <see cref="CrossCheck.Claims"/>.</param>
/// <param name="Text">Letters and digits alone, so that spaces, points and widths do not tell two writings apart.</param>
/// <param name="Shown">As it was written.</param>
public sealed record Claim(string Kind, string Text, string Shown)
{
    /// <summary>Longest text and longest writing that are kept.</summary>
    public const int Longest = 200;

    /// <summary>Shorter than this a value says nothing: 无, 1.</summary>
    private const int Shortest = 4;

    /// <summary>What an application's answers claim, each once.</summary>
    public static IReadOnlyList<Claim> Of(ProgrammeDefinition programme, Answers answers)
    {
        ArgumentNullException.ThrowIfNull(programme);
        ArgumentNullException.ThrowIfNull(answers);
        return
        [
            .. programme.CrossChecks.Where(c => c.Claims is not null)
                .SelectMany(c => Values(c, answers).Select(v => new Claim(c.Claims!, Plain(v), v.Length <= Longest ? v : v[..Longest])))
                .Where(c => c.Text.Length >= Shortest).DistinctBy(c => (c.Kind, c.Text)),
        ];
    }

    /// <summary>A writing as it is compared.</summary>
    public static string Plain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit).Take(Longest))
        {
            plain.Append(char.ToUpper(letter, CultureInfo.InvariantCulture));
        }

        return plain.ToString();
    }

    private static IEnumerable<string> Values(CrossCheck check, Answers answers) =>
        (check.Columns is [var column] ? answers.Rows(check.Field).Select(r => r[column]) : [answers[check.Field]])
        .OfType<JsonValue>().Select(v => v.TryGetValue<string>(out var text) ? text.Trim() : string.Empty).Where(t => t.Length > 0);
}
