using System.Collections.Immutable;
using Applications.Domain.Rubrics;

namespace Applications.Domain.Workflow.Activities;

/// <summary>What a <see cref="PanelReviewKind"/> says about itself.</summary>
/// <param name="Role">Who the participants are.</param>
/// <param name="Task">The page that handles each participant's item.</param>
/// <param name="Labels">Chinese words for Score and Decline.</param>
/// <param name="DueDays">Working days each participant has.</param>
/// <param name="Round">Which round of review this is.</param>
public sealed record PanelReviewSettings(string Role, string Task, IReadOnlyDictionary<string, string> Labels, int? DueDays, string Round)
{
    /// <summary>The fact that lists the participants: <c>panel</c> for the usual round, <c>panel.defence</c> and so on for others.</summary>
    public string PanelFact => Round == ReviewRound.Default ? "panel" : $"panel.{Round}";

    /// <summary>When one who joins now is due; a substitute gets the whole time too.</summary>
    internal DateTime? DueAt(WorkflowContext context) => DueDays is { } days ? context.Calendar.DueAt(context.Now, days) : null;
}

/// <summary>
/// <c>Applications.PanelReview</c>: several participants work side by side, blind of one another. A fact lists them on entry (<see cref="PanelReviewSettings.PanelFact"/>).
/// One who answers <see cref="Decline"/> (回避) drops out; the place is left by Done when every other one has answered <see cref="Score"/>.
/// </summary>
public sealed class PanelReviewKind : ActivityKind
{
    /// <summary>The participant has locked a score.</summary>
    public const string Score = "Score";

    /// <summary>The participant declares a conflict and is out.</summary>
    public const string Decline = "Decline";

    public override string Type => "Applications.PanelReview";

    public override string Summary => "Experts score side by side, blind of one another; the fact of the panel lists them on entry.";

    public override string Leaves => "Done";

    public override IReadOnlyList<InputSpec> Inputs { get; } =
    [
        new("role", InputType.Text, "Who they are.", Required: true, Of: Words.Roles),
        new("task", InputType.Text, "The page that handles each one's item.", Required: true, Of: Words.Tasks),
        new("labels", InputType.Map, "Chinese words for Score and Decline."),
        new("dueDays", InputType.Number, "Working days each has."),
        new("round", InputType.Text, "The round of review; review by default."),
    ];

    public override bool Blocks => true;

    internal override object Read(InputReader reader, out IReadOnlyList<string> ports)
    {
        ports = [Ports.Done];
        return new PanelReviewSettings(
            reader.OneOf("role", reader.Vocabulary.Roles, "role"),
            reader.OneOf("task", reader.Vocabulary.Tasks, "task"),
            reader.Map("labels"),
            reader.Number("dueDays"),
            reader.Activity.Input("round") is null ? ReviewRound.Default : reader.Text("round"));
    }

    internal override string? Enter(Run run, Activity activity)
    {
        var settings = activity.SettingsAs<PanelReviewSettings>();
        var panel = run.Context.Facts.GetValueOrDefault(settings.PanelFact) as IEnumerable<string>
            ?? throw new InvalidOperationException($"The fact '{settings.PanelFact}' must list the participants.");
        var due = settings.DueAt(run.Context);
        var token = run.Wait(activity, due, panel.Distinct(StringComparer.Ordinal));
        run.Add(new WaitBegun(activity, token.Id, due));
        foreach (var participant in token.Participants)
        {
            run.Add(new WorkItemOpened(activity, token.Id, participant.Key, due));
        }

        return null;
    }

    public override IReadOnlyList<string> SeatOutcomes => [Score, Decline];

    /// <summary>Done when nobody is still to act and at least one score stands.</summary>
    internal override string? Settled(Activity activity, ImmutableArray<Participant> participants) =>
        participants.All(p => p.Outcome is not null) && participants.Any(p => p.Outcome == Score) ? Ports.Done : null;
}
