using Acornima.Ast;

namespace Applications.Domain.Expressions;

/// <summary>Finds which members of a given name an expression reads, by walking its syntax: <c>answers.revenue &gt; 0</c> reads <c>revenue</c> of <c>answers</c>.</summary>
public static class ScriptReads
{
    /// <summary>Stands for every member: the expression uses the name in a way that does not tell which.</summary>
    public const string Everything = "*";

    public static IReadOnlySet<string> Of(Script script, string name)
    {
        ArgumentNullException.ThrowIfNull(script);
        var found = new HashSet<string>(StringComparer.Ordinal);
        Visit(script.Prepared.Program!, name, found);
        return found;
    }

    private static void Visit(Node node, string name, HashSet<string> found)
    {
        switch (node)
        {
            case MemberExpression { Computed: false, Object: Identifier { Name: var owner }, Property: Identifier member } when owner == name:
                found.Add(member.Name);
                break;
            case MemberExpression { Computed: false } member:
                Visit(member.Object, name, found);
                break;
            case Identifier { Name: var used } when used == name:
                found.Add(Everything);
                break;
            default:
                foreach (var child in node.ChildNodes)
                {
                    Visit(child, name, found);
                }

                break;
        }
    }
}
