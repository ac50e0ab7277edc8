using Applications.Domain.Common;
using Applications.Domain.Rubrics;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;

namespace Applications.Domain.Programmes;

/// <summary>
/// The rounds of review as rubric and flows speak of them: each round of the rubric is held by one panel of the case flow behind the gate of the same
/// name, and the batch flow seats it.
/// </summary>
public static class FlowRounds
{
    /// <param name="folder">Named in errors.</param>
    /// <exception cref="DefinitionException">Rubric and flows do not speak of the same rounds.</exception>
    public static void Require(string folder, RubricDefinition rubric, WorkflowDefinition caseFlow, WorkflowDefinition batchFlow)
    {
        ArgumentNullException.ThrowIfNull(rubric);
        ArgumentNullException.ThrowIfNull(caseFlow);
        ArgumentNullException.ThrowIfNull(batchFlow);
        var rounds = rubric.AllRounds.Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        var problems = new List<DefinitionProblem>();
        var held = Named($"{folder}/case.workflow.json", caseFlow, a => a.Settings is PanelReviewSettings panel ? panel.Round : null);
        var seated = Named($"{folder}/batch.workflow.json", batchFlow, a => a.Settings is WorkItemSettings { Task: Tasks.AssignPanel } item ? item.Round ?? ReviewRound.Default : null);
        foreach (var round in rounds)
        {
            Refuse(!held.Contains(round), $"{folder}/case.workflow.json", "root", $"No panel holds the round '{round}' of the rubric.");
            Refuse(!seated.Contains(round), $"{folder}/batch.workflow.json", "root", $"No work item seats the round '{round}' of the rubric.");
            Refuse(!caseFlow.Activities.Any(a => a.Kind is GateKind && a.Kind.Answers(a, round)), $"{folder}/case.workflow.json", "root", $"No gate is named after the round '{round}'.");
        }

        if (problems.Count > 0)
        {
            throw new DefinitionException(problems);
        }

        HashSet<string> Named(string file, WorkflowDefinition flow, Func<Activity, string?> roundOf)
        {
            var named = new HashSet<string>(StringComparer.Ordinal);
            foreach (var activity in flow.Activities)
            {
                if (roundOf(activity) is { } round)
                {
                    Refuse(!rounds.Contains(round), file, activity.Id, $"The rubric has no round '{round}'.");
                    named.Add(round);
                }
            }

            return named;
        }

        void Refuse(bool wrong, string file, string place, string reason)
        {
            if (wrong)
            {
                problems.Add(new DefinitionProblem(file, place, reason));
            }
        }
    }
}
