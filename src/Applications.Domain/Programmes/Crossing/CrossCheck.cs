namespace Applications.Domain.Programmes.Crossing;

public enum CrossCheckKind
{
    /// <summary>A value of a field or column stands in another application too: a patent counted twice, a project applied for elsewhere.</summary>
    CountedElsewhere,

    /// <summary>A figure of a year differs from what the enterprise last filed for the same year.</summary>
    FigureRestated,

    /// <summary>A figure of the newest year differs much from the newest year of the enterprise's last filing.</summary>
    FigureJump,
}

/// <summary>Whose other applications count.</summary>
public enum CrossScope
{
    /// <summary>Those of other enterprises.</summary>
    Others,

    /// <summary>The enterprise's own in other calls.</summary>
    Own,

    /// <summary>Both.</summary>
    All,
}

/// <summary>
/// A check of an application against other applications (programmes.md 2.4: no overlap with another project, figures as filed). It bars nothing:
/// those who check see what it found, and a figure that jumps asks the applicant for a word.
/// </summary>
public sealed record CrossCheck
{
    public required string Id { get; init; }

    public required CrossCheckKind Kind { get; init; }

    public required string Title { get; init; }

    /// <summary>Where it comes from.</summary>
    public required string Clause { get; init; }

    public required RuleTag Tag { get; init; }

    /// <summary>Key of the form's field: a text, or a table.</summary>
    public required string Field { get; init; }

    /// <summary>The columns of the table; for a value that is counted exactly one.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>What the value is, the same name in every programme that asks for it, for example <c>patent</c>.</summary>
    public string? Claims { get; init; }

    public CrossScope Scope { get; init; } = CrossScope.All;

    /// <summary>From how many per cent of the earlier figure a difference is told of.</summary>
    public int Percent { get; init; }
}
