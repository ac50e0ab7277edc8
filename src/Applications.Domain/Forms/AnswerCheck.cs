namespace Applications.Domain.Forms;

/// <summary>What <see cref="AnswerChecker"/> found.</summary>
public sealed record AnswerCheck
{
    public required IReadOnlyList<AnswerError> Errors { get; init; }

    /// <summary>
    /// By field key: string, long (integers, and money in 分), decimal, DateOnly, bool, list of strings, for a period a dictionary of the dates from and to, or for a table a list of
    /// <see cref="AnswerRow"/>. Null when empty, hidden or not parsable.
    /// </summary>
    public required IReadOnlyDictionary<string, object?> Values { get; init; }

    /// <summary>By key of the computed field: double, string, bool or null when something it needs is missing.</summary>
    public required IReadOnlyDictionary<string, object?> Computed { get; init; }

    /// <summary>Keys of fields whose <c>visibleWhen</c> does not hold.</summary>
    public required IReadOnlySet<string> Hidden { get; init; }

    /// <summary>How many files each attachment field has.</summary>
    public required IReadOnlyDictionary<string, int> FileCounts { get; init; }

    public required IReadOnlyList<SectionProgress> Sections { get; init; }

    public bool IsValid => Errors.Count == 0;

    /// <summary>The errors a save of an unfinished draft should show: what was typed wrongly, not what is still missing.</summary>
    public IEnumerable<AnswerError> Mistakes => Errors.Where(e => !e.IsMissing);

    public IEnumerable<AnswerError> ErrorsOf(string fieldKey) => Errors.Where(e => e.FieldKey == fieldKey);
}

/// <summary>One message at one place.</summary>
public sealed record AnswerError(string SectionKey, string FieldKey, string Message)
{
    /// <summary>Zero-based place in the answers' table.</summary>
    public int? Row { get; init; }

    /// <summary>The row's own key, as in the name of its inputs.</summary>
    public string? RowKey { get; init; }

    public string? Column { get; init; }

    /// <summary>Something required is not there yet, as against something wrong that is there.</summary>
    public bool IsMissing { get; init; }

    /// <summary>Name of the input the error stands at: <c>field</c> or <c>field[key].column</c>.</summary>
    public string InputName => Column is null || RowKey is null ? FieldKey : $"{FieldKey}[{RowKey}].{Column}";
}

/// <summary>A table row's typed values by column key, computed columns included.</summary>
public sealed record AnswerRow(int Index, string Key, IReadOnlyDictionary<string, object?> Cells);

public enum ProgressState
{
    Empty,
    InProgress,
    Complete,
}

/// <summary>How far a section is: of <paramref name="Asked"/> fields that must be filled in, <paramref name="Answered"/> are; <paramref name="Errors"/> counts all its errors.</summary>
public sealed record SectionProgress(string Key, string Title, ProgressState State, int Asked, int Answered, int Errors);
