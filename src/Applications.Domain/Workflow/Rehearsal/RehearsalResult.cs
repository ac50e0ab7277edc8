namespace Applications.Domain.Workflow.Rehearsal;

/// <summary>A gate that the batch opened.</summary>
public sealed record GateOpened(string Signal, string Title, DateTime At);

/// <summary>A place where somebody or something waited.</summary>
/// <param name="IsBatch">Of the batch rather than of the cases.</param>
/// <param name="Role">Who acts there; null where nobody does.</param>
/// <param name="First">When it was first entered.</param>
/// <param name="Last">When it was last left, or the season ended.</param>
/// <param name="Visits">How often it was waited there; each member of a panel counts.</param>
/// <param name="MeanDays">Working days waited, on average.</param>
/// <param name="MostDays">Working days of the longest wait.</param>
/// <param name="Overdue">How many were left after they were due.</param>
public sealed record StageSpan(
    string Activity, string Title, bool IsBatch, string? Role, DateTime First, DateTime Last, int Visits, double MeanDays, int MostDays, int Overdue);

/// <summary>Items that people of a role handled in a week.</summary>
/// <param name="Week">Its Monday.</param>
public sealed record WeekWork(DateOnly Week, string Role, int Items);

/// <summary>Letters that would have gone out.</summary>
public sealed record LetterCount(string Template, string Audience, int Count);

/// <summary>How cases ended, or where they stood when the season was cut off.</summary>
public sealed record EndCount(string Id, string Title, int Count, bool IsEnd);

/// <summary>A season played through.</summary>
/// <param name="Decisions">How often the engine was asked.</param>
/// <param name="IsComplete">False when a case still waited at the end and nothing was left that could move it, or when the time ran out.</param>
public sealed record RehearsalResult(
    DateTime BeginsAt, DateTime EndsAt, IReadOnlyList<GateOpened> Gates, IReadOnlyList<StageSpan> Stages, IReadOnlyList<WeekWork> Work,
    IReadOnlyList<LetterCount> Letters, IReadOnlyList<EndCount> Ends, int Decisions, bool IsComplete)
{
    /// <summary>Steps where people keep cases waiting, the longest first.</summary>
    public IEnumerable<StageSpan> Bottlenecks => Stages.Where(s => s.Role is not null && s.MeanDays > 0).OrderByDescending(s => s.Overdue).ThenByDescending(s => s.MeanDays);
}
