using Applications.Domain.Workflow.Activities;

namespace Applications.Domain.Workflow.Versions;

/// <summary>Until when a token that is moved has time.</summary>
internal static class DueRules
{
    /// <summary>True when the flow goes on by itself once the time is up.</summary>
    public static bool IsTimed(Activity activity) => activity.Kind.OnTimeout(activity) is not null;

    /// <summary>
    /// The same rule keeps the time that was given. Another rule counts anew from when the token came to wait. Nobody finds himself out of time by a
    /// move that counts days or sets a clock going: one working day is always left. A moment that the case is given is taken as it is.
    /// </summary>
    /// <exception cref="InvalidOperationException">The rule asks for a moment that this case does not have.</exception>
    public static DateTime? DueAfter(Token token, Activity at, Activity next, WorkflowDefinition to, WorkflowState state, WorkflowContext context)
    {
        var (was, now) = (RuleOf(at), RuleOf(next));
        var due = was == now ? token.Due : Count(token, now, to, state, context);
        if (due is null || (was == now && (IsTimed(at) || !IsTimed(next))) || now.Fact is not null)
        {
            return due;
        }

        var least = context.Calendar.DueAt(context.Now, 1);
        return due < least ? least : due;
    }

    private static DateTime? Count(Token token, Rule rule, WorkflowDefinition to, WorkflowState state, WorkflowContext context)
    {
        if (rule.Fact is not null)
        {
            using var run = new Run(to, state, context);
            return WaitUntilKind.Moment(run, rule.Fact);
        }

        return rule.Days is { } days
            ? context.Calendar.DueAt(token.Since, Math.Max(1, days - (rule.Pauses ? state.ClockUsed.GetValueOrDefault(token.Activity) : 0)))
            : null;
    }

    private static Rule RuleOf(Activity activity) => activity.Settings switch
    {
        WorkItemSettings item => new Rule(item.DueDays, item.DueFact, item.PausesClock),
        PanelReviewSettings panel => new Rule(panel.DueDays, null, false),
        CountersignSettings signers => new Rule(signers.DueDays, null, false),
        WaitUntilSettings wait => new Rule(null, wait.Fact, false),
        _ => default,
    };

    private readonly record struct Rule(int? Days, string? Fact, bool Pauses);
}
