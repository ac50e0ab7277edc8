using System.Text;
using Applications.Domain.Common;

namespace Applications.Domain.Forms.Lists;

/// <summary>A level of a code list.</summary>
/// <param name="Name">What the standard calls it, for example 大类.</param>
/// <param name="Length">How many characters of a code tell an entry of this level.</param>
public sealed record CodeLevel(string Name, int Length);

/// <summary>How an entry is written out.</summary>
public enum CodeLabelling
{
    /// <summary>Code and name: C3821 变压器、整流器和电感器制造.</summary>
    Code,

    /// <summary>The names from the first level that may be chosen down: 济南市历下区.</summary>
    Path,
}

/// <summary>A published classification from which a form lets one entry be chosen; data, read from a file beside this class.</summary>
public sealed class CodeList
{
    private const int LongestQuoted = 40;

    private readonly Dictionary<string, CodeEntry> byCode = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CodeEntry?> byWords = new(StringComparer.Ordinal);

    private CodeList(CodeListFile file)
    {
        (Id, Title, Source, Levels, ChosenFrom, LabelledBy, Padding) = (file.Id, file.Title, file.Source, file.Levels, file.ChosenFrom, file.LabelledBy, file.Padding);
        Entries = [.. file.Entries.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => Add(e.Key, e.Value))];
        foreach (var entry in Entries.Where(IsChoosable))
        {
            Know(LabelOf(entry), entry);
            Know(entry.Name, entry);

            // People leave the letter of the section away: 3821.
            if (char.IsAsciiLetter(entry.Code[0]))
            {
                Know(entry.Code[1..], entry);
            }
        }
    }

    /// <summary>As forms name it.</summary>
    public string Id { get; }

    public string Title { get; }

    /// <summary>The standard the entries come from.</summary>
    public string Source { get; }

    public IReadOnlyList<CodeLevel> Levels { get; }

    /// <summary>Name of the highest level that may be chosen.</summary>
    public string ChosenFrom { get; }

    public CodeLabelling LabelledBy { get; }

    /// <summary>Length to which codes are filled up with zeros; 0 when they are not.</summary>
    public int Padding { get; }

    /// <summary>In the order of their codes.</summary>
    public IReadOnlyList<CodeEntry> Entries { get; }

    private int FirstChosen => Levels.TakeWhile(l => l.Name != ChosenFrom).Count();

    /// <exception cref="DefinitionException">No list, or an entry hangs nowhere.</exception>
    public static CodeList Parse(string json, string fileName) => new(DefinitionJson.Parse<CodeListFile>(json, fileName));

    /// <summary>The entry of exactly this code.</summary>
    public CodeEntry? Find(string? code) => code is null ? null : byCode.GetValueOrDefault(code);

    public bool IsChoosable(CodeEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Level >= FirstChosen;
    }

    /// <summary>The entry as people read it.</summary>
    public string LabelOf(CodeEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return LabelledBy is CodeLabelling.Code ? $"{entry.Code} {entry.Name}" : string.Concat(entry.Path.Where(e => e.Level >= FirstChosen || e == entry).Select(e => e.Name));
    }

    /// <summary>The code that was meant by a text: a code, a code with its name behind it, a code without its letter, or a name that only one entry has. Null when none is meant.</summary>
    public string? Resolve(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = text.Normalize(NormalizationForm.FormKC).Trim();
        if (byWords.GetValueOrDefault(text.Trim()) is { } meant)
        {
            return meant.Code;
        }

        var first = plain.Split(' ', '\t', '\u3000')[0].ToUpperInvariant();
        return (Find(first) ?? byWords.GetValueOrDefault(first))?.Code;
    }

    /// <summary>Why a code cannot be chosen, as the end of a sentence about the field; null when it can.</summary>
    public string? ProblemOf(string code, IReadOnlyList<string> under)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(under);
        return Find(code) is not { } entry ? $"“{(code.Length > LongestQuoted ? code[..LongestQuoted] + "…" : code)}”不在{Title}（{Source}）中，请从列表中选择。"
            : !IsUnderAny(entry, under) ? $"应在以下范围内：{string.Join("、", under.Select(Find).OfType<CodeEntry>().Select(e => $"{e.Code} {e.Name}"))}。"
            : IsChoosable(entry) ? null
            : $"应选到{ChosenFrom}，“{LabelOf(entry)}”还不够具体。";
    }

    /// <summary>Entries that may be chosen and in whose code, name or path every word of <paramref name="words"/> occurs; the nearest first.</summary>
    /// <param name="under">Codes under which the entry must stand; empty: anywhere.</param>
    public IEnumerable<CodeEntry> Search(string words, IReadOnlyList<string> under)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(under);
        var asked = words.Normalize(NormalizationForm.FormKC).ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Entries.Where(e => IsChoosable(e) && IsUnderAny(e, under))
            .Select(e => (Entry: e, Text: $"{e.Code} {string.Join(' ', e.Path.Select(p => p.Name))}"))
            .Where(e => Array.TrueForAll(asked, a => e.Text.Contains(a, StringComparison.OrdinalIgnoreCase)))
            .OrderByDescending(e => Array.Exists(asked, a => e.Entry.Code.Contains(a, StringComparison.Ordinal) || e.Entry.Name.Contains(a, StringComparison.OrdinalIgnoreCase)))
            .Select(e => e.Entry);
    }

    public static bool IsUnderAny(CodeEntry entry, IReadOnlyList<string> under)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(under);
        return under.Count == 0 || under.Any(entry.IsUnder);
    }

    private CodeEntry Add(string code, string name)
    {
        var level = Levels.TakeWhile(l => code != Pad(code[..Math.Min(l.Length, code.Length)])).Count();
        if (level == Levels.Count)
        {
            throw new DefinitionException($"{Id}.json", $"$.entries.{code}", "The code is of no level.");
        }

        var parent = level == 0 ? null : Find(Pad(code[..Levels[level - 1].Length])) ?? throw new DefinitionException($"{Id}.json", $"$.entries.{code}", "Nothing stands above it.");
        return byCode[code] = new CodeEntry(code, name, level, parent);
    }

    private string Pad(string code) => code.PadRight(Padding, '0');

    /// <summary>Words that mean two entries mean none.</summary>
    private void Know(string words, CodeEntry entry) => byWords[words] = byWords.TryGetValue(words, out var other) && other?.Code != entry.Code ? null : entry;

    /// <param name="Entries">Code → name.</param>
    private sealed record CodeListFile(
        string Id, string Title, string Source, IReadOnlyList<CodeLevel> Levels, string ChosenFrom, CodeLabelling LabelledBy, IReadOnlyDictionary<string, string> Entries, int Padding = 0);
}
