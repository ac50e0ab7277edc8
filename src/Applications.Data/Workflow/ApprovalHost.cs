using Applications.Data.Outbox;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Workflow;

/// <summary>
/// Carries out what <see cref="Approvals"/> decides, and what changes who does the work but not where the flow stands (转办, 催办). Like the host itself it
/// saves nothing; each act is a line of the journal with who, when and why.
/// </summary>
public sealed class ApprovalHost(ApplicationsDbContext db, WorkflowHost host, FlowCommands commands)
{
    /// <summary>退回 to an earlier step.</summary>
    public Task SendBackAsync(FlowSubject subject, int token, string target, Actor actor, string reason, CancellationToken ct)
    {
        var definition = host.DefinitionOf(subject);
        return host.MoveAsync(
            subject, new Step(actor, "send-back", host.ActivityAt(subject, token), target, $"退回至“{definition.Find(target)?.Title ?? target}”", reason),
            context => Approvals.SendBack(definition, subject.State, token, actor.Role, target, context), ct);
    }

    /// <summary>撤回 of the decision made at <paramref name="token"/>.</summary>
    public Task RecallAsync(FlowSubject subject, int token, Actor actor, string reason, CancellationToken ct)
    {
        var definition = host.DefinitionOf(subject);
        var activity = subject.State.Undos.FirstOrDefault(u => u.Token == token) is { } undo ? definition.Get(undo.Activity) : definition.Start;
        return host.MoveAsync(subject, new Step(actor, "recall", activity, "Recall", "撤回", reason), context => Approvals.Recall(definition, subject.State, token, context), ct);
    }

    /// <summary>加签 by one person.</summary>
    public Task AddSignerAsync(
        FlowSubject subject, int token, Guid signer, string signerName, SignerPosition position, Actor actor, string reason, CancellationToken ct)
    {
        var way = position switch { SignerPosition.Before => "前加签", SignerPosition.After => "后加签", _ => "并行加签" };
        return host.MoveAsync(
            subject, new Step(actor, "add-signer", host.ActivityAt(subject, token), position.ToString(), $"{way}：{signerName}", reason),
            context => Approvals.AddSigner(host.DefinitionOf(subject), subject.State, token, actor.Role, Actor.DeskOf(signer), position, context), ct);
    }

    /// <summary>An added signer or one of a countersignature signs.</summary>
    public Task SignAsync(FlowSubject subject, WorkItem item, string outcome, Actor actor, string? reason, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(item);
        var activity = host.ActivityAt(subject, item.Token);
        var added = activity.Settings is WorkItemSettings;
        var labels = (activity.Settings as CountersignSettings)?.Labels;
        var label = labels?.GetValueOrDefault(outcome) ?? (outcome is Approvals.Agree ? "同意" : "不同意");
        return host.MoveAsync(
            subject, new Step(actor, added ? "sign" : "answer", activity, outcome, label, reason),
            context => added
                ? Approvals.Sign(host.DefinitionOf(subject), subject.State, item.Token, item.Participant!, outcome, context)
                : WorkflowEngine.Answer(host.DefinitionOf(subject), subject.State, item.Token, item.Participant!, outcome, context),
            ct);
    }

    /// <summary>中止.</summary>
    public async Task SuspendAsync(FlowSubject subject, Actor actor, string reason, CancellationToken ct)
    {
        await host.MoveAsync(subject, new Step(actor, "suspend", Oldest(subject), "Suspend", "中止办理", reason), context => Approvals.Suspend(subject.State, context), ct);
        await StayAsync(subject, host.Now, ct);
        Tell(subject, "stayed", reason, "中止办理");
    }

    /// <summary>恢复.</summary>
    public async Task ResumeAsync(FlowSubject subject, Actor actor, string reason, CancellationToken ct)
    {
        await StayAsync(subject, null, ct);
        await host.MoveAsync(subject, new Step(actor, "resume", Oldest(subject), "Resume", "恢复办理", reason), context => Approvals.Resume(host.DefinitionOf(subject), subject.State, context), ct);
        Tell(subject, "resumed", reason, "恢复办理");
    }

    /// <summary>终止. A place of the city's quota becomes free again while the city can still use it.</summary>
    public async Task TerminateAsync(FlowSubject subject, Actor actor, string reason, CancellationToken ct)
    {
        await host.MoveAsync(subject, new Step(actor, "terminate", Oldest(subject), "Terminate", "终止办理", reason), context => Approvals.Terminate(host.DefinitionOf(subject), subject.State, context), ct);
        Tell(subject, "terminated", reason, "终止办理");
        if (subject.Case is { HoldsQuota: true } && host.Now < subject.Batch.RecommendationClosesAt)
        {
            await commands.RunAsync(new CommandSettings(Domain.Workflow.Commands.ReleaseQuota, null), subject, actor, host.Now, ct);
        }
    }

    /// <summary>转办 to a colleague of the same desk.</summary>
    public void Reassign(FlowSubject subject, WorkItem item, Guid user, string name, Actor actor, string reason)
    {
        ArgumentNullException.ThrowIfNull(item);
        item.Assign(user, name);
        item.Version = Guid.NewGuid();
        Note(subject, new Step(actor, "reassign", host.ActivityAt(subject, item.Token), "Reassign", $"转办：{name}", reason));
        db.Send(OutboxKinds.SendLetter, new SendLetter("handed", Actor.DeskOf(user), subject.Batch.Id, subject.Case?.Id, reason, item.Title), $"handed:{item.Id:N}:{item.Version:N}", host.Now);
    }

    /// <summary>催办: a letter to whoever holds the item.</summary>
    public void Urge(FlowSubject subject, WorkItem item, Actor actor, string? reason)
    {
        ArgumentNullException.ThrowIfNull(item);
        item.Urge(host.Now);
        item.Version = Guid.NewGuid();
        Note(subject, new Step(actor, "urge", host.ActivityAt(subject, item.Token), "Urge", $"催办（第 {item.UrgedCount} 次）", reason));
        var desk = item.AssigneeId is { } one ? Actor.DeskOf(one) : item.Holder;
        db.Send(OutboxKinds.SendLetter, new SendLetter("urged", desk, subject.Batch.Id, subject.Case?.Id, reason, item.Title), $"urged:{item.Id:N}:{item.UrgedCount}", host.Now);
    }

    /// <summary>变更: what waits for a day of the batch waits for the new one.</summary>
    /// <param name="facts">The days that changed.</param>
    public Task RescheduleAsync(FlowSubject subject, IReadOnlySet<string> facts, Actor actor, string reason, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var definition = host.DefinitionOf(subject);
        var activity = subject.State.Tokens is [var first, ..] ? definition.Get(first.Activity) : definition.Start;
        return host.MoveAsync(subject, new Step(actor, "note", activity, "Change", "变更批次", reason), context => Approvals.Reschedule(definition, subject.State, facts, context), ct);
    }

    /// <summary>Whether anything of the subject waits for one of these days.</summary>
    public bool WaitsFor(FlowSubject subject, IReadOnlySet<string> facts)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var definition = host.DefinitionOf(subject);
        return subject.State.Tokens.Any(t => Approvals.MomentOf(definition.Get(t.Activity)) is { } fact && facts.Contains(fact));
    }

    /// <summary>A letter to the applicant, whose case stands still, goes on or is over without any step having said so.</summary>
    private void Tell(FlowSubject subject, string template, string reason, string because)
    {
        if (subject.Case is { } application)
        {
            db.Send(
                OutboxKinds.SendLetter, new SendLetter(template, subject.HolderFor(Roles.Applicant), subject.Batch.Id, application.Id, reason, because),
                $"{template}:{subject.Id:N}:{subject.JournalLength}", host.Now);
        }
    }

    /// <summary>A line of the journal for an act that moves nothing; the subject's version changes all the same, so that it stays one chain.</summary>
    private void Note(FlowSubject subject, Step step)
    {
        Journal.Append(db, subject, step, host.Now);
        if (subject.Case is { } application)
        {
            application.Version = Guid.NewGuid();
        }
        else
        {
            subject.Batch.Version = Guid.NewGuid();
        }
    }

    private async Task StayAsync(FlowSubject subject, DateTime? since, CancellationToken ct)
    {
        foreach (var item in await db.WorkItems.Where(w => w.CaseId == subject.Id && w.TitleId == null && w.ClosedAt == null).ToListAsync(ct))
        {
            item.StayedAt = since;
            item.Version = Guid.NewGuid();
        }
    }

    private Activity Oldest(FlowSubject subject) =>
        host.DefinitionOf(subject) is var definition && !subject.State.Tokens.IsEmpty ? definition.Get(subject.State.Tokens[0].Activity) : definition.Start;
}
