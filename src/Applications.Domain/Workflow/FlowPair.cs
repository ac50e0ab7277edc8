using Applications.Domain.Common;
using Applications.Domain.Workflow.Activities;

namespace Applications.Domain.Workflow;

/// <summary>A case's flow and its batch's flow meet in signals alone. Each may be sound by itself, and a case wait for ever for what its batch never sends.</summary>
public static class FlowPair
{
    /// <summary>Every way out of a gate of the case's flow that no step of the batch's flow ever opens.</summary>
    /// <param name="file">Named in the problems.</param>
    public static IReadOnlyList<DefinitionProblem> Check(WorkflowDefinition caseFlow, WorkflowDefinition batchFlow, string file)
    {
        ArgumentNullException.ThrowIfNull(caseFlow);
        ArgumentNullException.ThrowIfNull(batchFlow);
        var sent = SignalsOf(batchFlow);
        return
        [
            .. from gate in caseFlow.Activities
               where gate.Kind is GateKind
               from way in gate.SettingsAs<Dictionary<string, string>>().ToLookup(s => s.Value, s => s.Key)
               where !way.Any(sent.Contains)
               select new DefinitionProblem(file, gate.Id, $"Gate never opened: no step of '{batchFlow.Id}' sends '{string.Join("' or '", way)}'. It sends: {string.Join(", ", sent.Order(StringComparer.Ordinal))}."),
        ];
    }

    /// <summary>What the steps of a batch's flow can send.</summary>
    public static IReadOnlySet<string> SignalsOf(WorkflowDefinition batchFlow)
    {
        ArgumentNullException.ThrowIfNull(batchFlow);
        return batchFlow.Activities.Select(a => a.Settings).OfType<OpenGateSettings>().Select(g => g.Signal).ToHashSet(StringComparer.Ordinal);
    }

    /// <exception cref="DefinitionException">A gate is never opened.</exception>
    public static void Require(WorkflowDefinition caseFlow, WorkflowDefinition batchFlow, string file)
    {
        if (Check(caseFlow, batchFlow, file) is { Count: > 0 } problems)
        {
            throw new DefinitionException(problems);
        }
    }
}
