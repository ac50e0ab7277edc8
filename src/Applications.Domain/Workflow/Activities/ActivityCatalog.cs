using System.Collections.Frozen;

namespace Applications.Domain.Workflow.Activities;

/// <summary>Every kind of step there is. An explicit list: a reader finds all of them here, in the order of the reference page.</summary>
public static class ActivityCatalog
{
    public static IReadOnlyList<ActivityKind> All { get; } =
    [
        new StartKind(),
        new EndKind(),
        new SetVariableKind(),
        new FlowDecisionKind(),
        new FlowSwitchKind(),
        new FlowForkKind(),
        new FlowJoinKind(),
        new WorkItemKind(),
        new PanelReviewKind(),
        new CountersignKind(),
        new GateKind(),
        new WaitUntilKind(),
        new OpenGateKind(),
        new CommandKind(),
        new NotifyKind(),
    ];

    private static readonly FrozenDictionary<string, ActivityKind> ByType = All.ToFrozenDictionary(k => k.Type, StringComparer.Ordinal);

    /// <summary>The kind with this type name, or null when the name lies outside the subset.</summary>
    public static ActivityKind? Find(string type) => ByType.GetValueOrDefault(type);
}
