using Applications.Data.Outbox;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Workflow;

/// <summary>Turns one effect of the engine's decision into tracked rows: work items, timers, outbox messages, and what domain commands change.</summary>
public sealed class FlowEffects(ApplicationsDbContext db, FlowCommands commands)
{
    /// <param name="now">UTC, the moment of the whole move.</param>
    internal async Task ApplyAsync(FlowSubject subject, Effect effect, Step step, DateTime now, CancellationToken ct)
    {
        switch (effect)
        {
            case WorkItemOpened opened:
                Open(subject, opened, step, now);
                break;
            case WorkItemClosed closed:
                await CloseAsync(subject, closed, step, now, ct);
                break;
            case TimerSet timer:
                db.Timers.Add(new FlowTimer { Id = Guid.CreateVersion7(), SubjectId = subject.Id, IsBatch = subject.IsBatch, Token = timer.Token, DueAt = timer.At });
                break;
            case DueChanged changed:
                await MoveDueAsync(subject, changed, ct);
                break;
            case CommandRequested command:
                await commands.RunAsync(new CommandSettings(command.Command, (command.Activity.Settings as CommandSettings)?.Ground), subject, step.Actor, now, ct);
                break;
            case NotificationRequested letter:
                db.Send(
                    OutboxKinds.SendLetter,
                    new SendLetter(letter.Template, subject.HolderFor(letter.Audience), subject.Batch.Id, subject.Case?.Id, step.Reason, letter.Activity.Title, subject.Certificate?.Id),
                    $"{letter.Template}:{subject.Id:N}:{subject.JournalLength + 1}:{letter.Activity.Id}",
                    now);
                break;
            case SignalSent signal:
                Send(subject, signal, now);
                break;
            case WaitEnded or WaitBegun or FlowEnded:
                break;
            default:
                throw new InvalidOperationException($"No host for effect {effect.GetType().Name}.");
        }
    }

    /// <summary>A gate once opened stays open, and sending its signal again says nothing new; a pulse is sent each time, to those who wait by now.</summary>
    private void Send(FlowSubject subject, SignalSent sent, DateTime now)
    {
        var key = $"signal:{subject.Batch.Id:N}:{sent.Signal}";
        if (sent.Pulse)
        {
            db.Send(OutboxKinds.SignalCases, new SignalCases(subject.Batch.Id, sent.Signal, now), $"{key}:{subject.JournalLength + 1}", now);
        }
        else if (!subject.Batch.Signals.Contains(sent.Signal))
        {
            subject.Batch.NoteSignal(sent.Signal);
            db.Send(OutboxKinds.SignalCases, new SignalCases(subject.Batch.Id, sent.Signal), key, now);
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
    private void Open(FlowSubject subject, WorkItemOpened opened, Step step, DateTime now)
    {
        var item = WorkItems.Open(subject, opened, now);
        db.WorkItems.Add(item);
        if (opened.Participant is not null)
        {
            var because = opened.DueAt is { } due ? $"请于 {ChinaTime.FormatDeadline(due)} 前完成" : "请尽快完成";
            var template = opened.Activity.Kind is not PanelReviewKind ? "sign" : step.Kind == "reopen" ? "reopened" : "assigned";
            db.Send(OutboxKinds.SendLetter, new SendLetter(template, item.Holder, subject.Batch.Id, subject.Case?.Id, template == "reopened" ? step.Reason : null, because), $"assigned:{item.Id:N}", now);
        }
    }

    private async Task CloseAsync(FlowSubject subject, WorkItemClosed closed, Step step, DateTime now, CancellationToken ct)
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
        item.Close(now, step.Actor.UserId, step.Actor.Name, closed.Outcome, label, step.Reason);
        item.Version = Guid.NewGuid();

        bool Matches(WorkItem w) => w.ClosedAt is null && w.Token == closed.Token && w.Participant == closed.Participant
            && (subject.IsBatch ? w.CaseId is null && w.BatchId == subject.Id : subject.Certificate is not null ? w.TitleId == subject.Id : w.CaseId == subject.Id && w.TitleId is null);
    }
}
