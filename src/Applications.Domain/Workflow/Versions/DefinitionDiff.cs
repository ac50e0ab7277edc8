using System.Text.Json;
using Applications.Domain.Common;

namespace Applications.Domain.Workflow.Versions;

/// <summary>What became of a part of a chart from one version to the next.</summary>
public enum ChangeKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>It means something else than before.</summary>
    Changed,

    /// <summary>It means what it did and is only drawn elsewhere.</summary>
    Moved,
}

/// <summary>One value before and after, as text; null where there was or is none.</summary>
public sealed record ValueChange(string Name, string? Before, string? After);

/// <summary>A step that differs, with every input that does.</summary>
public sealed record ActivityChange(ChangeKind Kind, Activity? Before, Activity? After, IReadOnlyList<ValueChange> Values)
{
    public string Id => (After ?? Before)!.Id;

    public string Title => (After ?? Before)!.Title;
}

/// <summary>An arrow that differs; the source and its port name it, for each port leads to one place.</summary>
public sealed record ConnectionChange(ChangeKind Kind, string Source, string Port, Connection? Before, Connection? After);

/// <summary>A workflow variable that differs.</summary>
public sealed record VariableChange(ChangeKind Kind, string Name, IReadOnlyList<ValueChange> Values);

/// <summary>
/// Two versions of a workflow side by side: what was added, removed, changed or only drawn elsewhere. Steps are the same when their ids are, for ids are
/// stable across versions.
/// </summary>
public sealed record DefinitionDiff(
    IReadOnlyList<ActivityChange> Activities, IReadOnlyList<ConnectionChange> Connections, IReadOnlyList<VariableChange> Variables)
{
    /// <summary>The name under which a step's title is compared.</summary>
    public const string Title = "title";

    /// <summary>The name under which a step's kind is compared.</summary>
    public const string Type = "type";

    /// <summary>True when both versions run alike, however they are drawn.</summary>
    public bool MeansTheSame => Activities.All(a => a.Kind == ChangeKind.Moved) && Connections.All(c => c.Kind == ChangeKind.Moved) && Variables.Count == 0;

    public static DefinitionDiff Between(WorkflowDefinition before, WorkflowDefinition after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return new DefinitionDiff(
            [.. Pairs(before.Activities, after.Activities, a => a.Id).Select(p => Compare(p.Before, p.After)).OfType<ActivityChange>()],
            [.. Pairs(before.Connections, after.Connections, c => (c.Source, c.Port)).Select(p => Compare(p.Before, p.After)).OfType<ConnectionChange>()],
            [.. Pairs(before.Variables, after.Variables, v => v.Name).Select(p => Compare(p.Before, p.After)).OfType<VariableChange>()]);
    }

    /// <summary>What both have in the order of the newer, then what only the older has.</summary>
    private static IEnumerable<(T? Before, T? After)> Pairs<T, TKey>(IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, TKey> key)
        where T : class
        where TKey : notnull
    {
        var old = before.ToDictionary(key);
        foreach (var one in after)
        {
            old.Remove(key(one), out var was);
            yield return (was, one);
        }

        foreach (var gone in before.Where(b => old.ContainsKey(key(b))))
        {
            yield return (gone, null);
        }
    }

    private static ActivityChange? Compare(Activity? before, Activity? after)
    {
        var values = Differing(Values(before), Values(after));
        return (before, after) switch
        {
            (null, _) => new ActivityChange(ChangeKind.Added, null, after, values),
            (_, null) => new ActivityChange(ChangeKind.Removed, before, null, values),
            _ when values.Count > 0 => new ActivityChange(ChangeKind.Changed, before, after, values),
            _ when before.Box != after.Box => new ActivityChange(ChangeKind.Moved, before, after, []),
            _ => null,
        };
    }

    private static ConnectionChange? Compare(Connection? before, Connection? after) => (before, after) switch
    {
        (null, { } added) => new ConnectionChange(ChangeKind.Added, added.Source, added.Port, null, added),
        ({ } removed, null) => new ConnectionChange(ChangeKind.Removed, removed.Source, removed.Port, removed, null),
        ({ } was, { } now) when was.Target != now.Target => new ConnectionChange(ChangeKind.Changed, now.Source, now.Port, was, now),
        ({ } was, { } now) when !was.Vertices.SequenceEqual(now.Vertices) => new ConnectionChange(ChangeKind.Moved, now.Source, now.Port, was, now),
        _ => null,
    };

    private static VariableChange? Compare(WorkflowVariable? before, WorkflowVariable? after)
    {
        var values = Differing(Values(before), Values(after));
        return values.Count == 0
            ? null
            : new VariableChange(before is null ? ChangeKind.Added : after is null ? ChangeKind.Removed : ChangeKind.Changed, (after ?? before)!.Name, values);
    }

    private static List<(string Name, string Text)> Values(Activity? activity) => activity is null
        ? []
        : [(Title, activity.Title), (Type, activity.Kind.Type), .. activity.InputNames.Select(n => (n, Text(activity.Input(n)!)))];

    private static List<(string Name, string Text)> Values(WorkflowVariable? variable) => variable is null
        ? []
        : [(Type, variable.TypeName), ("default", Text(variable.Default))];

    private static List<ValueChange> Differing(List<(string Name, string Text)> before, List<(string Name, string Text)> after) =>
    [
        .. before.Select(b => b.Name).Union(after.Select(a => a.Name))
            .Select(name => new ValueChange(name, Find(before, name), Find(after, name)))
            .Where(change => change.Before != change.After),
    ];

    private static string? Find(List<(string Name, string Text)> values, string name) => values.Find(v => v.Name == name).Text;

    private static string Text(ActivityInput input) => input.Expression is { } script ? script.Source : Text(input.Literal);

    /// <summary>Texts as they are, everything else as JSON with members in order, so that only what means something counts as a change.</summary>
    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : JsonSerializer.Serialize(Sorted(value), DefinitionJson.Options);

    private static object? Sorted(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new SortedDictionary<string, object?>(value.EnumerateObject().ToDictionary(p => p.Name, p => Sorted(p.Value)), StringComparer.Ordinal),
        JsonValueKind.Array => value.EnumerateArray().Select(Sorted).ToList(),
        _ => value,
    };
}
