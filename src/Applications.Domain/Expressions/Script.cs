using Jint;

namespace Applications.Domain.Expressions;

/// <summary>
/// A JavaScript expression out of a definition (form, rubric, rule or workflow), parsed once and run many times.
/// A source with a <c>return</c> statement is taken as a function body, as Elsa does.
/// </summary>
public sealed class Script
{
    private Script(string source, Prepared<Acornima.Ast.Script> prepared)
    {
        Source = source;
        Prepared = prepared;
    }

    /// <summary>The text as it stands in the definition.</summary>
    public string Source { get; }

    internal Prepared<Acornima.Ast.Script> Prepared { get; }

    /// <summary>See <see cref="ScriptReferences"/>.</summary>
    internal IReadOnlyList<(string Root, string Member)>? References { get; set; }

    /// <summary>Parses <paramref name="source"/>.</summary>
    /// <exception cref="ScriptException">The text is empty or is not valid JavaScript.</exception>
    public static Script Parse(string source)
    {
        if (string.IsNullOrWhiteSpace(source))
        {
            throw new ScriptException("The expression is empty.", source ?? string.Empty);
        }

        var code = source.TrimStart().StartsWith("return ", StringComparison.Ordinal) ? $"(function(){{{source}}})()" : source;
        try
        {
            return new Script(source, Engine.PrepareScript(code, strict: true));
        }
        catch (Exception e) when (e is ScriptPreparationException or Acornima.ParseErrorException)
        {
            throw new ScriptException(e.InnerException?.Message ?? e.Message, source, e);
        }
    }

    public override string ToString() => Source;
}

/// <summary>An expression could not be parsed, or failed or overran its limits when run.</summary>
public sealed class ScriptException(string message, string source, Exception? inner = null)
    : Exception($"{message} In: {source}", inner)
{
    /// <summary>The expression's own text.</summary>
    public string Script { get; } = source;
}
