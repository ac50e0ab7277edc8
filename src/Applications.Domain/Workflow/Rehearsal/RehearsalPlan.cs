using Applications.Domain.Calendars;
using Applications.Domain.Workflow.Activities;

namespace Applications.Domain.Workflow.Rehearsal;

/// <summary>What is to be played through: a batch of synthetic cases from its call to its end.</summary>
/// <param name="BatchFlow">The way of the batch.</param>
/// <param name="CaseFlow">The way of each case.</param>
/// <param name="Cases">How many enterprises begin an application.</param>
/// <param name="Seed">The same seed gives the same season, on any machine.</param>
/// <param name="Start">The day the call is published.</param>
/// <param name="Calendar">Counts working days, as for real cases.</param>
public sealed record RehearsalPlan(WorkflowDefinition BatchFlow, WorkflowDefinition CaseFlow, int Cases, long Seed, DateOnly Start, WorkCalendar Calendar)
{
    /// <summary>Days of filing.</summary>
    public int FilingDays { get; init; } = 30;

    /// <summary>Days the cities have after filing has closed.</summary>
    public int RecommendationDays { get; init; } = 15;

    /// <summary>Working days of public notice.</summary>
    public int NoticeDays { get; init; } = 5;

    public RehearsalBehaviour Behaviour { get; init; } = new();
}

/// <summary>How people behave in a rehearsal. The numbers are assumptions, to be set by whoever knows better.</summary>
public sealed record RehearsalBehaviour
{
    /// <summary>
    /// How likely an outcome is, by <c>activity:outcome</c> or by <c>outcome</c> alone. An outcome that is not named is taken as likely as
    /// <see cref="OtherOutcome"/>; the first one of a step, which is its best, takes what is left.
    /// </summary>
    public IReadOnlyDictionary<string, double> Outcomes { get; init; } = new Dictionary<string, double>
    {
        ["Return"] = 0.15,
        ["Supplement"] = 0.25,
        ["Reject"] = 0.08,
        ["NotAccept"] = 0.03,
        ["Withdraw"] = 0.01,
        ["Discard"] = 0.05,
        ["Reopen"] = 0.02,
        ["Decline"] = 0.05,
    };

    public double OtherOutcome { get; init; } = 0.05;

    /// <summary>Working days until somebody of a role handles an item: the least and the most.</summary>
    public IReadOnlyDictionary<string, (int Least, int Most)> Days { get; init; } = new Dictionary<string, (int, int)>
    {
        [Roles.Applicant] = (1, 9),
        [Roles.County] = (1, 4),
        [Roles.City] = (1, 5),
        [Roles.Officer] = (1, 8),
        [Roles.Head] = (1, 3),
        [Roles.Leader] = (1, 4),
        [Roles.Expert] = (3, 11),
    };

    /// <summary>Share of items left lying where time or the batch ends them without anybody.</summary>
    public double Silent { get; init; } = 0.05;

    /// <summary>Share of enterprises whose county checks first.</summary>
    public double WithCounty { get; init; } = 0.7;

    /// <summary>Share of reviewed cases that the list takes up.</summary>
    public double Selected { get; init; } = 0.6;

    /// <summary>Share of cases that a sample for the site check takes in.</summary>
    public double Sampled { get; init; } = 0.3;

    /// <summary>Experts a file.</summary>
    public int Panel { get; init; } = 5;

    /// <summary>What a role needs; one that is not named needs between one and five days.</summary>
    public (int Least, int Most) DaysOf(string role) => Days.TryGetValue(role, out var days) ? days : (1, 5);

    /// <summary>Every outcome of <paramref name="flow"/> whose likelihood can be set: all but the best one of each step, which takes what is left.</summary>
    public IReadOnlyList<(Activity Activity, string Outcome, double Likelihood)> Odds(WorkflowDefinition flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return
        [
            .. from activity in flow.Activities
               from outcome in (activity.Settings as WorkItemSettings)?.Outcomes.Skip(1) ?? activity.Kind.SeatOutcomes.Skip(1)
               select (activity, outcome, LikelihoodOf(activity.Id, outcome)),
        ];
    }

    /// <summary>How likely <paramref name="outcome"/> of <paramref name="activity"/> is, unless it is the step's best.</summary>
    public double LikelihoodOf(string activity, string outcome) =>
        Outcomes.TryGetValue($"{activity}:{outcome}", out var particular) ? particular : Outcomes.GetValueOrDefault(outcome, OtherOutcome);
}
