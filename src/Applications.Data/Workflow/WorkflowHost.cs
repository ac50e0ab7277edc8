using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;

namespace Applications.Data.Workflow;

/// <summary>
/// The only way a case, a batch or a title moves. Asks the engine, then turns its decision into tracked changes: standing, work items, timers, letters,
/// commands and the journal line. Saves nothing: the command that called it commits all of it at once.
/// </summary>
public sealed class WorkflowHost(DefinitionCatalog definitions, FlowFacts facts, FlowEffects effects, ApplicationsDbContext db)
{
    /// <summary>UTC, as the database will keep it.</summary>
    public DateTime Now => facts.Now;

    /// <summary>Starts the flow of a new subject, which must be tracked.</summary>
    /// <param name="label">What the journal calls it.</param>
    public async Task StartAsync(FlowSubject subject, string definitionId, Actor actor, string label, CancellationToken ct)
    {
        var definition = definitions.Workflow(definitionId);
        var decision = WorkflowEngine.Start(definition, await facts.ContextAsync(subject, ct));
        await ApplyAsync(subject, definition, decision, new Step(actor, "start", definition.Start, "Start", label, null), ct);
    }

    /// <summary>Completes the work item that <paramref name="token"/> stands for.</summary>
    public async Task CompleteAsync(FlowSubject subject, int token, string outcome, Actor actor, string? reason, CancellationToken ct)
    {
        var definition = DefinitionOf(subject);
        var activity = ActivityAt(subject, token);
        var decision = WorkflowEngine.Complete(definition, subject.State, token, actor.Role, outcome, await facts.ContextAsync(subject, ct));
        var settings = activity.SettingsAs<WorkItemSettings>();
        if (settings.Reasons.Contains(outcome) && string.IsNullOrWhiteSpace(reason))
        {
            throw new RuleBrokenException("reason-required", "请写明理由，对方将看到这段文字。", "Reason");
        }

        await ApplyAsync(subject, definition, decision, new Step(actor, "complete", activity, outcome, settings.Labels[outcome], reason), ct);
    }

    /// <summary>A panel member answers (<see cref="PanelReviewKind.Score"/>, <see cref="PanelReviewKind.Decline"/>).</summary>
    public async Task AnswerAsync(FlowSubject subject, int token, string participant, string outcome, Actor actor, string? reason, CancellationToken ct)
    {
        var activity = ActivityAt(subject, token);
        var decision = WorkflowEngine.Answer(DefinitionOf(subject), subject.State, token, participant, outcome, await facts.ContextAsync(subject, ct));
        var label = activity.SettingsAs<PanelReviewSettings>().Labels.GetValueOrDefault(outcome, outcome);
        await ApplyAsync(subject, DefinitionOf(subject), decision, new Step(actor, "answer", activity, outcome, label, reason), ct);
    }

    /// <summary>Adds experts to a panel that is at work.</summary>
    public async Task EnlistAsync(FlowSubject subject, int token, IReadOnlyList<string> participants, Actor actor, string reason, CancellationToken ct)
    {
        var decision = WorkflowEngine.Enlist(DefinitionOf(subject), subject.State, token, participants, await facts.ContextAsync(subject, ct));
        await ApplyAsync(subject, DefinitionOf(subject), decision, new Step(actor, "enlist", ActivityAt(subject, token), "Enlist", "增补专家", reason), ct);
    }

    /// <summary>Gives an expert of a panel that is at work his score back.</summary>
    public async Task ReopenAsync(FlowSubject subject, int token, string participant, Actor actor, string reason, CancellationToken ct)
    {
        var decision = WorkflowEngine.Reopen(DefinitionOf(subject), subject.State, token, participant, await facts.ContextAsync(subject, ct));
        await ApplyAsync(subject, DefinitionOf(subject), decision, new Step(actor, "reopen", ActivityAt(subject, token), "Reopen", "重新打开评分", reason), ct);
    }

    /// <summary>A signal reaches the subject, by default a gate that its batch opens. True when it moved.</summary>
    /// <param name="waitingSince">For a pulse: a case that came to the place later is not meant.</param>
    /// <param name="by">Who sent it, when it was a person.</param>
    public async Task<bool> SignalAsync(FlowSubject subject, string signal, CancellationToken ct, DateTime? waitingSince = null, Step? by = null)
    {
        var definition = DefinitionOf(subject);
        if (subject.State.Tokens.FirstOrDefault(t => definition.Get(t.Activity) is var a && a.Kind.Answers(a, signal)) is not { } waiting
            || waiting.Since > waitingSince || subject.State.IsSuspended)
        {
            return false;
        }

        var decision = WorkflowEngine.Signal(definition, subject.State, signal, await facts.ContextAsync(subject, ct));
        var activity = definition.Get(waiting.Activity);
        await ApplyAsync(subject, definition, decision, by is null ? new Step(Actor.System, "signal", activity, signal, "批次推进", null) : by with { Activity = activity }, ct);
        return true;
    }

    /// <summary>The time of a token is up.</summary>
    public async Task TimeOutAsync(FlowSubject subject, int token, CancellationToken ct)
    {
        var decision = WorkflowEngine.TimeOut(DefinitionOf(subject), subject.State, token, await facts.ContextAsync(subject, ct));
        if (decision.Effects.Count > 0)
        {
            await ApplyAsync(subject, DefinitionOf(subject), decision, new Step(Actor.System, "timeout", ActivityAt(subject, token), "Timeout", "到期", null), ct);
        }
    }

    /// <summary>A line of the journal about something beside the flow, which does not move by it. Whoever read the subject before meets a newer one.</summary>
    /// <param name="activity">Where the subject stands.</param>
    public void Note(FlowSubject subject, string activity, Actor actor, string outcome, string label, string reason)
    {
        Journal.Append(db, subject, new Step(actor, "note", DefinitionOf(subject).Get(activity), outcome, label, reason), Now);
        if (subject.IsBatch)
        {
            subject.Batch.Version = Guid.NewGuid();
        }
    }

    /// <summary>The version of the flow that the subject runs on.</summary>
    internal WorkflowDefinition DefinitionOf(FlowSubject subject) => definitions.Workflow(subject.State.DefinitionId);

    /// <summary>Where <paramref name="token"/> waits; the start when it is no more, for the engine then says so.</summary>
    internal Activity ActivityAt(FlowSubject subject, int token) =>
        DefinitionOf(subject) is var definition && subject.State.Find(token) is { } waiting ? definition.Get(waiting.Activity) : definition.Start;

    /// <summary>Turns what <paramref name="decide"/> says into tracked changes and a line of the journal.</summary>
    internal async Task MoveAsync(FlowSubject subject, Step step, Func<WorkflowContext, Decision> decide, CancellationToken ct) =>
        await ApplyAsync(subject, DefinitionOf(subject), decide(await facts.ContextAsync(subject, ct)), step, ct);

    private async Task ApplyAsync(FlowSubject subject, WorkflowDefinition definition, Decision decision, Step step, CancellationToken ct)
    {
        foreach (var effect in decision.Effects)
        {
            await effects.ApplyAsync(subject, effect, step, Now, ct);
        }

        subject.Stand(decision.State, Standings.Of(definition, decision, subject, Now));
        Journal.Append(db, subject, step, Now);
        await CatchUpAsync(subject, ct);
    }

    /// <summary>A case that comes late to a gate its batch has already opened goes through at once.</summary>
    private async Task CatchUpAsync(FlowSubject subject, CancellationToken ct)
    {
        if (subject is CaseSubject { Case.Result: null })
        {
            foreach (var signal in subject.Batch.Signals.ToList())
            {
                if (await SignalAsync(subject, signal, ct))
                {
                    return;
                }
            }
        }
    }
}

/// <summary>Who moved the flow, where, how and why: what the journal keeps.</summary>
public sealed record Step(Actor Actor, string Kind, Activity Activity, string Outcome, string Label, string? Reason);
