using Applications.Data.Calendars;
using Applications.Data.Outbox;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Workflow;

/// <summary>
/// The only way a case or batch moves, and, through <see cref="TitleHost"/>, a title. Asks the engine, then turns its decision into tracked changes: standing, work items, timers, letters,
/// commands and the journal line. Saves nothing: the command that called it commits all of it at once.
/// </summary>
public sealed class WorkflowHost(
    ApplicationsDbContext db, DefinitionCatalog definitions, CalendarSource calendars, FlowCommands commands, TimeProvider clock)
{
    /// <summary>UTC, as the database will keep it.</summary>
    public DateTime Now => UtcMilliseconds.Cut(clock.GetUtcNow().UtcDateTime);

    /// <summary>Starts the flow of a new case; the case must be tracked.</summary>
    public async Task StartAsync(Application application, Batch batch, Actor actor, CancellationToken ct)
    {
        var definition = definitions.Workflow(batch.CaseDefinitionId);
        var decision = WorkflowEngine.Start(definition, await ContextAsync(application, batch, ct));
        await ApplyAsync(new CaseSubject(application, batch), definition, decision, new Step(actor, "start", definition.Start, "Start", "开始", null), ct);
    }

    /// <summary>Starts the flow of a new batch; the batch must be tracked.</summary>
    public async Task StartAsync(Batch batch, Actor actor, CancellationToken ct)
    {
        var definition = definitions.Workflow(batch.BatchDefinitionId);
        var decision = WorkflowEngine.Start(definition, await ContextAsync(batch, ct));
        await ApplyAsync(new BatchSubject(batch), definition, decision, new Step(actor, "start", definition.Start, "Start", "发布", null), ct);
    }

    /// <summary>Completes the work item that <paramref name="token"/> of the case stands for.</summary>
    public async Task CompleteAsync(Application application, Batch batch, int token, string outcome, Actor actor, string? reason, CancellationToken ct)
    {
        var definition = definitions.Workflow(application.State.DefinitionId);
        var activity = ActivityOf(definition, application.State, token);
        var context = await ContextAsync(application, batch, ct);
        var decision = WorkflowEngine.Complete(definition, application.State, token, actor.Role, outcome, context);
        RequireReason(activity, outcome, reason);
        await ApplyAsync(new CaseSubject(application, batch), definition, decision, Completed(actor, activity, outcome, reason), ct);
    }

    /// <summary>Completes a work item of the batch itself.</summary>
    public async Task CompleteAsync(Batch batch, int token, string outcome, Actor actor, string? reason, CancellationToken ct)
    {
        var definition = definitions.Workflow(batch.State.DefinitionId);
        var activity = ActivityOf(definition, batch.State, token);
        var decision = WorkflowEngine.Complete(definition, batch.State, token, actor.Role, outcome, await ContextAsync(batch, ct));
        RequireReason(activity, outcome, reason);
        await ApplyAsync(new BatchSubject(batch), definition, decision, Completed(actor, activity, outcome, reason), ct);
    }

    /// <summary>A panel member answers (<see cref="PanelReviewKind.Score"/>, <see cref="PanelReviewKind.Decline"/>).</summary>
    public async Task AnswerAsync(
        Application application, Batch batch, int token, string participant, string outcome, Actor actor, string? reason, CancellationToken ct)
    {
        var definition = definitions.Workflow(application.State.DefinitionId);
        var activity = ActivityOf(definition, application.State, token);
        var decision = WorkflowEngine.Answer(definition, application.State, token, participant, outcome, await ContextAsync(application, batch, ct));
        var label = activity.SettingsAs<PanelReviewSettings>().Labels.GetValueOrDefault(outcome, outcome);
        await ApplyAsync(new CaseSubject(application, batch), definition, decision, new Step(actor, "answer", activity, outcome, label, reason), ct);
    }

    /// <summary>Adds experts to a panel that is at work.</summary>
    public async Task EnlistAsync(
        Application application, Batch batch, int token, IReadOnlyList<string> participants, Actor actor, string reason, CancellationToken ct)
    {
        var definition = definitions.Workflow(application.State.DefinitionId);
        var activity = ActivityOf(definition, application.State, token);
        var decision = WorkflowEngine.Enlist(definition, application.State, token, participants, await ContextAsync(application, batch, ct));
        await ApplyAsync(new CaseSubject(application, batch), definition, decision, new Step(actor, "enlist", activity, "Enlist", "增补专家", reason), ct);
    }

    /// <summary>A gate of the batch opens for this case. True when it moved.</summary>
    /// <param name="waitingSince">For a pulse: a case that came to the place later is not meant.</param>
    public async Task<bool> SignalAsync(Application application, Batch batch, string signal, CancellationToken ct, DateTime? waitingSince = null)
    {
        var definition = definitions.Workflow(application.State.DefinitionId);
        if (application.State.Tokens.FirstOrDefault(t => definition.Get(t.Activity) is var a && a.Kind.Answers(a, signal)) is not { } waiting
            || waiting.Since > waitingSince || application.State.IsSuspended)
        {
            return false;
        }

        var decision = WorkflowEngine.Signal(definition, application.State, signal, await ContextAsync(application, batch, ct));
        var activity = definition.Get(waiting.Activity);
        await ApplyAsync(new CaseSubject(application, batch), definition, decision, new Step(Actor.System, "signal", activity, signal, "批次推进", null), ct);
        return true;
    }

    /// <summary>The time of a token is up.</summary>
    public async Task TimeOutAsync(Application application, Batch batch, int token, CancellationToken ct)
    {
        var definition = definitions.Workflow(application.State.DefinitionId);
        var decision = WorkflowEngine.TimeOut(definition, application.State, token, await ContextAsync(application, batch, ct));
        if (decision.Effects.Count > 0)
        {
            var step = new Step(Actor.System, "timeout", ActivityOf(definition, application.State, token), "Timeout", "到期", null);
            await ApplyAsync(new CaseSubject(application, batch), definition, decision, step, ct);
        }
    }

    /// <summary>The time of a token of the batch is up.</summary>
    public async Task TimeOutAsync(Batch batch, int token, CancellationToken ct)
    {
        var definition = definitions.Workflow(batch.State.DefinitionId);
        var decision = WorkflowEngine.TimeOut(definition, batch.State, token, await ContextAsync(batch, ct));
        if (decision.Effects.Count > 0)
        {
            var step = new Step(Actor.System, "timeout", ActivityOf(definition, batch.State, token), "Timeout", "到期", null);
            await ApplyAsync(new BatchSubject(batch), definition, decision, step, ct);
        }
    }

    /// <summary>Turns a decision into tracked changes and a line of the journal.</summary>
    internal async Task ApplyAsync(FlowSubject subject, WorkflowDefinition definition, Decision decision, Step step, CancellationToken ct)
    {
        var state = decision.State;
        var before = subject.JournalLength;
        foreach (var effect in decision.Effects)
        {
            await ApplyAsync(subject, effect, step, ct);
        }

        subject.Stand(state, Standings.Of(definition, decision, subject, Now));
        Journal.Append(db, subject, step, Now);
        await CatchUpAsync(subject, ct);
        System.Diagnostics.Debug.Assert(subject.JournalLength > before);
    }

    private async Task ApplyAsync(FlowSubject subject, Effect effect, Step step, CancellationToken ct)
    {
        switch (effect)
        {
            case WorkItemOpened opened:
                Open(subject, opened);
                break;
            case WorkItemClosed closed:
                await CloseAsync(subject, closed, step, ct);
                break;
            case TimerSet timer:
                db.Timers.Add(new FlowTimer { Id = Guid.CreateVersion7(), SubjectId = subject.Id, IsBatch = subject.IsBatch, Token = timer.Token, DueAt = timer.At });
                break;
            case DueChanged changed:
                await MoveDueAsync(subject, changed, ct);
                break;
            case CommandRequested command:
                await commands.RunAsync(new CommandSettings(command.Command, (command.Activity.Settings as CommandSettings)?.Ground), subject, step.Actor, Now, ct);
                break;
            case NotificationRequested letter:
                db.Send(
                    OutboxKinds.SendLetter,
                    new SendLetter(letter.Template, subject.HolderFor(letter.Audience), subject.Batch.Id, subject.Case?.Id, step.Reason, letter.Activity.Title, subject.Certificate?.Id),
                    $"{letter.Template}:{subject.Id:N}:{subject.JournalLength + 1}:{letter.Activity.Id}",
                    Now);
                break;
            case SignalSent signal:
                Send(subject, signal);
                break;
            case WaitEnded or WaitBegun or FlowEnded:
                break;
            default:
                throw new InvalidOperationException($"No host for effect {effect.GetType().Name}.");
        }
    }

    /// <summary>A gate once opened stays open, and sending its signal again says nothing new; a pulse is sent each time, to those who wait by now.</summary>
    private void Send(FlowSubject subject, SignalSent sent)
    {
        var key = $"signal:{subject.Batch.Id:N}:{sent.Signal}";
        if (sent.Pulse)
        {
            db.Send(OutboxKinds.SignalCases, new SignalCases(subject.Batch.Id, sent.Signal, Now), $"{key}:{subject.JournalLength + 1}", Now);
        }
        else if (!subject.Batch.Signals.Contains(sent.Signal))
        {
            subject.Batch.NoteSignal(sent.Signal);
            db.Send(OutboxKinds.SignalCases, new SignalCases(subject.Batch.Id, sent.Signal), key, Now);
        }
    }

    private async Task MoveDueAsync(FlowSubject subject, DueChanged changed, CancellationToken ct)
    {
        foreach (var item in await db.WorkItems.Where(w => w.CaseId == subject.Id && w.TitleId == null && w.Token == changed.Token && w.ClosedAt == null).ToListAsync(ct))
        {
            item.DueAt = changed.Due;
            item.Version = Guid.NewGuid();
        }

        foreach (var timer in await db.Timers.Where(t => t.SubjectId == subject.Id && t.Token == changed.Token).ToListAsync(ct))
        {
            timer.DueAt = changed.Due;
            timer.DoneAt = null;
            timer.ClaimedUntil = null;
        }
    }

    /// <summary>One who is asked by name, to review or to sign, is told by mail: an expert is not at this desk every day, and a signer does not expect it.</summary>
    private void Open(FlowSubject subject, WorkItemOpened opened)
    {
        var item = WorkItems.Open(subject, opened, Now);
        db.WorkItems.Add(item);
        if (opened.Participant is not null)
        {
            var because = opened.DueAt is { } due ? $"请于 {ChinaTime.FormatDeadline(due)} 前完成" : "请尽快完成";
            db.Send(OutboxKinds.SendLetter, new SendLetter(opened.Activity.Kind is PanelReviewKind ? "assigned" : "sign", item.Holder, subject.Batch.Id, subject.Case?.Id, null, because), $"assigned:{item.Id:N}", Now);
        }
    }

    private async Task CloseAsync(FlowSubject subject, WorkItemClosed closed, Step step, CancellationToken ct)
    {
        var item = db.WorkItems.Local.FirstOrDefault(w => Matches(w)) ?? await db.WorkItems.SingleOrDefaultAsync(
            w => (subject.IsBatch ? w.CaseId == null && w.BatchId == subject.Id : subject.Certificate != null ? w.TitleId == subject.Id : w.CaseId == subject.Id && w.TitleId == null)
                && w.Token == closed.Token && w.Participant == closed.Participant && w.ClosedAt == null,
            ct);
        if (item is null)
        {
            // Somebody closed it after the case was read: what was decided here rests on a state that is no more.
            throw new DbUpdateConcurrencyException($"The work item {closed.Activity.Id}#{closed.Token} was closed in between.");
        }

        var label = closed.Activity.Settings is WorkItemSettings settings ? settings.Labels.GetValueOrDefault(closed.Outcome, step.Label) : step.Label;
        item.Close(Now, step.Actor.UserId, step.Actor.Name, closed.Outcome, label, step.Reason);
        item.Version = Guid.NewGuid();

        bool Matches(WorkItem w) => w.ClosedAt is null && w.Token == closed.Token && w.Participant == closed.Participant
            && (subject.IsBatch ? w.CaseId is null && w.BatchId == subject.Id : subject.Certificate is not null ? w.TitleId == subject.Id : w.CaseId == subject.Id && w.TitleId is null);
    }

    /// <summary>A case that comes late to a gate its batch has already opened goes through at once.</summary>
    private async Task CatchUpAsync(FlowSubject subject, CancellationToken ct)
    {
        if (subject is CaseSubject { Case: { Result: null } application })
        {
            foreach (var signal in subject.Batch.Signals.ToList())
            {
                if (await SignalAsync(application, subject.Batch, signal, ct))
                {
                    return;
                }
            }
        }
    }

    internal Task<WorkflowContext> ContextAsync(FlowSubject subject, CancellationToken ct) =>
        subject.Case is { } application ? ContextAsync(application, subject.Batch, ct) : ContextAsync(subject.Batch, ct);

    private async Task<WorkflowContext> ContextAsync(Application application, Batch batch, CancellationToken ct)
    {
        var calendar = await calendars.GetAsync(ct);
        var facts = FactsOf(application, batch, Now);
        if (application.State is { } state && state.Tokens.Any(t => definitions.Workflow(state.DefinitionId).Get(t.Activity).Kind is GateKind))
        {
            // A panel begins behind a gate and nowhere else; other moves need not ask for it.
            var panels = await commands.PanelsAsync(application.Id, ct);
            foreach (var panel in definitions.Workflow(state.DefinitionId).Activities.Select(a => a.Settings).OfType<PanelReviewSettings>())
            {
                facts[panel.PanelFact] = panels[panel.Round].ToList();
            }
        }

        return new WorkflowContext(Now, calendar, facts);
    }

    /// <summary>The facts of a case that are known without asking the database.</summary>
    internal static Dictionary<string, object?> FactsOf(Application application, Batch batch, DateTime now) => new()
    {
        ["hasCounty"] = application.CountyId is not null,
        ["windowOpen"] = batch.IsFilingOpen(now),
        ["filingClosesAt"] = batch.FilingClosesAt,
        ["recommendationClosesAt"] = batch.RecommendationClosesAt,
        ["selected"] = application.Selected == true,
        ["sampled"] = application.Sampled == true,
    };

    private async Task<WorkflowContext> ContextAsync(Batch batch, CancellationToken ct)
    {
        var calendar = await calendars.GetAsync(ct);
        return new WorkflowContext(Now, calendar, new Dictionary<string, object?>
        {
            ["filingClosesAt"] = batch.FilingClosesAt,
            ["recommendationClosesAt"] = batch.RecommendationClosesAt,
            ["noticeEndsAt"] = batch.NoticeEndsAt is { } ends && ends > Now ? ends : calendar.DueAt(Now, definitions.Programme(batch.ProgrammeId).LimitsInWorkingDays.Notice),
        });
    }

    internal static Activity ActivityOf(WorkflowDefinition definition, WorkflowState state, int token) =>
        definition.Get(state.Find(token)?.Activity ?? definition.Start.Id);

    internal static Step Completed(Actor actor, Activity activity, string outcome, string? reason) =>
        new(actor, "complete", activity, outcome, activity.SettingsAs<WorkItemSettings>().Labels[outcome], reason);

    internal static void RequireReason(Activity activity, string outcome, string? reason)
    {
        if (activity.SettingsAs<WorkItemSettings>().Reasons.Contains(outcome) && string.IsNullOrWhiteSpace(reason))
        {
            throw new Domain.Common.RuleBrokenException("reason-required", "请写明理由，对方将看到这段文字。", "Reason");
        }
    }
}

/// <summary>Who moved the flow, where, how and why: what the journal keeps.</summary>
public sealed record Step(Actor Actor, string Kind, Activity Activity, string Outcome, string Label, string? Reason);
