using Applications.Data.Workflow;
using Applications.Domain.Cases;
using Applications.Domain.Workflow.Activities;

namespace Applications.Web.Features.Reviews;

/// <summary>Where a panel is at work.</summary>
internal static class PanelSeats
{
    /// <returns>The token of the round's panel; null when it is not at work.</returns>
    public static int? TokenOf(Application application, string round, DefinitionCatalog definitions)
    {
        var flow = definitions.Workflow(application.State.DefinitionId);
        return application.State.Tokens.FirstOrDefault(t => flow.Get(t.Activity) is { Kind: PanelReviewKind } panel && panel.SettingsAs<PanelReviewSettings>().Round == round)?.Id;
    }
}
