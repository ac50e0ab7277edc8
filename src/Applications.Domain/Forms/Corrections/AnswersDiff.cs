using System.Text.Json.Nodes;

namespace Applications.Domain.Forms.Corrections;

public enum AnswerChangeKind
{
    Added,
    Removed,
    Changed,
}

/// <summary>A file as a filing carried it.</summary>
/// <param name="Sha256">Of its content: the same name with another hash is another file.</param>
public sealed record FiledFile(string FieldKey, string Name, string Sha256);

/// <summary>One filing, as far as it is compared.</summary>
/// <param name="Computed">Values of computed fields by key, from the record that was filed with the answers.</param>
public sealed record FiledState(Answers Answers, IReadOnlyDictionary<string, object?> Computed, IReadOnlyList<FiledFile> Files);

/// <summary>A cell before and after, as people read it.</summary>
public sealed record CellChange(FieldDefinition Column, string Before, string After)
{
    public bool Differs => Before != After;
}

/// <summary>A row that came, went or changed.</summary>
/// <param name="Number">1 for the first row, in the filing that has it; of a changed row in the later one.</param>
public sealed record RowChange(AnswerChangeKind Kind, int Number, IReadOnlyList<CellChange> Cells);

/// <summary>A file that came, went or was replaced under its name.</summary>
public sealed record FileChange(AnswerChangeKind Kind, string Name);

/// <summary>A field whose answer differs between two filings.</summary>
/// <param name="Before">As people read it; empty when there was nothing.</param>
public sealed record FieldChange(SectionDefinition Section, FieldDefinition Field, string Before, string After, IReadOnlyList<RowChange> Rows, IReadOnlyList<FileChange> Files)
{
    /// <summary>The text as runs that stayed, went or came.</summary>
    public IReadOnlyList<TextPiece> Pieces() => TextDiff.Between(Before, After);
}

/// <summary>What differs between two filings, in the order of the form.</summary>
public static class AnswersDiff
{
    public static IReadOnlyList<FieldChange> Between(FormDefinition form, FiledState before, FiledState after)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return [.. form.Sections.SelectMany(s => s.Fields.Select(f => Compare(s, f, before, after))).OfType<FieldChange>()];
    }

    private static FieldChange? Compare(SectionDefinition section, FieldDefinition field, FiledState before, FiledState after)
    {
        var change = new FieldChange(section, field, string.Empty, string.Empty, [], []);
        switch (field.Kind)
        {
            case FieldKind.Files:
                var files = Files(Of(before), Of(after));
                return files.Count == 0 ? null : change with { Files = files };
            case FieldKind.Table:
                var rows = Rows(field, before.Answers.Rows(field.Key), after.Answers.Rows(field.Key));
                return rows.Count == 0 ? null : change with { Rows = rows };
            case FieldKind.Computed:
                var (was, now) = (FormDisplay.Computed(field, before.Computed.GetValueOrDefault(field.Key)), FormDisplay.Computed(field, after.Computed.GetValueOrDefault(field.Key)));
                return was == now ? null : change with { Before = was, After = now };
            default:
                return OpenFields.Same(before.Answers[field.Key], after.Answers[field.Key])
                    ? null
                    : change with { Before = FormDisplay.Text(field, before.Answers[field.Key]), After = FormDisplay.Text(field, after.Answers[field.Key]) };
        }

        IEnumerable<FiledFile> Of(FiledState state) => state.Files.Where(f => f.FieldKey == field.Key);
    }

    private static List<FileChange> Files(IEnumerable<FiledFile> before, IEnumerable<FiledFile> after)
    {
        var gone = before.ToList();
        var come = new List<FiledFile>();
        foreach (var file in after)
        {
            if (gone.FindIndex(f => f.Name == file.Name && f.Sha256 == file.Sha256) is var at and >= 0)
            {
                gone.RemoveAt(at);
            }
            else
            {
                come.Add(file);
            }
        }

        var replaced = come.Where(c => gone.Any(g => g.Name == c.Name)).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. gone.Where(f => !replaced.Contains(f.Name)).Select(f => new FileChange(AnswerChangeKind.Removed, f.Name)),
            .. come.Select(f => new FileChange(replaced.Contains(f.Name) ? AnswerChangeKind.Changed : AnswerChangeKind.Added, f.Name)),
        ];
    }

    /// <summary>Rows are the same when their keys are; those that were moved and not changed are no change.</summary>
    private static List<RowChange> Rows(FieldDefinition table, IReadOnlyList<JsonObject> before, IReadOnlyList<JsonObject> after)
    {
        var columns = table.Columns.Where(c => c.Kind is not FieldKind.Computed).ToList();
        var old = before.Select((row, i) => (Key: FormBinder.KeyOf(row, i), Row: row, Number: i + 1)).DistinctBy(r => r.Key).ToDictionary(r => r.Key);
        var changes = new List<RowChange>();
        for (var i = 0; i < after.Count; i++)
        {
            if (!old.Remove(FormBinder.KeyOf(after[i], i), out var was))
            {
                changes.Add(new RowChange(AnswerChangeKind.Added, i + 1, Cells(columns, null, after[i])));
            }
            else if (!OpenFields.Same(was.Row, after[i]))
            {
                changes.Add(new RowChange(AnswerChangeKind.Changed, i + 1, Cells(columns, was.Row, after[i])));
            }
        }

        changes.AddRange(old.Values.OrderBy(r => r.Number).Select(r => new RowChange(AnswerChangeKind.Removed, r.Number, Cells(columns, r.Row, null))));
        return changes;
    }

    private static List<CellChange> Cells(List<FieldDefinition> columns, JsonObject? before, JsonObject? after) =>
        [.. columns.Select(c => new CellChange(c, FormDisplay.Text(c, before?[c.Key]), FormDisplay.Text(c, after?[c.Key])))];
}
