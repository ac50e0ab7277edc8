using Applications.Data.Workflow;

namespace Applications.Web.Features.Definitions;

/// <summary>Whose way a workflow is.</summary>
public enum DefinitionSubject
{
    Case,
    Batch,
    Title,
}

/// <summary>Tells by a programme's edition whose way one of its workflows is, and what that is called.</summary>
public static class DefinitionSubjects
{
    public static DefinitionSubject Of(ProgrammeEdition? edition, string definitionId) =>
        edition?.BatchFlow.DefinitionId == definitionId ? DefinitionSubject.Batch
        : edition?.TitleFlow.DefinitionId == definitionId ? DefinitionSubject.Title
        : DefinitionSubject.Case;

    /// <summary>What the workflow is, and what is counted on it.</summary>
    public static (string Flow, string Running) Words(DefinitionSubject subject) => subject switch
    {
        DefinitionSubject.Batch => ("批次流程", "进行中的批次"),
        DefinitionSubject.Title => ("称号流程", "—"),
        _ => ("申报流程", "进行中的申报件"),
    };
}
