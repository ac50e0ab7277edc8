using System.Text.Json;
using Applications.Domain.Common;
using Applications.Domain.Expressions;

namespace Applications.Domain.Workflow;

/// <summary>Reads an activity's inputs at load and collects what is wrong with them.</summary>
internal sealed class InputReader(string file, Activity activity, WorkflowVocabulary vocabulary, List<DefinitionProblem> problems)
{
    public Activity Activity => activity;

    public WorkflowVocabulary Vocabulary => vocabulary;

    public void Problem(string reason) => problems.Add(new DefinitionProblem(file, activity.Id, reason));

    public string Text(string name, bool required = true)
    {
        var literal = Literal(name, required);
        if (literal is null)
        {
            return string.Empty;
        }

        if (literal.Value.ValueKind != JsonValueKind.String || literal.Value.GetString()!.Length == 0)
        {
            Problem($"Input '{name}' must be a text.");
            return string.Empty;
        }

        return literal.Value.GetString()!;
    }

    /// <summary>A text that must be one of <paramref name="known"/>; what the host does not know is refused before a case gets there.</summary>
    public string OneOf(string name, IReadOnlySet<string> known, string what, bool required = true)
    {
        var text = Text(name, required);
        if (text.Length > 0)
        {
            MustBeKnown(text, known, what);
        }

        return text;
    }

    public void MustBeKnown(string value, IReadOnlySet<string> known, string what)
    {
        if (!known.Contains(value))
        {
            Problem($"Unknown {what} '{value}'. Known: {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
        }
    }

    public int? Number(string name)
    {
        var literal = Literal(name, required: false);
        if (literal is null)
        {
            return null;
        }

        if (literal.Value.ValueKind == JsonValueKind.Number && literal.Value.TryGetInt32(out var number) && number > 0)
        {
            return number;
        }

        Problem($"Input '{name}' must be a whole number above zero.");
        return null;
    }

    public bool Flag(string name)
    {
        var literal = Literal(name, required: false);
        if (literal is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
        {
            Problem($"Input '{name}' must be true or false.");
        }

        return literal is { ValueKind: JsonValueKind.True };
    }

    public IReadOnlyList<string> List(string name, bool required = true)
    {
        var literal = Literal(name, required);
        if (literal is null)
        {
            return [];
        }

        if (literal.Value.ValueKind != JsonValueKind.Array || literal.Value.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.String))
        {
            Problem($"Input '{name}' must be a list of texts.");
            return [];
        }

        var list = literal.Value.EnumerateArray().Select(e => e.GetString()!).ToList();
        if (list.Distinct(StringComparer.Ordinal).Count() != list.Count)
        {
            Problem($"Input '{name}' names something twice.");
        }

        return list;
    }

    public IReadOnlyDictionary<string, string> Map(string name)
    {
        var literal = Literal(name, required: false);
        if (literal is null)
        {
            return new Dictionary<string, string>();
        }

        if (literal.Value.ValueKind != JsonValueKind.Object)
        {
            Problem($"Input '{name}' must be an object.");
            return new Dictionary<string, string>();
        }

        return literal.Value.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString());
    }

    public Script? Expression(string name)
    {
        var input = activity.Input(name);
        if (input?.Expression is null)
        {
            Problem($"Input '{name}' must be a JavaScript expression.");
        }

        return input?.Expression;
    }

    private JsonElement? Literal(string name, bool required)
    {
        var input = activity.Input(name);
        if (input is null)
        {
            if (required)
            {
                Problem($"Input '{name}' is missing.");
            }

            return null;
        }

        if (!input.IsLiteral)
        {
            Problem($"Input '{name}' must be a literal, so that it can be checked when the definition is loaded.");
            return null;
        }

        return input.Literal;
    }
}

/// <summary>The names a host knows; definitions that use others are refused at load.</summary>
/// <param name="Roles">Who can hold a work item.</param>
/// <param name="Tasks">Pages that handle work items.</param>
/// <param name="Commands">Domain commands.</param>
/// <param name="Templates">Letters.</param>
/// <param name="Facts">What the host puts into <see cref="WorkflowContext.Facts"/>.</param>
public sealed record WorkflowVocabulary(
    IReadOnlySet<string> Roles, IReadOnlySet<string> Tasks, IReadOnlySet<string> Commands, IReadOnlySet<string> Templates, IReadOnlySet<string> Facts);
