namespace Applications.Domain.Cases;

/// <summary>待办: somebody has to decide. Closed it is 已办. One row per activation; a loop back makes a new one.</summary>
public sealed class WorkItem
{
    public required Guid Id { get; init; }

    /// <summary>Null when the batch itself waits (assign panels, sign the list).</summary>
    public Guid? CaseId { get; init; }

    /// <summary>The certificate whose title waits, long after its case has ended; null for work on the case.</summary>
    public Guid? TitleId { get; init; }

    public required Guid BatchId { get; init; }

    /// <summary>The engine's token; never reused within the case.</summary>
    public required int Token { get; init; }

    /// <summary>The panel member, when several act at the same place.</summary>
    public string? Participant { get; init; }

    public required string Activity { get; set; }

    public required string Title { get; set; }

    /// <summary>The page that handles it (<see cref="Workflow.Tasks"/>).</summary>
    public required string Task { get; set; }

    /// <summary>Whose desk it lies on (<see cref="Accounts.Actor.Holder"/>).</summary>
    public required string Holder { get; set; }

    /// <summary>What it is about, as the desk shows it: enterprise or batch.</summary>
    public required string Subject { get; init; }

    public required DateTime OpenedAt { get; init; }

    public DateTime? DueAt { get; set; }

    /// <summary>转办: the one person of the desk who is to do it; null when anybody there may.</summary>
    public Guid? AssigneeId { get; private set; }

    public string? AssigneeName { get; private set; }

    /// <summary>催办: how often and when last somebody urged.</summary>
    public int UrgedCount { get; private set; }

    public DateTime? UrgedAt { get; private set; }

    /// <summary>Set while its case is stayed (中止): it is open, and nobody can act on it.</summary>
    public DateTime? StayedAt { get; set; }

    public DateTime? ClosedAt { get; private set; }

    public Guid? ClosedBy { get; private set; }

    public string? ClosedByName { get; private set; }

    public string? Outcome { get; private set; }

    public string? OutcomeLabel { get; private set; }

    public string? Reason { get; private set; }

    public Guid Version { get; set; }

    /// <summary>True when it lies on this desk and was not given to somebody else there.</summary>
    public bool IsFor(string holder, Guid? userId) => Holder == holder && (AssigneeId is null || AssigneeId == userId);

    public void Assign(Guid userId, string name)
    {
        AssigneeId = userId;
        AssigneeName = name;
    }

    public void Urge(DateTime at)
    {
        UrgedCount++;
        UrgedAt = at;
    }

    /// <summary>Called by the workflow host only.</summary>
    public void Close(DateTime at, Guid? by, string byName, string outcome, string label, string? reason)
    {
        ClosedAt = at;
        ClosedBy = by;
        ClosedByName = byName;
        Outcome = outcome;
        OutcomeLabel = label;
        Reason = reason;
    }
}
