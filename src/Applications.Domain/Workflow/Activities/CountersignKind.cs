using System.Collections.Immutable;
using System.Text.Json;
using Applications.Domain.Expressions;

namespace Applications.Domain.Workflow.Activities;

/// <summary>When a countersignature (会签) is decided.</summary>
public enum CountersignRule
{
    /// <summary>All must agree; one who disagrees decides.</summary>
    All,

    /// <summary>One who agrees decides.</summary>
    Any,

    /// <summary>So many must agree.</summary>
    Quorum,
}

/// <summary>What a <see cref="CountersignKind"/> says about itself.</summary>
/// <param name="Task">The page that handles each signer's item.</param>
/// <param name="Signers">Posts (roles) that sign, when they are fixed.</param>
/// <param name="SignersScript">Gives the list of posts, when it is computed.</param>
/// <param name="Quorum">How many must agree, for <see cref="CountersignRule.Quorum"/>.</param>
/// <param name="Labels">Chinese words for Agree and Disagree.</param>
/// <param name="DueDays">Working days each signer has.</param>
public sealed record CountersignSettings(
    string Task, IReadOnlyList<string> Signers, Script? SignersScript, CountersignRule Rule, int? Quorum, IReadOnlyDictionary<string, string> Labels, int? DueDays)
{
    /// <summary>How many of <paramref name="signers"/> must agree.</summary>
    internal int Needed(int signers) => Rule switch
    {
        CountersignRule.All => signers,
        CountersignRule.Any => Math.Min(1, signers),
        _ => Math.Min(Quorum!.Value, signers),
    };
}

/// <summary>
/// <c>Applications.Countersign</c>: several posts sign side by side (会签). Left by Agreed as soon as enough have agreed, by Refused as soon as enough
/// no longer can; the others' items are then over. With nobody to sign it is left by Agreed at once.
/// </summary>
public sealed class CountersignKind : ActivityKind
{
    public const string Agree = "Agree";
    public const string Disagree = "Disagree";

    private const string Agreed = "Agreed";
    private const string Refused = "Refused";

    public override string Type => "Applications.Countersign";

    public override string Summary => "Posts sign side by side (会签).";

    public override string Leaves => "Agreed, Refused";

    public override IReadOnlyList<InputSpec> Inputs { get; } =
    [
        new("task", InputType.Text, "The page that handles each one's item.", Required: true, Of: Words.Tasks),
        new("signers", InputType.TextsOrScript, "The posts, or JavaScript that gives them.", Required: true),
        new("rule", InputType.Text, "All (by default), Any or Quorum."),
        new("quorum", InputType.Number, "How many must agree, for Quorum."),
        new("labels", InputType.Map, "Chinese words for Agree and Disagree."),
        new("dueDays", InputType.Number, "Working days each has."),
    ];

    public override bool Blocks => true;

    public override IReadOnlyList<string> SeatOutcomes => [Agree, Disagree];

    internal override object Read(InputReader reader, out IReadOnlyList<string> ports)
    {
        ports = [Agreed, Refused];
        var computed = reader.Activity.Input("signers")?.Expression;
        var signers = computed is null ? reader.List("signers") : [];
        foreach (var signer in signers)
        {
            reader.MustBeKnown(signer, reader.Vocabulary.Roles, "role");
        }

        if (computed is null && signers.Count == 0)
        {
            reader.Problem("A countersignature needs signers, or an expression that gives them.");
        }

        var name = reader.Activity.Input("rule") is null ? nameof(CountersignRule.All) : reader.Text("rule");
        if (!Enum.TryParse<CountersignRule>(name, out var rule) || name != rule.ToString())
        {
            reader.Problem($"Unknown rule '{name}'. Known: {string.Join(", ", Enum.GetNames<CountersignRule>())}.");
        }

        var quorum = reader.Number("quorum");
        if (rule == CountersignRule.Quorum != quorum is not null)
        {
            reader.Problem("'quorum' and the rule Quorum belong together.");
        }
        else if (computed is null && quorum > signers.Count)
        {
            reader.Problem($"A quorum of {quorum} out of {signers.Count} can never be met.");
        }

        return new CountersignSettings(
            reader.OneOf("task", reader.Vocabulary.Tasks, "task"), signers, computed, rule, quorum, reader.Map("labels"), reader.Number("dueDays"));
    }

    /// <summary>A computed list may be empty.</summary>
    internal override IEnumerable<string> PassingPorts(Activity activity) => activity.SettingsAs<CountersignSettings>().SignersScript is null ? [] : [Agreed];

    internal override string? Enter(Run run, Activity activity)
    {
        var settings = activity.SettingsAs<CountersignSettings>();
        var signers = settings.SignersScript is { } script ? Computed(run, activity, script) : settings.Signers;
        if (signers.Count == 0)
        {
            return Agreed;
        }

        DateTime? due = settings.DueDays is { } days ? run.Context.Calendar.DueAt(run.Context.Now, days) : null;
        var token = run.Wait(activity, due, signers);
        run.Add(new WaitBegun(activity, token.Id, due));
        foreach (var signer in signers)
        {
            run.Add(new WorkItemOpened(activity, token.Id, signer, due));
        }

        return null;
    }

    internal override string? Settled(Activity activity, ImmutableArray<Participant> participants)
    {
        var needed = activity.SettingsAs<CountersignSettings>().Needed(participants.Length);
        var agreed = participants.Count(p => p.Outcome == Agree);
        return agreed >= needed ? Agreed : agreed + participants.Count(p => p.Outcome is null) < needed ? Refused : null;
    }

    private static List<string> Computed(Run run, Activity activity, Script script) => run.Evaluate(script) switch
    {
        null => [],
        IEnumerable<object?> list when list.All(s => s is string post && Roles.All.Contains(post)) => [.. list.Cast<string>().Distinct(StringComparer.Ordinal)],
        var other => throw new InvalidOperationException($"{activity.Id}: the signers must be a list of posts, not {JsonSerializer.Serialize(other)}."),
    };
}
