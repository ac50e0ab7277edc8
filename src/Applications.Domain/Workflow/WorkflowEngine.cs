using Applications.Domain.Common;
using Applications.Domain.Workflow.Activities;

namespace Applications.Domain.Workflow;

/// <summary>
/// Executes definitions. Every operation is a pure function of definition, state, what happened, facts and time; it returns the next state and
/// the effects and touches nothing. What it means is written in <c>Workflow/README.md</c>.
/// </summary>
public static class WorkflowEngine
{
    /// <summary>Begins a flow and runs to the first places where it must wait.</summary>
    public static Decision Start(WorkflowDefinition definition, WorkflowContext context)
    {
        ArgumentNullException.ThrowIfNull(definition);
        using var run = new Run(definition, new WorkflowState { DefinitionId = definition.Id }, context);
        run.Begin();
        return run.Decide();
    }

    /// <summary>The holder of <paramref name="token"/>, acting in <paramref name="role"/>, decides <paramref name="outcome"/>.</summary>
    /// <exception cref="RuleBrokenException"><c>work-item-gone</c>, <c>unknown-outcome</c>, <c>outcome-not-yours</c>, <c>outcome-used-up</c>, <c>signature-pending</c>,
    /// <c>already-decided</c> or <c>case-suspended</c>.</exception>
    public static Decision Complete(
        WorkflowDefinition definition, WorkflowState state, int token, string role, string outcome, WorkflowContext context)
    {
        var (activity, waiting) = Waiting(definition, state, token);
        if (activity.Kind is not WorkItemKind)
        {
            throw new RuleBrokenException("unknown-outcome", "此环节不需要办理。");
        }

        var settings = activity.SettingsAs<WorkItemSettings>();
        if (!settings.Outcomes.Contains(outcome))
        {
            throw new RuleBrokenException("unknown-outcome", $"“{activity.Title}”没有这种办理结果。");
        }

        if (settings.RoleFor(outcome) != role)
        {
            throw new RuleBrokenException("outcome-not-yours", $"“{settings.Labels[outcome]}”不由您办理。");
        }

        if (settings.IsUsedUp(outcome, activity, state))
        {
            throw new RuleBrokenException("outcome-used-up", $"“{settings.Labels[outcome]}”的次数已用完，不能再次使用。");
        }

        return Approvals.Hold(definition, state, activity, waiting, outcome, context) ?? Move(definition, state, activity, waiting, outcome, context, remember: true);
    }

    /// <summary>
    /// One of several who act side by side answers: a panel's expert <see cref="PanelReviewKind.Score"/> or <see cref="PanelReviewKind.Decline"/>, a
    /// countersigner <see cref="CountersignKind.Agree"/> or <see cref="CountersignKind.Disagree"/>.
    /// </summary>
    /// <exception cref="RuleBrokenException"><c>work-item-gone</c>, <c>unknown-outcome</c> or <c>case-suspended</c>.</exception>
    public static Decision Answer(
        WorkflowDefinition definition, WorkflowState state, int token, string participant, string outcome, WorkflowContext context)
    {
        var (activity, waiting) = Waiting(definition, state, token);
        var seat = waiting.Participants.FirstOrDefault(p => p.Key == participant && p.Outcome is null) ?? throw Gone();
        if (!activity.Kind.SeatOutcomes.Contains(outcome))
        {
            throw new RuleBrokenException("unknown-outcome", $"“{activity.Title}”没有这种办理结果。");
        }

        using var run = new Run(definition, state, context);
        run.Add(new WorkItemClosed(activity, token, participant, outcome));
        var answered = waiting with { Participants = waiting.Participants.Replace(seat, seat with { Outcome = outcome }) };
        Settle(run, activity, waiting, answered);
        return run.Decide();
    }

    /// <summary>Adds <paramref name="participants"/> to a panel that is at work (a substitute after a conflict, an extra expert).</summary>
    /// <exception cref="RuleBrokenException"><c>work-item-gone</c>, <c>not-a-panel</c> or <c>already-on-panel</c>.</exception>
    public static Decision Enlist(
        WorkflowDefinition definition, WorkflowState state, int token, IReadOnlyList<string> participants, WorkflowContext context)
    {
        ArgumentNullException.ThrowIfNull(participants);
        var (activity, waiting) = Waiting(definition, state, token);
        if (activity.Kind is not PanelReviewKind)
        {
            throw new RuleBrokenException("not-a-panel", $"“{activity.Title}”没有评审组。");
        }

        var keys = waiting.Participants.Select(p => p.Key).Concat(participants).ToList();
        if (keys.Distinct(StringComparer.Ordinal).Count() != keys.Count)
        {
            throw new RuleBrokenException("already-on-panel", "该专家已在本项目的评审组中。");
        }

        if (participants.Count == 0)
        {
            return new Decision(state, []);
        }

        using var run = new Run(definition, state, context);
        var due = activity.SettingsAs<PanelReviewSettings>().DueAt(context);
        run.Replace(waiting, waiting with { Due = due, Participants = [.. waiting.Participants, .. participants.Select(p => new Participant(p, null))] });
        foreach (var participant in participants)
        {
            run.Add(new WorkItemOpened(activity, token, participant, due));
        }

        return run.Decide();
    }

    /// <summary>Gives <paramref name="participant"/> of a panel that is still at work his score back; he has the whole time again.</summary>
    /// <exception cref="RuleBrokenException"><c>work-item-gone</c>, also when the panel is through; <c>not-a-panel</c>, <c>not-scored</c> or <c>case-suspended</c>.</exception>
    public static Decision Reopen(WorkflowDefinition definition, WorkflowState state, int token, string participant, WorkflowContext context)
    {
        var (activity, waiting) = Waiting(definition, state, token);
        if (activity.Settings is not PanelReviewSettings settings)
        {
            throw new RuleBrokenException("not-a-panel", $"“{activity.Title}”没有评审组。");
        }

        var seat = waiting.Participants.FirstOrDefault(p => p.Key == participant && p.Outcome == PanelReviewKind.Score)
            ?? throw new RuleBrokenException("not-scored", "该专家没有可以重新打开的评分。");
        using var run = new Run(definition, state, context);
        var due = settings.DueAt(context);
        run.Replace(waiting, waiting with { Due = due, Participants = waiting.Participants.Replace(seat, seat with { Outcome = null }) });
        run.Add(new WorkItemOpened(activity, token, participant, due));
        return run.Decide();
    }

    /// <summary>A gate signal reaches the flow. Tokens to which it means nothing stay where they are, and a stayed case stays; the state is then returned as it was.</summary>
    public static Decision Signal(WorkflowDefinition definition, WorkflowState state, string signal, WorkflowContext context)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(state);
        using var run = new Run(definition, state, context);
        foreach (var token in state.IsSuspended ? [] : state.Tokens)
        {
            var activity = definition.Get(token.Activity);
            if (!run.State.IsFinished && run.State.Find(token.Id) is not null && activity.Kind.OnSignal(activity, signal) is { } port)
            {
                Leave(run, activity, token, port);
            }
        }

        return run.Decide();
    }

    /// <summary>The time of <paramref name="token"/> is up. Nothing happens when it was already used, time does not move it or the case is stayed.</summary>
    public static Decision TimeOut(WorkflowDefinition definition, WorkflowState state, int token, WorkflowContext context)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(state);
        if (state.IsSuspended || state.Find(token) is not { } waiting || definition.Get(waiting.Activity) is not { } activity || activity.Kind.OnTimeout(activity) is not { } port)
        {
            return new Decision(state, []);
        }

        return Move(definition, state, activity, waiting, port, context);
    }

    private static Decision Move(
        WorkflowDefinition definition, WorkflowState state, Activity activity, Token token, string port, WorkflowContext context, bool remember = false)
    {
        using var run = new Run(definition, state, context);
        Leave(run, activity, token, port);
        if (remember)
        {
            run.Remember(state, activity, token, port);
        }

        return run.Decide();
    }

    internal static void Leave(Run run, Activity activity, Token token, string port)
    {
        Quit(run, activity, token, port);
        run.Leave(activity, port);
    }

    /// <summary>Takes the token away, counts its outcome and stops its clock; what follows is for the caller.</summary>
    internal static void Quit(Run run, Activity activity, Token token, string outcome)
    {
        run.Close(activity, token, outcome);
        run.Remove(token);
        run.CountUse(activity, outcome);
        if (activity.Settings is WorkItemSettings { PausesClock: true })
        {
            run.StopClock(activity, token);
        }
    }

    private static void Settle(Run run, Activity activity, Token before, Token after)
    {
        run.Replace(before, after);
        if (activity.Kind.Settled(activity, after.Participants) is { } port)
        {
            Leave(run, activity, after, port);
        }
    }

    internal static (Activity Activity, Token Token) Waiting(WorkflowDefinition definition, WorkflowState state, int token)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(state);
        var waiting = state.Find(token) ?? throw Gone();
        if (state.IsSuspended)
        {
            throw new RuleBrokenException("case-suspended", "该项目已中止，恢复后才能办理。");
        }

        return (definition.Get(waiting.Activity), waiting);
    }

    internal static RuleBrokenException Gone() => new("work-item-gone", "这项待办已经办结或已失效，请刷新后查看最新状态。");
}
