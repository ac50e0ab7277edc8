using Acornima.Ast;
using Applications.Domain.Expressions;
using Script = Applications.Domain.Expressions.Script;

namespace Applications.Domain.Workflow;

/// <summary>
/// What an expression in a flow may name: its variables, the facts, and the pure part of JavaScript. Chance and the clock are not there, because a
/// decision must come out the same each time it is worked out.
/// </summary>
internal sealed class ScriptSurface(IReadOnlyList<WorkflowVariable> variables, IReadOnlySet<string> facts)
{
    private const string GetFact = "getInput";

    private static readonly string[] PureMath =
        ["abs", "ceil", "floor", "max", "min", "pow", "round", "sign", "sqrt", "trunc", "log", "log10", "exp", "PI", "E"];

    private readonly Dictionary<string, Shape> known = Known(variables);

    /// <summary>Why <paramref name="script"/> cannot be accepted; empty when it can.</summary>
    public IEnumerable<string> Problems(Script script)
    {
        foreach (var name in ScriptNames.Unknown(script, known))
        {
            yield return $"Unknown name '{name}' in: {script}";
        }

        foreach (var call in All(script.Prepared.Program!).OfType<CallExpression>())
        {
            if (call.Callee is Identifier { Name: var function } && FormFunctions.Names.Contains(function))
            {
                yield return $"Unknown name '{function}' in: {script}";
            }
            else if (call.Callee is Identifier { Name: GetFact })
            {
                if (call.Arguments is not [StringLiteral fact])
                {
                    yield return $"{GetFact} takes the name of a fact, written out, in: {script}";
                }
                else if (!facts.Contains(fact.Value))
                {
                    yield return $"Unknown fact '{fact.Value}'. Known: {string.Join(", ", facts.Order(StringComparer.Ordinal))}.";
                }
            }
        }
    }

    private static Dictionary<string, Shape> Known(IReadOnlyList<WorkflowVariable> variables)
    {
        var names = variables.Select(v => KeyValuePair.Create("get" + v.Name, Shape.Any)).Append(new(GetFact, Shape.Any)).DistinctBy(p => p.Key).ToDictionary();
        names["variables"] = Shape.Object(variables.Select(v => KeyValuePair.Create(v.Name, Shape.Any)));
        names["Math"] = Shape.Object(PureMath.Select(m => KeyValuePair.Create(m, Shape.Any)));
        return names;
    }

    private static IEnumerable<Node> All(Node node) => node.ChildNodes.OfType<Node>().SelectMany(All).Prepend(node);
}
