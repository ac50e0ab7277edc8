using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Jint;
using Jint.Native;
using Jint.Runtime.Interop;

namespace Applications.Domain.Expressions;

/// <summary>
/// One run of expressions over one set of values. Scripts see only what <see cref="Set(string, object?)"/> gave them: no clock,
/// no CLR, no files; time, memory, statements and recursion are bounded. Not thread-safe; make one per check.
/// </summary>
public sealed class ScriptSession : IDisposable
{
    /// <summary>What stops a script that hangs in one statement. Far beyond what a busy machine needs, so that load never decides a rule.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    // One clock a session: a check runs a hundred expressions, and a clock for each was a fifth of its time.
    private readonly CancellationTokenSource clock = new(Longest);
    private readonly Engine engine;

    public ScriptSession() => engine = new Engine(o => o
        .Strict()
        .CancellationToken(clock.Token)
        .LimitMemory(8_000_000)
        .MaxStatements(200_000)
        .LimitRecursion(64)
        .DisableStringCompilation());

    /// <summary>Makes <paramref name="value"/> (null, bool, number, string, JSON node, list, dictionary) visible as <paramref name="name"/>.</summary>
    public ScriptSession Set(string name, object? value)
    {
        engine.SetValue(name, ToJs(value));
        return this;
    }

    /// <summary>Sets one member of the object that is visible as <paramref name="name"/>: building it again for each would cost its square.</summary>
    internal ScriptSession Put(string name, string member, object? value)
    {
        ((JsObject)engine.GetValue(name)).FastSetDataProperty(member, ToJs(value));
        return this;
    }

    /// <summary>Makes a function of one argument visible as <paramref name="name"/>; called without one it is given null.</summary>
    public ScriptSession SetFunction(string name, Func<object?, object?> function)
    {
        engine.SetValue(name, new Func<JsValue?, JsValue>(argument => ToJs(function(FromJs(argument ?? JsValue.Undefined)))));
        return this;
    }

    /// <summary>Makes a function of any number of arguments visible as <paramref name="name"/>.</summary>
    internal ScriptSession SetNative(string name, Func<JsValue[], JsValue> function)
    {
        engine.SetValue(name, new ClrFunction(engine, name, (_, arguments) => function(arguments)));
        return this;
    }

    /// <summary>Runs <paramref name="script"/>; the result is null, bool, double, string, list or dictionary.</summary>
    /// <exception cref="ScriptException">The script failed or overran a limit.</exception>
    public object? Evaluate(Script script)
    {
        ArgumentNullException.ThrowIfNull(script);
        try
        {
            return FromJs(engine.Evaluate(script.Prepared));
        }
        catch (Exception e) when (e is JintException or TimeoutException)
        {
            throw new ScriptException(e.Message, script.Source, e);
        }
    }

    /// <summary>
    /// Runs <paramref name="script"/> and reads the result as Elsa does: true, a number other than zero, or the text "true". Any other text, a list and an
    /// object are no yes, unlike in an <c>if</c>.
    /// </summary>
    public bool IsTrue(Script script) => Evaluate(script) switch
    {
        bool b => b,
        null => false,
        double d => d != 0,
        string s => bool.TryParse(s, out var yes) && yes,
        _ => false,
    };

    public void Dispose()
    {
        engine.Dispose();
        clock.Dispose();
    }

    private JsValue ToJs(object? value) => value switch
    {
        null => JsValue.Null,
        JsValue js => js,
        bool b => b ? JsBoolean.True : JsBoolean.False,
        string s => new JsString(s),
        int i => JsNumber.Create(i),
        long l => JsNumber.Create(l),
        double d => JsNumber.Create(d),
        decimal m => JsNumber.Create((double)m),
        DateOnly date => new JsString(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        JsonElement element => ToJs(JsonSerializer.Deserialize<JsonNode>(element)),
        JsonValue json => ToJs(Scalar(json)),
        JsonArray array => new JsArray(engine, [.. array.Select(ToJs)]),
        JsonObject obj => ToObject(obj.Select(p => new KeyValuePair<string, object?>(p.Key, p.Value))),
        IEnumerable<KeyValuePair<string, object?>> map => ToObject(map),
        System.Collections.IDictionary map => ToObject(map.Keys.Cast<string>().Select(k => new KeyValuePair<string, object?>(k, map[k]))),
        System.Collections.IEnumerable list => new JsArray(engine, [.. list.Cast<object?>().Select(ToJs)]),
        _ => throw new ArgumentException($"A script cannot be given a {value.GetType().Name}.", nameof(value)),
    };

    private JsObject ToObject(IEnumerable<KeyValuePair<string, object?>> properties)
    {
        var result = new JsObject(engine);
        foreach (var (key, value) in properties)
        {
            result.FastSetDataProperty(key, ToJs(value));
        }

        return result;
    }

    private static object? Scalar(JsonValue json) => json.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => json.Deserialize<double>(),
        JsonValueKind.String => json.GetValue<string>(),
        _ => null,
    };

    private static object? FromJs(JsValue value) => value switch
    {
        { } v when v.IsNull() || v.IsUndefined() => null,
        { } v when v.IsBoolean() => v.AsBoolean(),
        { } v when v.IsNumber() => v.AsNumber(),
        { } v when v.IsString() => v.AsString(),
        JsArray array => array.Select(FromJs).ToList(),
        { } v when v.IsObject() => v.AsObject().GetOwnProperties()
            .ToDictionary(p => p.Key.ToString(), p => FromJs(p.Value.Value)),
        _ => value.ToString(),
    };
}
