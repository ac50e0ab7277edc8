using Applications.Domain.Cases;
using Applications.Domain.Workflow;

namespace Applications.Domain.Batches;

/// <summary>One call of one programme (批次): windows, pinned definition versions and a flow of its own.</summary>
public sealed class Batch
{
    public required Guid Id { get; init; }

    public required string ProgrammeKey { get; init; }

    public required string Name { get; init; }

    public required int Year { get; init; }

    /// <summary>The call's document number, for example 鲁工信技〔2026〕XX号.</summary>
    public required string DocumentNumber { get; init; }

    /// <summary>The rule set in force when the call opened.</summary>
    public required string RuleSetId { get; init; }

    /// <summary>UTC; filing is possible from here…</summary>
    public required DateTime OpensAt { get; init; }

    /// <summary>…until here, exclusive.</summary>
    public required DateTime FilingClosesAt { get; set; }

    /// <summary>UTC; cities must have issued their lists before.</summary>
    public required DateTime RecommendationClosesAt { get; set; }

    /// <summary>UTC end of the public notice, once it is published.</summary>
    public DateTime? NoticeEndsAt { get; set; }

    /// <summary>Pinned versions: a batch and its cases keep them.</summary>
    public required string CaseDefinitionId { get; init; }

    public required string BatchDefinitionId { get; init; }

    public required string FormId { get; init; }

    public required string RubricId { get; init; }

    public required string ProgrammeId { get; init; }

    public WorkflowState State { get; private set; } = null!;

    public string Stage { get; private set; } = string.Empty;

    public string StageTitle { get; private set; } = string.Empty;

    public DateTime StageSince { get; private set; }

    public DateTime? StageDue { get; private set; }

    public string? Holder { get; private set; }

    public string? Result { get; private set; }

    /// <summary>Gates already opened, space separated; a case that reaches one later goes through at once.</summary>
    public string SentSignals { get; private set; } = string.Empty;

    public int JournalLength { get; set; }

    public string JournalHead { get; set; } = string.Empty;

    public Guid Version { get; set; }

    public IEnumerable<string> Signals => SentSignals.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>True from <see cref="OpensAt"/> up to, not including, <see cref="FilingClosesAt"/>.</summary>
    public bool IsFilingOpen(DateTime now) => now >= OpensAt && now < FilingClosesAt;

    /// <summary>Called by the workflow host only.</summary>
    public void Stand(WorkflowState state, Standing standing)
    {
        State = state;
        Result = state.Result;
        Stage = standing.Stage;
        StageTitle = standing.Title;
        StageSince = standing.Since;
        StageDue = standing.Due;
        Holder = standing.Holder;
    }

    /// <summary>Called by the workflow host only.</summary>
    public void NoteSignal(string signal)
    {
        if (!Signals.Contains(signal))
        {
            SentSignals = $"{SentSignals} {signal}".Trim();
        }
    }
}
