using System.Collections.Frozen;
using System.Text.Json;
using Applications.Domain.Expressions;

namespace Applications.Domain.Workflow;

/// <summary>
/// A published flowchart, read from Elsa 3 JSON and found sound by <see cref="WorkflowLoader"/>. Immutable: a change is another version
/// with another <see cref="Id"/>, and a running case keeps the one it began with.
/// </summary>
public sealed class WorkflowDefinition
{
    private readonly FrozenDictionary<string, Activity> activities;
    private readonly FrozenDictionary<(string Activity, string Port), Connection> connections;

    internal WorkflowDefinition(
        string id, string definitionId, string name, int version,
        IReadOnlyList<WorkflowVariable> variables, IReadOnlyList<Activity> activities, IReadOnlyList<Connection> connections,
        IReadOnlyList<ForkRegion> regions)
    {
        Id = id;
        DefinitionId = definitionId;
        Name = name;
        Version = version;
        Variables = variables;
        Activities = activities;
        Connections = connections;
        Regions = regions;
        this.activities = activities.ToFrozenDictionary(a => a.Id);
        this.connections = connections.ToFrozenDictionary(c => (c.Source, c.Port));
        Start = activities.Single(a => a.Kind is Workflow.Activities.StartKind);
    }

    /// <summary>The version's id; what running cases are pinned to.</summary>
    public string Id { get; }

    /// <summary>The same for all versions of one workflow.</summary>
    public string DefinitionId { get; }

    public string Name { get; }

    public int Version { get; }

    public IReadOnlyList<WorkflowVariable> Variables { get; }

    public IReadOnlyList<Activity> Activities { get; }

    public IReadOnlyList<Connection> Connections { get; }

    /// <summary>What lies between each fork and its join.</summary>
    public IReadOnlyList<ForkRegion> Regions { get; }

    public Activity Start { get; }

    /// <summary>The activity called <paramref name="id"/>, or null when this version has none.</summary>
    public Activity? Find(string id) => activities.GetValueOrDefault(id);

    /// <summary>The activity called <paramref name="id"/>.</summary>
    public Activity Get(string id) => activities[id];

    /// <summary>Where <paramref name="port"/> of <paramref name="activity"/> leads. The loader saw to it that every port leads to exactly one place.</summary>
    public Connection Follow(string activity, string port) => connections[(activity, port)];
}

/// <summary>A workflow variable and its first value.</summary>
public sealed record WorkflowVariable(string Id, string Name, string TypeName, JsonElement Default);

/// <summary>An arrow: the source completing with outcome <paramref name="Port"/> enters the target.</summary>
public sealed record Connection(string Source, string Port, string Target, IReadOnlyList<(double X, double Y)> Vertices);

/// <summary>What lies between a fork and its join, inner forks included.</summary>
/// <param name="Branches">By the fork's port, the activities of the branch.</param>
public sealed record ForkRegion(string Fork, string Join, IReadOnlyDictionary<string, IReadOnlySet<string>> Branches)
{
    public bool Holds(string activity) => Branches.Values.Any(b => b.Contains(activity));

    /// <summary>The branch that holds <paramref name="activity"/>, or null.</summary>
    public string? BranchOf(string activity) => Branches.FirstOrDefault(b => b.Value.Contains(activity)).Key;
}

/// <summary>Where the designer drew the activity.</summary>
public sealed record DesignerBox(double X, double Y, double Width, double Height);

/// <summary>One box of the flowchart.</summary>
public sealed class Activity
{
    private readonly IReadOnlyDictionary<string, ActivityInput> inputs;

    internal Activity(string id, ActivityKind kind, string title, DesignerBox box, IReadOnlyDictionary<string, ActivityInput> inputs)
    {
        Id = id;
        Kind = kind;
        Title = title;
        Box = box;
        this.inputs = inputs;
    }

    /// <summary>Stable across versions: journal entries, counts and migrations refer to it.</summary>
    public string Id { get; }

    public ActivityKind Kind { get; }

    /// <summary>What people read, from the designer's display text.</summary>
    public string Title { get; }

    public DesignerBox Box { get; }

    /// <summary>Filled by the loader once the activity's own inputs are known to be right.</summary>
    public IReadOnlyList<string> Ports { get; internal set; } = [];

    /// <summary>What the kind read from the inputs; its type belongs to the kind.</summary>
    public object? Settings { get; internal set; }

    public T SettingsAs<T>() => (T)Settings!;

    public ActivityInput? Input(string name) => inputs.GetValueOrDefault(name);

    public IEnumerable<string> InputNames => inputs.Keys;

    public override string ToString() => Id;
}

/// <summary>An input is either a JSON value fixed in the definition or an expression.</summary>
public sealed record ActivityInput(JsonElement Literal, Script? Expression)
{
    public bool IsLiteral => Expression is null;
}
