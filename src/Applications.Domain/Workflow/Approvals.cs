using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Workflow.Activities;

namespace Applications.Domain.Workflow;

/// <summary>
/// What people do with work besides deciding it: send back to an earlier step, take back, ask for a further signature, stay, terminate. Pure, like
/// <see cref="WorkflowEngine"/>; the meaning is written in <c>Workflow/README.md</c>. Reassigning, delegating and urging change who holds an
/// item and not where the flow stands, so they are the host's.
/// </summary>
public static class Approvals
{
    /// <summary>An added signer agrees.</summary>
    public const string Agree = "Agree";

    /// <summary>An added signer objects: the decision goes back to the holder.</summary>
    public const string Object = "Object";

    /// <summary>The result of a flow that was terminated.</summary>
    public const string TerminatedResult = "terminated";

    private const int MostSigners = 5;

    /// <summary>Where a terminated case stands: a place that no definition draws.</summary>
    public static Activity Terminated { get; } = new(TerminatedResult, new EndKind(), "已终止", new DesignerBox(0, 0, 0, 0), new Dictionary<string, ActivityInput>());

    /// <summary>
    /// 退回: the flow goes back to <paramref name="target"/>, an earlier step that the definition names (<c>sendBackTo</c>), and from there forward again.
    /// When the target lies before a fork, everything that waits in its branches is ended and what they had decided counts no more.
    /// </summary>
    /// <exception cref="RuleBrokenException"><c>work-item-gone</c>, <c>outcome-not-yours</c>, <c>cannot-send-back</c>, <c>never-was-there</c>, <c>already-decided</c> or <c>case-suspended</c>.</exception>
    public static Decision SendBack(
        WorkflowDefinition definition, WorkflowState state, int token, string role, string target, WorkflowContext context)
    {
        var (activity, waiting) = WorkflowEngine.Waiting(definition, state, token);
        var settings = HeldBy(activity, waiting, role);
        if (!settings.SendBackTo.Contains(target))
        {
            throw new RuleBrokenException("cannot-send-back", $"“{activity.Title}”不能退回到该环节。");
        }

        if (!state.Uses.Keys.Any(k => k.StartsWith(target + ":", StringComparison.Ordinal)))
        {
            throw new RuleBrokenException("never-was-there", $"本件未经过“{definition.Get(target).Title}”，不能退回到该环节。");
        }

        using var run = new Run(definition, state, context);
        WorkflowEngine.Quit(run, activity, waiting, Ports.SentBack);
        foreach (var region in definition.Regions.Where(r => r.Holds(activity.Id) && !r.Holds(target)))
        {
            run.Empty(region);
        }

        run.Enter(activity, definition.Get(target));
        return run.Decide();
    }

    /// <summary>
    /// 撤回: takes the decision made at <paramref name="token"/> back. Possible until somebody acts on what followed, and only when nothing of it has left
    /// the house (a letter, a publication, a signal to the cases, the end of the flow). Commands are undone by their opposites, last first.
    /// </summary>
    /// <param name="token">The token that was completed.</param>
    /// <exception cref="RuleBrokenException"><c>cannot-recall</c> or <c>case-suspended</c>.</exception>
    public static Decision Recall(WorkflowDefinition definition, WorkflowState state, int token, WorkflowContext context)
    {
        ArgumentNullException.ThrowIfNull(definition);
        RequireRunning(state);
        var undo = state.Undos.FirstOrDefault(u => u.Token == token)
            ?? throw new RuleBrokenException("cannot-recall", "下一环节已经办理，或结果已对外发出，不能撤回。");
        var activity = definition.Get(undo.Activity);
        using var run = new Run(definition, state, context);
        foreach (var opened in undo.Opened.Select(id => state.Find(id)!))
        {
            run.Close(definition.Get(opened.Activity), opened, Ports.Recalled);
            run.Remove(opened);
        }

        foreach (var command in undo.Commands.Reverse())
        {
            run.Add(new CommandRequested(activity, Commands.Undoing(command)!));
        }

        var uses = $"{undo.Activity}:{undo.Outcome}";
        run.Apply(s => s with
        {
            Undos = s.Undos.Remove(undo),
            Uses = s.Uses[uses] == 1 ? s.Uses.Remove(uses) : s.Uses.SetItem(uses, s.Uses[uses] - 1),
            ClockUsed = undo.ClockBefore == 0 ? s.ClockUsed.Remove(undo.Activity) : s.ClockUsed.SetItem(undo.Activity, undo.ClockBefore),
            Variables = s.Variables.SetItems(undo.Variables),
            Arrived = undo.Arrivals.Aggregate(s.Arrived, (all, a) => all[a.Join].Remove(a.Arrow) is { IsEmpty: false } rest ? all.SetItem(a.Join, rest) : all.Remove(a.Join)),
        });
        Reopen(run, activity, undo.Since, undo.Due);
        return run.Decide();
    }

    /// <summary>加签: the holder of <paramref name="token"/> asks <paramref name="signer"/> to sign as well.</summary>
    /// <param name="signer">The desk of the signer, as the host names desks.</param>
    /// <exception cref="RuleBrokenException"><c>work-item-gone</c>, <c>outcome-not-yours</c>, <c>no-signers-here</c>, <c>already-signer</c>, <c>too-many-signers</c>, <c>already-decided</c> or <c>case-suspended</c>.</exception>
    public static Decision AddSigner(
        WorkflowDefinition definition, WorkflowState state, int token, string role, string signer, SignerPosition position, WorkflowContext context)
    {
        var (activity, waiting) = WorkflowEngine.Waiting(definition, state, token);
        var settings = HeldBy(activity, waiting, role);
        if (settings.Role == Roles.Applicant)
        {
            throw new RuleBrokenException("no-signers-here", "该环节不能加签。");
        }

        if (waiting.Signers.Any(s => s.Key == signer))
        {
            throw new RuleBrokenException("already-signer", "该人员已在加签名单中。", "Signer");
        }

        if (waiting.Signers.Length >= MostSigners)
        {
            throw new RuleBrokenException("too-many-signers", $"同一环节最多加签 {MostSigners} 人。", "Signer");
        }

        using var run = new Run(definition, state, context);
        run.Replace(waiting, waiting with { Signers = waiting.Signers.Add(new Signer(signer, position, null)) });
        if (position != SignerPosition.After)
        {
            run.Add(new WorkItemOpened(activity, token, signer, waiting.Due));
        }

        return run.Decide();
    }

    /// <summary>An added signer signs. When he was the last one waited for, the holder's decision takes effect; when he objects to it, it goes back to the holder.</summary>
    /// <param name="outcome"><see cref="Agree"/> or <see cref="Object"/>.</param>
    /// <exception cref="RuleBrokenException"><c>work-item-gone</c>, <c>unknown-outcome</c> or <c>case-suspended</c>.</exception>
    public static Decision Sign(
        WorkflowDefinition definition, WorkflowState state, int token, string signer, string outcome, WorkflowContext context)
    {
        var (activity, waiting) = WorkflowEngine.Waiting(definition, state, token);
        var seat = waiting.OpenSigners().FirstOrDefault(s => s.Key == signer) ?? throw WorkflowEngine.Gone();
        if (outcome is not (Agree or Object))
        {
            throw new RuleBrokenException("unknown-outcome", "请选择同意或不同意。", "Outcome");
        }

        using var run = new Run(definition, state, context);
        run.Add(new WorkItemClosed(activity, token, signer, outcome));
        var signed = waiting with { Signers = waiting.Signers.Replace(seat, seat with { Outcome = outcome }) };
        run.Replace(waiting, signed);
        if (signed.Chosen is null)
        {
            return run.Decide();
        }

        if (outcome == Object)
        {
            // A new number: whoever still looks at the old item must not decide the new one unseen.
            run.Close(activity, signed, Ports.Cancelled);
            run.Remove(signed);
            Reopen(run, activity, signed.Since, signed.Due);
        }
        else if (!signed.OpenSigners().Any())
        {
            WorkflowEngine.Leave(run, activity, signed, signed.Chosen);
        }

        return run.Decide();
    }

    /// <summary>中止: nothing moves the case until it is resumed; neither people nor gates nor time.</summary>
    /// <exception cref="RuleBrokenException"><c>case-suspended</c> or <c>case-over</c>.</exception>
    public static Decision Suspend(WorkflowState state, WorkflowContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        RequireRunning(state);
        return new Decision(state with { SuspendedSince = context.Now }, []);
    }

    /// <summary>恢复: the case goes on where it stood. Limits in working days are longer by the days of the stay; moments (a window's end) stay what they are.</summary>
    /// <exception cref="RuleBrokenException"><c>not-suspended</c>.</exception>
    public static Decision Resume(WorkflowDefinition definition, WorkflowState state, WorkflowContext context)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(context);
        if (state.SuspendedSince is not { } since)
        {
            throw new RuleBrokenException("not-suspended", "该项目没有中止。");
        }

        using var run = new Run(definition, state with { SuspendedSince = null }, context);
        var days = Math.Max(0, context.Calendar.WorkingDaysBetween(ChinaTime.DateOf(since), ChinaTime.DateOf(context.Now)));
        foreach (var token in state.Tokens)
        {
            var activity = definition.Get(token.Activity);
            if (token.Due is not { } due)
            {
                continue;
            }

            var counted = activity.Settings is WorkItemSettings { DueDays: not null } or PanelReviewSettings { DueDays: not null } or CountersignSettings { DueDays: not null };
            var later = counted && days > 0 ? context.Calendar.DueAt(due.AddTicks(-1), days) : due;
            run.Replace(token, token with { Due = later });
            run.Add(new DueChanged(activity, token.Id, later));
        }

        return run.Decide();
    }

    /// <summary>变更期限: what waits until one of these facts follows it; limits in working days stay what they are.</summary>
    /// <param name="facts">Names of facts that are moments.</param>
    public static Decision Reschedule(WorkflowDefinition definition, WorkflowState state, IReadOnlySet<string> facts, WorkflowContext context)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(facts);
        using var run = new Run(definition, state, context);
        foreach (var token in state.Tokens)
        {
            var activity = definition.Get(token.Activity);
            if (MomentOf(activity) is { } fact && facts.Contains(fact) && token.Due is not null && WaitUntilKind.Moment(run, fact) is var moment && moment != token.Due)
            {
                run.Replace(token, token with { Due = moment });
                run.Add(new DueChanged(activity, token.Id, moment));
            }
        }

        return run.Decide();
    }

    /// <summary>The fact until which is waited here; null where the limit is counted in working days, or there is none.</summary>
    public static string? MomentOf(Activity activity) => activity?.Settings switch
    {
        WaitUntilSettings wait => wait.Fact,
        WorkItemSettings item => item.DueFact,
        _ => null,
    };

    /// <summary>终止: the case is over, whatever waits.</summary>
    /// <exception cref="RuleBrokenException"><c>case-over</c>.</exception>
    public static Decision Terminate(WorkflowDefinition definition, WorkflowState state, WorkflowContext context)
    {
        ArgumentNullException.ThrowIfNull(definition);
        RequireRunning(state, suspendedToo: true);
        using var run = new Run(definition, state, context);
        run.End(Terminated, TerminatedResult);
        return run.Decide();
    }

    /// <summary>The decision of a holder who has to wait for signatures: it is noted and not yet carried out. Null when nothing holds it.</summary>
    internal static Decision? Hold(
        WorkflowDefinition definition, WorkflowState state, Activity activity, Token token, string outcome, WorkflowContext context)
    {
        if (token.Chosen is not null)
        {
            throw Decided();
        }

        if (token.Signers.Any(s => s.Outcome is null && s.Position == SignerPosition.Before))
        {
            throw new RuleBrokenException("signature-pending", "前加签人员尚未签署，签署后才能办理。");
        }

        if (token.Signers.All(s => s.Outcome is not null))
        {
            return null;
        }

        using var run = new Run(definition, state, context);
        var held = token with { Chosen = outcome };
        run.Replace(token, held);
        run.Add(new WorkItemClosed(activity, token.Id, null, outcome));
        foreach (var signer in held.OpenSigners().Where(s => s.Position == SignerPosition.After))
        {
            run.Add(new WorkItemOpened(activity, token.Id, signer.Key, token.Due));
        }

        return run.Decide();
    }

    private static WorkItemSettings HeldBy(Activity activity, Token token, string role)
    {
        if (activity.Settings is not WorkItemSettings settings || settings.Role != role)
        {
            throw new RuleBrokenException("outcome-not-yours", "该环节不由您办理。");
        }

        return token.Chosen is null ? settings : throw Decided();
    }

    private static void Reopen(Run run, Activity activity, DateTime since, DateTime? due)
    {
        var token = run.Wait(activity, due);
        run.Replace(token, token with { Since = since });
        run.Add(new WorkItemOpened(activity, token.Id, null, due));
        if (due is { } at && activity.Kind.OnTimeout(activity) is not null)
        {
            run.Add(new TimerSet(activity, token.Id, at));
        }
    }

    private static void RequireRunning(WorkflowState state, bool suspendedToo = false)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.IsFinished)
        {
            throw new RuleBrokenException("case-over", "该项目已办结。");
        }

        if (state.IsSuspended && !suspendedToo)
        {
            throw new RuleBrokenException("case-suspended", "该项目已中止，恢复后才能办理。");
        }
    }

    private static RuleBrokenException Decided() => new("already-decided", "已作出决定，正在等待加签人员签署。");
}
