using Applications.Domain.Trail;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Applications.Web.Infrastructure.Presentation;
using Microsoft.AspNetCore.Html;

namespace Applications.Web.Infrastructure.Pictures;

/// <summary>
/// The straight way through a flow as a row of steps: what is done and when, where it stands, what is still ahead. The straight way is the one
/// that takes the first outcome at every place, which definitions list first because it is the way forward.
/// </summary>
public static class ProgressRail
{
    public static HtmlString Of(
        WorkflowDefinition flow, WorkflowState state, string stage, DateTime since, DateTime? due, IReadOnlyList<JournalEntry> journal, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(state);
        var line = MainLine(flow);
        var left = journal.GroupBy(j => j.Activity).ToDictionary(g => g.Key, g => g.Max(j => j.At), StringComparer.Ordinal);
        var here = Place(line, stage, journal);
        var detour = here >= 0 && line[here].Id != stage && !state.IsFinished ? flow.Get(stage).Title : null;
        var steps = new List<TimelineStep>();
        for (var i = 0; i < line.Count; i++)
        {
            var activity = line[i];
            var passed = left.TryGetValue(activity.Id, out var at);
            if (i == here && !state.IsFinished)
            {
                steps.Add(new TimelineStep(activity.Title, $"{ChinaTime.ShortDate(since)}起", TimelineState.Current, detour ?? (due is { } limit ? DueState.Of(limit, now).Words : null)));
            }
            else if (i < here || (i == here && passed) || activity.Id == stage)
            {
                // A place before the present one that was never left was not on this subject's way (no county bureau, for example).
                if (passed || activity.Kind is EndKind)
                {
                    steps.Add(new TimelineStep(activity.Title, ChinaTime.ShortDate(activity.Id == stage ? since : at), TimelineState.Done));
                }
            }
            else if (!state.IsFinished)
            {
                steps.Add(new TimelineStep(activity.Title, "", TimelineState.Ahead));
            }
        }

        if (state.IsFinished && line.All(a => a.Id != stage))
        {
            steps.Add(new TimelineStep((flow.Find(stage) ?? Approvals.Terminated).Title, ChinaTime.ShortDate(since), TimelineState.Current));
        }

        return BatchTimeline.Render(steps);
    }

    /// <summary>The places where the flow waits, and its end, along the first outcomes.</summary>
    private static List<Activity> MainLine(WorkflowDefinition flow)
    {
        var line = new List<Activity>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = flow.Start; seen.Add(at.Id); at = flow.Get(flow.Follow(at.Id, at.Ports[0]).Target))
        {
            if (at.Kind.Blocks || at.Kind is EndKind)
            {
                line.Add(at);
            }

            if (at.Kind is EndKind)
            {
                break;
            }
        }

        return line;
    }

    /// <summary>Where on the line the subject stands; from a side track, the last place of the line it came from.</summary>
    private static int Place(List<Activity> line, string stage, IReadOnlyList<JournalEntry> journal)
    {
        var at = line.FindIndex(a => a.Id == stage);
        for (var i = journal.Count - 1; at < 0 && i >= 0; i--)
        {
            at = line.FindIndex(a => a.Id == journal[i].Activity);
        }

        return at;
    }
}
