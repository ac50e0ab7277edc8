using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;

namespace Applications.Domain.Programmes;

/// <summary>The grounds for which a title's flow revokes are grounds of the programme.</summary>
public static class FlowGrounds
{
    /// <param name="file">Named in errors.</param>
    /// <exception cref="DefinitionException">The flow names a ground that the programme does not have.</exception>
    public static void Require(string file, ProgrammeDefinition programme, WorkflowDefinition titleFlow)
    {
        ArgumentNullException.ThrowIfNull(programme);
        ArgumentNullException.ThrowIfNull(titleFlow);
        var unknown = titleFlow.Activities
            .Where(a => a.Settings is CommandSettings { Ground: { } ground } && programme.RevocationGrounds.All(g => g.Key != ground))
            .Select(a => new DefinitionProblem(file, a.Id, $"The programme has no ground of revocation '{a.SettingsAs<CommandSettings>().Ground}'."))
            .ToList();
        if (unknown.Count > 0)
        {
            throw new DefinitionException(unknown);
        }
    }
}
