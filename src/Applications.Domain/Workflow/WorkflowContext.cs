using Applications.Domain.Calendars;

namespace Applications.Domain.Workflow;

/// <summary>All that a decision may depend on besides definition, state and outcome.</summary>
/// <param name="Now">UTC.</param>
/// <param name="Calendar">Counts working days.</param>
/// <param name="Facts">Named values that conditions read as <c>getInput("name")</c>.</param>
public sealed record WorkflowContext(DateTime Now, WorkCalendar Calendar, IReadOnlyDictionary<string, object?> Facts);
