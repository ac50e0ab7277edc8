using Acornima.Ast;

namespace Applications.Domain.Expressions;

/// <summary>Which members of the objects it is given an expression reads, such as <c>answers.revenue</c>, in the order of its text.</summary>
public static class ScriptReferences
{
    /// <summary>Stands for every member: the expression uses the object in a way that does not tell which.</summary>
    public const string Everything = "*";

    /// <param name="script">The expression; its references are worked out once.</param>
    public static IReadOnlyList<(string Root, string Member)> Of(Script script)
    {
        ArgumentNullException.ThrowIfNull(script);
        return script.References ??= [.. Walk(script.Prepared.Program!).Distinct()];
    }

    /// <summary>The members of one object.</summary>
    public static IEnumerable<string> Of(Script script, string root) => Of(script).Where(r => r.Root == root).Select(r => r.Member);

    private static IEnumerable<(string Root, string Member)> Walk(Node node) => node switch
    {
        MemberExpression { Computed: false, Object: Identifier root, Property: Identifier member } => [(root.Name, member.Name)],
        MemberExpression { Computed: false } member => Walk(member.Object),
        Identifier root => [(root.Name, Everything)],
        _ => node.ChildNodes.SelectMany(Walk),
    };
}
