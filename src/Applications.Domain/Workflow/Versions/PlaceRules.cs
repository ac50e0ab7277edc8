using Applications.Domain.Workflow.Activities;

namespace Applications.Domain.Workflow.Versions;

/// <summary>Why somebody who waits at one step cannot wait at another instead.</summary>
internal static class PlaceRules
{
    /// <summary>Tasks whose page takes a decision and nothing else. Behind every other page stand data of its own (a draft, a list, scores).</summary>
    private static readonly HashSet<string> Deciding = [Tasks.Check, Tasks.FormalCheck];

    public static IEnumerable<MigrationObstacle> Obstacles(Activity at, Activity next, WorkflowDefinition to, MigrationWorld world, WorkflowDefinition from)
    {
        if (at.Kind != next.Kind)
        {
            return [new MigrationObstacle("another-kind", at.Id, $"“{at.Title}”与“{next.Title}”不是同一种环节。")];
        }

        return (at.Settings, next.Settings) switch
        {
            (WorkItemSettings was, WorkItemSettings now) => [.. OfItem(at, was, next, now, world), .. OfSignals(at, next, world), .. OfGates(next, to, world, from)],
            (PanelReviewSettings was, PanelReviewSettings now) => [.. OfPanel(at, was, next, now), .. OfGates(next, to, world, from)],
            (CountersignSettings was, CountersignSettings now) when was.Task != now.Task => [AnotherTask(at, next)],
            _ => [.. OfSignals(at, next, world), .. OfGates(next, to, world, from)],
        };
    }

    /// <summary>What somebody has already answered has to mean something at the new step.</summary>
    public static IEnumerable<MigrationObstacle> OfAnswers(Token token, Activity at, Activity next)
    {
        if (token.Chosen is { } chosen && !next.Ports.Contains(chosen))
        {
            yield return new MigrationObstacle("outcome-gone", at.Id, $"“{at.Title}”已作出的决定正在等候加签，新版没有这个结果。");
        }
    }

    private static IEnumerable<MigrationObstacle> OfItem(Activity at, WorkItemSettings was, Activity next, WorkItemSettings now, MigrationWorld world)
    {
        if (was.Task != now.Task && !(Deciding.Contains(was.Task) && Deciding.Contains(now.Task)))
        {
            yield return AnotherTask(at, next);
        }

        // What an applicant does is tied to his own file; nobody else can go on with it, nor he with theirs.
        if (was.Role != now.Role && (was.Role == Roles.Applicant || now.Role == Roles.Applicant))
        {
            yield return new MigrationObstacle("another-role", at.Id, $"“{at.Title}”与“{next.Title}”一方由申报单位办理，另一方不是。");
        }

        if (now.Role == Roles.County && world.Context.Facts.GetValueOrDefault("hasCounty") is false)
        {
            yield return new MigrationObstacle("nobody-there", next.Id, $"“{next.Title}”由县级办理，而本申报件没有县级部门。");
        }
    }

    private static IEnumerable<MigrationObstacle> OfPanel(Activity at, PanelReviewSettings was, Activity next, PanelReviewSettings now)
    {
        if (was.Role != now.Role)
        {
            yield return new MigrationObstacle("another-role", at.Id, $"“{at.Title}”与“{next.Title}”的评审人员不同。");
        }

        if (was.Task != now.Task)
        {
            yield return AnotherTask(at, next);
        }

        if (was.Round != now.Round)
        {
            yield return new MigrationObstacle("another-round", at.Id, $"“{at.Title}”与“{next.Title}”不是同一轮评审。");
        }
    }

    private static MigrationObstacle AnotherTask(Activity at, Activity next) =>
        new("another-task", at.Id, $"“{at.Title}”与“{next.Title}”办理的事项不同，不能互相接续。");

    /// <summary>A signal is heard on arrival and when it is sent. One that was sent before, and only the new step listens to, would never be heard.</summary>
    private static IEnumerable<MigrationObstacle> OfSignals(Activity at, Activity next, MigrationWorld world) =>
        world.SentSignals.Where(s => next.Kind.Answers(next, s) && !at.Kind.Answers(at, s))
            .Select(s => new MigrationObstacle("signal-passed", next.Id, $"“{next.Title}”等候的信号 {s} 批次已经发出，移到这里将再也等不到。"));

    /// <summary>A gate that the version brings anew and that the batch, which keeps its own flow, never opens.</summary>
    private static IEnumerable<MigrationObstacle> OfGates(Activity next, WorkflowDefinition to, MigrationWorld world, WorkflowDefinition from)
    {
        if (world.BatchSignals is not { } known)
        {
            return [];
        }

        return Graph.Closure([next.Id], id => to.Get(id).Ports.Select(p => to.Follow(id, p).Target))
            .Select(to.Get)
            .Where(a => a.Settings is Dictionary<string, string> signals && !signals.Keys.Any(known.Contains)
                && !(from.Find(a.Id)?.Settings is Dictionary<string, string> before && before.Keys.ToHashSet().SetEquals(signals.Keys)))
            .Select(a => new MigrationObstacle("gate-never-opens", a.Id, $"后续的“{a.Title}”要等批次开启，而批次现用的流程不会开启它。"));
    }
}
