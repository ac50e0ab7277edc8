using System.Globalization;

namespace Applications.Domain.Workflow.Activities;

/// <summary>What a <see cref="WorkItemKind"/> says about itself.</summary>
/// <param name="Role">Who holds the item.</param>
/// <param name="Task">The page that handles it.</param>
/// <param name="Outcomes">What the holder may decide, best first.</param>
/// <param name="Labels">Chinese word for each outcome.</param>
/// <param name="OtherRoles">Outcomes that belong to somebody else than the holder, for example the applicant's withdrawal while a bureau checks.</param>
/// <param name="Limits">How often an outcome may be taken in the life of the case (补正 once).</param>
/// <param name="Reasons">Outcomes that need a written reason.</param>
/// <param name="Signals">Gate signals that end the item, with the outcome they cause.</param>
/// <param name="DueDays">Working days until it is due.</param>
/// <param name="DueFact">Name of a fact (UTC time) that gives the due time instead.</param>
/// <param name="TimeoutOutcome">Taken by itself when due; null when lateness is only shown and reminded.</param>
/// <param name="PausesClock">True when the days already spent here count on the next visit.</param>
/// <param name="Round">Which round of review is seated here, for the task <see cref="Tasks.AssignPanel"/>.</param>
/// <param name="SendBackTo">Earlier steps to which the holder may return the flow (退回), nearest first.</param>
public sealed record WorkItemSettings(
    string Role,
    string Task,
    IReadOnlyList<string> Outcomes,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> OtherRoles,
    IReadOnlyDictionary<string, int> Limits,
    IReadOnlyList<string> Reasons,
    IReadOnlyDictionary<string, string> Signals,
    int? DueDays,
    string? DueFact,
    string? TimeoutOutcome,
    bool PausesClock,
    string? Round,
    IReadOnlyList<string> SendBackTo)
{
    /// <summary>The role that may take <paramref name="outcome"/>.</summary>
    public string RoleFor(string outcome) => OtherRoles.GetValueOrDefault(outcome, Role);

    /// <summary>The outcomes open to <paramref name="role"/> when the case stands at <paramref name="state"/>.</summary>
    public IReadOnlyList<string> OutcomesFor(string role, Activity activity, WorkflowState state) =>
        [.. Outcomes.Where(o => RoleFor(o) == role && !IsUsedUp(o, activity, state))];

    public bool IsUsedUp(string outcome, Activity activity, WorkflowState state) =>
        Limits.TryGetValue(outcome, out var limit) && state.UsesOf(activity.Id, outcome) >= limit;
}

/// <summary><c>Applications.WorkItem</c>: somebody has to decide (待办). Leaves by the outcome chosen.</summary>
public sealed class WorkItemKind : ActivityKind
{
    public override string Type => "Applications.WorkItem";

    public override string Summary => "Somebody has to decide (待办).";

    public override string Leaves => "each outcome, and those that a signal or the time causes";

    public override IReadOnlyList<InputSpec> Inputs { get; } =
    [
        new("role", InputType.Text, "The post that holds it.", Required: true, Of: Words.Roles),
        new("task", InputType.Text, "The page that handles it.", Required: true, Of: Words.Tasks),
        new("outcomes", InputType.Texts, "What may be decided, best first.", Required: true),
        new("labels", InputType.Map, "A Chinese word for each outcome.", Required: true),
        new("otherRoles", InputType.Map, "Outcomes that belong to another post than the holder."),
        new("limits", InputType.Map, "How often an outcome may be taken in the life of a case."),
        new("reasons", InputType.Texts, "Outcomes that need a written reason."),
        new("signals", InputType.Map, "Signals of the batch that end it, with the outcome each causes."),
        new("dueDays", InputType.Number, "Working days until it is due."),
        new("dueFact", InputType.Text, "A fact (moment) until which it is due instead.", Of: Words.Facts),
        new("timeoutOutcome", InputType.Text, "Taken by itself when due."),
        new("pausesClock", InputType.Flag, "Days spent here count on the next visit, time elsewhere does not."),
        new("round", InputType.Text, "The round of review that is seated here, for the task assign-panel."),
        new("sendBackTo", InputType.Texts, "Earlier work items to which the holder may return the flow (退回)."),
    ];

    public override bool Blocks => true;

    internal override object Read(InputReader reader, out IReadOnlyList<string> ports)
    {
        var outcomes = reader.List("outcomes");
        var settings = new WorkItemSettings(
            reader.OneOf("role", reader.Vocabulary.Roles, "role"),
            reader.OneOf("task", reader.Vocabulary.Tasks, "task"),
            outcomes,
            reader.Map("labels"),
            reader.Map("otherRoles"),
            reader.Map("limits").ToDictionary(p => p.Key, p => int.TryParse(p.Value, CultureInfo.InvariantCulture, out var n) ? n : 0),
            reader.List("reasons", required: false),
            reader.Map("signals"),
            reader.Number("dueDays"),
            reader.Activity.Input("dueFact") is null ? null : reader.OneOf("dueFact", reader.Vocabulary.Facts, "fact"),
            reader.Activity.Input("timeoutOutcome") is null ? null : reader.Text("timeoutOutcome"),
            reader.Flag("pausesClock"),
            reader.Activity.Input("round") is null ? null : reader.Text("round"),
            reader.List("sendBackTo", required: false));

        if (outcomes.Count == 0)
        {
            reader.Problem("A work item needs an outcome, or nobody could ever complete it.");
        }

        foreach (var role in settings.OtherRoles.Values)
        {
            reader.MustBeKnown(role, reader.Vocabulary.Roles, "role");
        }

        foreach (var name in settings.OtherRoles.Keys.Concat(settings.Limits.Keys).Concat(settings.Reasons).Except(outcomes))
        {
            reader.Problem($"'{name}' is not among the outcomes.");
        }

        foreach (var missing in outcomes.Where(o => string.IsNullOrEmpty(settings.Labels.GetValueOrDefault(o))))
        {
            reader.Problem($"Outcome '{missing}' has no label.");
        }

        if (settings.Limits.Values.Any(limit => limit < 1))
        {
            reader.Problem("A limit must be a whole number above zero.");
        }

        if (settings.TimeoutOutcome is not null && settings.DueDays is null && settings.DueFact is null)
        {
            reader.Problem("A timeout outcome needs 'dueDays' or 'dueFact'.");
        }

        if (settings.PausesClock && settings.DueDays is null)
        {
            reader.Problem("'pausesClock' needs 'dueDays': a moment cannot pause.");
        }

        if (settings.Round is not null && settings.Task != Tasks.AssignPanel)
        {
            reader.Problem($"'round' belongs to the task '{Tasks.AssignPanel}'.");
        }

        // Outcomes that only time or a signal cause are ports too.
        ports = [.. outcomes
            .Concat(settings.Signals.Values)
            .Concat(settings.TimeoutOutcome is null ? [] : [settings.TimeoutOutcome])
            .Distinct(StringComparer.Ordinal)];
        return settings;
    }

    internal override string? Enter(Run run, Activity activity)
    {
        var settings = activity.SettingsAs<WorkItemSettings>();
        var due = Due(run, activity, settings);
        var token = run.Wait(activity, due);
        run.Add(new WorkItemOpened(activity, token.Id, null, due));
        if (due is not null && settings.TimeoutOutcome is not null)
        {
            run.Add(new TimerSet(activity, token.Id, due.Value));
        }

        return null;
    }

    internal override IEnumerable<string> PassingPorts(Activity activity) => activity.SettingsAs<WorkItemSettings>().Signals.Values;

    internal override bool IsLasting(Activity activity, string port) => activity.SettingsAs<WorkItemSettings>() is var settings
        && (!settings.Limits.ContainsKey(port) || settings.TimeoutOutcome == port || settings.Signals.Values.Contains(port));

    internal override string? OnSignal(Activity activity, string signal) =>
        activity.SettingsAs<WorkItemSettings>().Signals.GetValueOrDefault(signal);

    internal override string? OnTimeout(Activity activity) => activity.SettingsAs<WorkItemSettings>().TimeoutOutcome;

    private static DateTime? Due(Run run, Activity activity, WorkItemSettings settings)
    {
        if (settings.DueFact is not null)
        {
            return WaitUntilKind.Moment(run, settings.DueFact);
        }

        if (settings.DueDays is not { } days)
        {
            return null;
        }

        var used = settings.PausesClock ? run.State.ClockUsed.GetValueOrDefault(activity.Id) : 0;
        return run.Context.Calendar.DueAt(run.Context.Now, Math.Max(1, days - used));
    }
}
