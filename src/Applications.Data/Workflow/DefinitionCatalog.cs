using Applications.Domain.Forms;
using Applications.Domain.Programmes;
using Applications.Domain.Rubrics;
using Applications.Domain.Workflow;

namespace Applications.Data.Workflow;

/// <summary>The newest definitions of one programme; a new batch pins them.</summary>
public sealed record ProgrammeEdition(
    ProgrammeDefinition Programme, FormDefinition Form, RubricDefinition Rubric, WorkflowDefinition CaseFlow, WorkflowDefinition BatchFlow);

/// <summary>
/// Every definition version this node knows, by id. Filled at start (see <see cref="DefinitionPublisher"/>) and not changed afterwards, so it is safe to share.
/// </summary>
public sealed class DefinitionCatalog
{
    private readonly Dictionary<string, object> definitions = [];
    private readonly Dictionary<string, ProgrammeEdition> editions = [];

    /// <summary>The programmes in the definition folders, by key.</summary>
    public IReadOnlyDictionary<string, ProgrammeEdition> Editions => editions;

    public WorkflowDefinition Workflow(string id) => (WorkflowDefinition)definitions[id];

    public FormDefinition Form(string id) => (FormDefinition)definitions[id];

    public RubricDefinition Rubric(string id) => (RubricDefinition)definitions[id];

    public ProgrammeDefinition Programme(string id) => (ProgrammeDefinition)definitions[id];

    internal bool Knows(string id) => definitions.ContainsKey(id);

    internal void Add(WorkflowDefinition definition) => definitions[definition.Id] = definition;

    internal void Add(FormDefinition form) => definitions[Ids.Of(form)] = form;

    internal void Add(RubricDefinition rubric) => definitions[Ids.Of(rubric)] = rubric;

    internal void Add(ProgrammeDefinition programme) => definitions[Ids.Of(programme)] = programme;

    internal void AddEdition(ProgrammeEdition edition) => editions[edition.Programme.Key] = edition;
}

/// <summary>Version ids of definitions that carry name and version apart.</summary>
public static class Ids
{
    public static string Of(FormDefinition form) => $"{form.Id}.form.v{form.Version}";

    public static string Of(RubricDefinition rubric) => $"{rubric.Id}.rubric.v{rubric.Version}";

    public static string Of(ProgrammeDefinition programme) => $"{programme.Key}.programme.v{programme.Version}";
}
