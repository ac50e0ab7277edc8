using System.Text.Json.Nodes;
using Applications.Domain.Expressions;
using Applications.Domain.Forms.Fields;

namespace Applications.Domain.Forms.Corrections;

/// <summary>
/// Which fields the applicant may change now: all of a draft, or after a return with marks only those that were marked and those that are shown or
/// asked because of them. Computed fields follow by themselves.
/// </summary>
public sealed class OpenFields
{
    private readonly HashSet<string>? open;

    private OpenFields(HashSet<string>? open) => this.open = open;

    public static OpenFields All { get; } = new(null);

    public bool IsAll => open is null;

    /// <param name="form">The definition the answers belong to.</param>
    /// <param name="marked">Keys of the fields that were sent back; none opens all of them.</param>
    public static OpenFields Of(FormDefinition form, IEnumerable<string> marked)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(marked);
        var open = marked.ToHashSet(StringComparer.Ordinal);
        if (open.Count == 0)
        {
            return All;
        }

        var dependent = form.Fields.Where(f => f.Kind is not FieldKind.Computed && (f.VisibleWhen ?? f.RequiredWhen) is not null)
            .Select(f => (f.Key, Sources: SourcesOf(form, f))).ToList();
        while (dependent.Where(d => !open.Contains(d.Key) && (d.Sources.Contains(ScriptReferences.Everything) || d.Sources.Overlaps(open))).ToList() is { Count: > 0 } more)
        {
            open.UnionWith(more.Select(d => d.Key));
        }

        return new OpenFields(open);
    }

    public bool Contains(string fieldKey) => open is null || open.Contains(fieldKey);

    /// <summary>These and some more: what a correction has put out of order must be put in order too.</summary>
    public OpenFields And(IEnumerable<string> more) => open is null ? this : new OpenFields([.. open, .. more]);

    /// <summary>The closed fields that differ between two states of the answers; an answer missing and an empty one are the same.</summary>
    public IReadOnlyList<FieldDefinition> ClosedChanges(FormDefinition form, Answers before, Answers after)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return IsAll ? [] : [.. form.Fields.Where(f => !Contains(f.Key) && !Same(before[f.Key], after[f.Key]))];
    }

    /// <summary>Equal as answers: rows are compared by their cells, whatever their keys.</summary>
    public static bool Same(JsonNode? one, JsonNode? other) => (one, other) switch
    {
        _ when FieldType.IsEmpty(one) || FieldType.IsEmpty(other) => FieldType.IsEmpty(one) && FieldType.IsEmpty(other),
        (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(p => Same(p.First, p.Second)),
        (JsonObject a, JsonObject b) => a.Select(c => c.Key).Union(b.Select(c => c.Key)).Where(k => k != Answers.RowKey).All(k => Same(a[k], b[k])),
        _ => JsonNode.DeepEquals(one, other),
    };

    /// <summary>The fields that decide whether this one is shown or asked, through computed ones too.</summary>
    private static HashSet<string> SourcesOf(FormDefinition form, FieldDefinition field)
    {
        var sources = new HashSet<string>(StringComparer.Ordinal);
        var scripts = new Stack<Script>(new[] { field.VisibleWhen, field.RequiredWhen }.OfType<Script>());
        var computed = new HashSet<string>(StringComparer.Ordinal);
        while (scripts.TryPop(out var script))
        {
            sources.UnionWith(ScriptReferences.Of(script, "answers"));
            sources.UnionWith(ScriptReferences.Of(script, "files"));
            foreach (var key in ScriptReferences.Of(script, "computed").Where(computed.Add))
            {
                if (form.FindField(key)?.Expression is { } expression)
                {
                    scripts.Push(expression);
                }
            }
        }

        return sources;
    }
}
