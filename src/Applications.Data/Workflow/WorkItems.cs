using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;

namespace Applications.Data.Workflow;

/// <summary>Rows and standings out of the engine's effects.</summary>
internal static class WorkItems
{
    public static WorkItem Open(FlowSubject subject, WorkItemOpened opened, DateTime now)
    {
        var (role, task) = opened.Activity.Settings switch
        {
            WorkItemSettings one => (one.Role, one.Task),
            PanelReviewSettings panel => (panel.Role, panel.Task),
            _ => throw new InvalidOperationException($"{opened.Activity.Id} opens no work item."),
        };
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
