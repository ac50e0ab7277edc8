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
        var (role, task) = Handled(opened.Activity);
        return new WorkItem
        {
            Id = Guid.CreateVersion7(),
            CaseId = subject.Case?.Id,
            BatchId = subject.Batch.Id,
            Token = opened.Token,
            Participant = opened.Participant,
            Activity = opened.Activity.Id,
            Title = opened.Activity.Title,
            Task = task,
            Holder = opened.Participant is { } expert ? Actor.HolderOf(role, Guid.Parse(expert)) : subject.HolderFor(role),
            Subject = subject.Title,
            OpenedAt = now,
            DueAt = opened.DueAt,
            Version = Guid.NewGuid(),
        };
    }

    /// <summary>The open item of a token that was moved to another version: the same item at a step that may be called and held otherwise.</summary>
    public static void Carry(WorkItem item, FlowSubject subject, TokenMove move)
    {
        var (was, to) = (Handled(move.From), move.To!);
        var (role, task) = Handled(to);
        (item.Activity, item.Title, item.Task) = (to.Id, to.Title, task);

        // Members of a panel may have joined at different times; while the rule is the same each keeps his own time.
        if (move.Due != move.Token.Due)
        {
            item.DueAt = move.Due;
        }

        if (was.Role != role)
        {
            item.Holder = subject.HolderFor(role);
        }

        item.Version = Guid.NewGuid();
    }

    private static (string Role, string Task) Handled(Activity activity) => activity.Settings switch
    {
        WorkItemSettings one => (one.Role, one.Task),
        PanelReviewSettings panel => (panel.Role, panel.Task),
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
        var activity = definition.Get(token.Activity);
        var holder = activity.Settings switch
        {
            WorkItemSettings one => subject.HolderFor(one.Role),
            PanelReviewSettings panel => panel.Role,
            _ => null,
        };
        return new Standing(activity.Id, activity.Title, token.Since, token.Due, holder);
    }
}
