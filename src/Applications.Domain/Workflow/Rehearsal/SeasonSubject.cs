using Applications.Domain.Common;

namespace Applications.Domain.Workflow.Rehearsal;

/// <summary>The batch of a season, or one of its cases.</summary>
internal sealed class SeasonSubject(WorkflowDefinition definition, bool isBatch, Dice dice, Dictionary<string, object?> facts)
{
    public WorkflowDefinition Definition => definition;

    public bool IsBatch => isBatch;

    public Dice Dice => dice;

    /// <summary>What conditions may ask; changes as the season goes on.</summary>
    public Dictionary<string, object?> Facts => facts;

    /// <summary>Null before it begins.</summary>
    public WorkflowState? State { get; set; }

    /// <summary>What is open, by token and, in a panel, by member.</summary>
    public Dictionary<(int Token, string? Participant), Wait> Open { get; } = [];

    public bool Runs => State is { IsFinished: false };
}

/// <summary>Something that is to happen at a moment of the season.</summary>
/// <param name="Token">Whose turn or time it is; 0 for the beginning.</param>
/// <param name="Participant">The panel member who answers.</param>
/// <param name="IsTimer">Time is up, rather than somebody acts.</param>
internal readonly record struct SeasonEvent(SeasonSubject Subject, int Token, string? Participant, bool IsTimer);
