using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Applications.Domain.Workflow.Versions;

namespace Applications.Data.Workflow;

/// <summary>Rows and standings out of the engine's effects.</summary>
internal static class WorkItems
{
    public static WorkItem Open(FlowSubject subject, WorkItemOpened opened, DateTime now)
    {
        var (role, task) = opened is { Participant: not null, Activity.Settings: WorkItemSettings } ? (null, Tasks.SignOpinion) : Handled(opened.Activity, opened.Participant);
        return new WorkItem
        {
            Id = Guid.CreateVersion7(),
            CaseId = subject.Case?.Id,
            TitleId = subject.Certificate?.Id,
            BatchId = subject.Batch.Id,
            Token = opened.Token,
            Participant = opened.Participant,
            Activity = opened.Activity.Id,
            Title = opened.Activity.Title,
            Task = task,
            Holder = (opened.Participant, opened.Activity.Settings) switch
            {
                ({ } expert, PanelReviewSettings) => Actor.HolderOf(role!, Guid.Parse(expert)),
                ({ } signer, WorkItemSettings) => signer,
                _ => subject.HolderFor(role!),
            },
            Subject = subject.Title,
            OpenedAt = now,
            DueAt = opened.DueAt,
            Version = Guid.NewGuid(),
        };
    }

    /// <summary>The open item of a token that was moved to another version: the same item at a step that may be called and held otherwise.</summary>
    public static void Carry(WorkItem item, FlowSubject subject, TokenMove move)
    {
        var to = move.To!;
        if (item.Task == Tasks.SignOpinion)
        {
            (item.Activity, item.Title) = (to.Id, to.Title);
            item.Version = Guid.NewGuid();
            return;
        }

        var was = Handled(move.From, item.Participant);
        var (role, task) = Handled(to, item.Participant);
        (item.Activity, item.Title, item.Task) = (to.Id, to.Title, task);

        // Members of a panel may have joined at different times; while the rule is the same each keeps his own time.
        if (move.Due != move.Token.Due)
        {
            item.DueAt = move.Due;
        }

        if (was.Role != role)
        {
            item.Holder = subject.HolderFor(role!);
        }

        item.Version = Guid.NewGuid();
    }

    private static (string? Role, string Task) Handled(Activity activity, string? participant = null) => activity.Settings switch
    {
        WorkItemSettings one => (one.Role, one.Task),
        PanelReviewSettings panel => (panel.Role, panel.Task),
        CountersignSettings signers => (participant, signers.Task),
        _ => throw new InvalidOperationException($"{activity.Id} opens no work item."),
    };
}

internal static class Standings
{
    /// <summary>Where lists say the subject stands: the oldest place it waits at, or its end.</summary>
    public static Standing Of(WorkflowDefinition definition, Decision decision, FlowSubject subject, DateTime now)
    {
        if (decision.Effects.OfType<FlowEnded>().FirstOrDefault() is { } ended)
        {
            return new Standing(ended.Activity.Id, ended.Activity.Title, now, null, null);
        }

        var token = decision.State.Tokens[0];
        if (decision.State.SuspendedSince is { } stayed)
        {
            return new Standing(token.Activity, $"{definition.Get(token.Activity).Title}（已中止）", stayed, null, null);
        }

        var activity = definition.Get(token.Activity);
        var holder = activity.Settings switch
        {
            WorkItemSettings one => token.Chosen is null ? subject.HolderFor(one.Role) : null,
            PanelReviewSettings panel => panel.Role,
            CountersignSettings => null,
            _ => null,
        };
        return new Standing(activity.Id, activity.Title, token.Since, token.Due, holder);
    }
}
