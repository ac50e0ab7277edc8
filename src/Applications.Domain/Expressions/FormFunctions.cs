using System.Globalization;
using Jint;
using Jint.Native;

namespace Applications.Domain.Expressions;

/// <summary>
/// The functions that form, programme and rubric expressions may call besides plain JavaScript. All pass null on: a ratio of
/// something missing is null, never NaN.
/// </summary>
public static class FormFunctions
{
    // Those that call back into the script are written in it; the loop by index is the quickest that the interpreter has.
    private static readonly Script Prelude = Script.Parse("""
        var sum = function (list, f) { var total = 0; for (let i = 0, n = list ? list.length : 0; i < n; i++) { total += (f ? f(list[i]) : list[i]) || 0; } return total; };
        var count = function (list, f) { var found = 0; for (let i = 0, n = list ? list.length : 0; i < n; i++) { if (!f || f(list[i])) { found++; } } return found; };
        null
        """);

    /// <summary>
    /// <c>known(a, b, …)</c> all are there; <c>ratio(a, b)</c>; <c>sum(list, f)</c>; <c>count(list, f)</c>; <c>yearOf(date)</c>;
    /// <c>inYears(date, from, to)</c>; <c>among(value, a, b, …)</c> value is one of the rest.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } = ["known", "ratio", "sum", "count", "yearOf", "inYears", "among"];

    /// <summary>Makes the functions known to <paramref name="session"/>.</summary>
    public static ScriptSession AddFormFunctions(this ScriptSession session)
    {
        ArgumentNullException.ThrowIfNull(session);

        // Rules call these for every row of a table; as functions of the script they were most of a check's time.
        session
            .SetNative("known", static a => Truth(Array.TrueForAll(a, IsKnown)))
            .SetNative("ratio", static a => a is [JsNumber x, JsNumber y, ..] && y.AsNumber() != 0 ? JsNumber.Create(x.AsNumber() / y.AsNumber()) : JsValue.Null)
            .SetNative("yearOf", static a => Year(a) is { } year ? JsNumber.Create(year) : JsValue.Null)
            .SetNative("inYears", static a => Truth(a is [_, JsNumber from, JsNumber to, ..] && Year(a) is { } year && year >= from.AsNumber() && year <= to.AsNumber()))
            .SetNative("among", static a => Truth(a.Length > 1 && a.AsSpan(1).Contains(a[0])))
            .Evaluate(Prelude);
        return session;
    }

    private static bool IsKnown(JsValue value) => !value.IsNull() && !value.IsUndefined();

    private static JsBoolean Truth(bool value) => value ? JsBoolean.True : JsBoolean.False;

    /// <summary>The year of a date written <c>yyyy-MM-dd</c>.</summary>
    private static int? Year(JsValue[] arguments) =>
        arguments is [JsString text, ..] && text.ToString() is { Length: >= 4 } date && int.TryParse(date.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            ? year
            : null;
}
