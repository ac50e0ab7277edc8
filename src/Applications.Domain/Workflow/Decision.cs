namespace Applications.Domain.Workflow;

/// <summary>What the engine decided: the next state and what must happen, as data. The host commits both at once.</summary>
public sealed record Decision(WorkflowState State, IReadOnlyList<Effect> Effects);

/// <summary>Something that follows from a decision. Carried out by the host in the same transaction, or written to the outbox there.</summary>
public abstract record Effect;

/// <summary>Someone has to act: becomes a 待办 row.</summary>
/// <param name="Participant">Which of several actors at the place, or null.</param>
public sealed record WorkItemOpened(Activity Activity, int Token, string? Participant, DateTime? DueAt) : Effect;

/// <summary>A 待办 is over, by the actor, by a signal or by its deadline.</summary>
public sealed record WorkItemClosed(Activity Activity, int Token, string? Participant, string Outcome) : Effect;

/// <summary>The flow waits at a gate or for a moment; nobody has to act.</summary>
public sealed record WaitBegun(Activity Activity, int Token, DateTime? DueAt) : Effect;

/// <summary>The wait is over.</summary>
public sealed record WaitEnded(Activity Activity, int Token, string Outcome) : Effect;

/// <summary>At <paramref name="At"/> the host must call <see cref="WorkflowEngine.TimeOut"/> for this token.</summary>
public sealed record TimerSet(Activity Activity, int Token, DateTime At) : Effect;

/// <summary>Send the letter called <paramref name="Template"/> to <paramref name="Audience"/> (a role, or <c>applicant</c>).</summary>
public sealed record NotificationRequested(Activity Activity, string Template, string Audience) : Effect;

/// <summary>Carry out the domain command called <paramref name="Command"/> (allocate a number, use quota, issue a certificate).</summary>
public sealed record CommandRequested(Activity Activity, string Command) : Effect;

/// <summary>A batch opens a gate: tell every case of the batch.</summary>
/// <param name="Pulse">True when only the cases that wait now are meant.</param>
public sealed record SignalSent(Activity Activity, string Signal, bool Pulse) : Effect;

/// <summary>The limit of what waits at a token has moved (the time of a stay does not count). A timer set for the token moves with it, also one that struck during the stay.</summary>
public sealed record DueChanged(Activity Activity, int Token, DateTime Due) : Effect;

/// <summary>The flow has ended with <paramref name="Result"/>.</summary>
public sealed record FlowEnded(Activity Activity, string Result) : Effect;
