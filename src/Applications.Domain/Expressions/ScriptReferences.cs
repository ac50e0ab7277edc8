using Acornima.Ast;

namespace Applications.Domain.Expressions;

/// <summary>Which members of the objects it is given an expression reads, such as <c>answers.revenue</c>, in the order of its text.</summary>
public static class ScriptReferences
{
    /// <param name="script">The expression; its references are worked out once.</param>
    public static IReadOnlyList<(string Root, string Member)> Of(Script script)
    {
        ArgumentNullException.ThrowIfNull(script);
        return script.References ??= [.. Walk(script.Prepared.Program!).Distinct()];
    }

    private static IEnumerable<(string Root, string Member)> Walk(Node node)
    {
        if (node is MemberExpression { Computed: false, Object: Identifier root, Property: Identifier member })
        {
            return [(root.Name, member.Name)];
        }

        return node.ChildNodes.SelectMany(Walk);
    }
}
