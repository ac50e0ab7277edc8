using Acornima.Ast;

namespace Applications.Domain.Expressions;

/// <summary>Finds names in an expression that nothing stands behind, by walking its syntax with the shapes of what it is given.</summary>
public static class ScriptNames
{
    private static readonly HashSet<string> Globals =
    [
        "Math", "Number", "String", "Boolean", "Array", "Object", "JSON", "Set", "Map", "undefined", "NaN", "Infinity",
        "isNaN", "isFinite", "parseInt", "parseFloat", .. FormFunctions.Names,
    ];

    private static readonly HashSet<string> SameList = ["filter", "slice", "concat", "sort", "reverse"];

    private static readonly HashSet<string> OverElements = ["filter", "map", "some", "every", "find", "forEach", "flatMap", "findIndex"];

    /// <summary>The names used but not in <paramref name="known"/>, such as <c>answers.reveneu</c>; empty when all is well.</summary>
    public static IReadOnlyList<string> Unknown(Script script, IReadOnlyDictionary<string, Shape> known)
    {
        ArgumentNullException.ThrowIfNull(script);
        var walk = new Walk();
        walk.Visit(script.Prepared.Program!, new Scope(known));
        return [.. walk.Unknown.Distinct()];
    }

    private sealed class Scope(IReadOnlyDictionary<string, Shape> names, Scope? outer = null)
    {
        private readonly Dictionary<string, Shape> own = [];

        public void Declare(string name, Shape shape) => own[name] = shape;

        public Shape? Find(string name) =>
            own.TryGetValue(name, out var shape) || names.TryGetValue(name, out shape) ? shape : outer?.Find(name);
    }

    private sealed class Walk
    {
        private static readonly IReadOnlyDictionary<string, Shape> Nothing = new Dictionary<string, Shape>();

        public List<string> Unknown { get; } = [];

        public Shape Visit(Node node, Scope scope)
        {
            switch (node)
            {
                case Identifier name:
                    if (scope.Find(name.Name) is { } shape)
                    {
                        return shape;
                    }

                    if (!Globals.Contains(name.Name))
                    {
                        Unknown.Add(name.Name);
                    }

                    return Shape.Any;

                case MemberExpression member:
                    return Member(member, scope);

                case CallExpression call:
                    return Call(call, scope);

                case ChainExpression chain:
                    return Visit(chain.Expression, scope);

                case Property property:
                    if (property.Computed)
                    {
                        Visit(property.Key, scope);
                    }

                    Visit(property.Value, scope);
                    return Shape.Any;

                case VariableDeclarator variable:
                    var value = variable.Init is null ? Shape.Any : Visit(variable.Init, scope);
                    Declare(variable.Id, value, scope);
                    return Shape.Any;

                case IFunction function:
                    Function(function, scope, Shape.Any);
                    return Shape.Any;

                case LogicalExpression either:
                    var left = Visit(either.Left, scope);
                    var right = Visit(either.Right, scope);
                    return left is Shape.AnyShape ? right : left;

                default:
                    foreach (var child in node.ChildNodes)
                    {
                        Visit(child, scope);
                    }

                    return Shape.Any;
            }
        }

        private Shape Member(MemberExpression member, Scope scope)
        {
            var target = Visit(member.Object, scope);
            if (member.Computed)
            {
                Visit(member.Property, scope);
                return target is Shape.ListShape list ? list.Element : Shape.Any;
            }

            if (target is not Shape.ObjectShape known || member.Property is not Identifier name)
            {
                return Shape.Any;
            }

            if (known.Members.TryGetValue(name.Name, out var shape))
            {
                return shape;
            }

            Unknown.Add(member.Object is Identifier root ? $"{root.Name}.{name.Name}" : name.Name);
            return Shape.Any;
        }

        private Shape Call(CallExpression call, Scope scope)
        {
            Visit(call.Callee, scope);
            var method = call.Callee is MemberExpression { Computed: false, Property: Identifier name } ? name.Name : null;
            var list = method is not null && OverElements.Contains(method) || method is not null && SameList.Contains(method)
                ? Quiet(((MemberExpression)call.Callee).Object, scope)
                : Shape.Any;
            var element = list is Shape.ListShape known ? known.Element : Shape.Any;
            for (var i = 0; i < call.Arguments.Count; i++)
            {
                var argument = call.Arguments[i];
                if (argument is IFunction function)
                {
                    Function(function, scope, element);
                    continue;
                }

                // The form functions take a list first and a function over its elements after it.
                if (Visit(argument, scope) is Shape.ListShape given && call.Callee is Identifier)
                {
                    element = given.Element;
                }
            }

            return method is not null && SameList.Contains(method) ? list : method is "find" ? element : Shape.Any;
        }

        private void Function(IFunction function, Scope outer, Shape first)
        {
            var scope = new Scope(Nothing, outer);
            for (var i = 0; i < function.Params.Count; i++)
            {
                Declare(function.Params[i], i == 0 ? first : Shape.Any, scope);
            }

            Visit((Node)function.Body, scope);
        }

        private Shape Quiet(Node node, Scope scope)
        {
            var before = Unknown.Count;
            var shape = Visit(node, scope);
            Unknown.RemoveRange(before, Unknown.Count - before);
            return shape;
        }

        private static void Declare(Node pattern, Shape shape, Scope scope)
        {
            if (pattern is Identifier name)
            {
                scope.Declare(name.Name, shape);
                return;
            }

            foreach (var child in pattern.ChildNodes)
            {
                Declare(child is Property property ? property.Value : child, Shape.Any, scope);
            }
        }
    }
}
