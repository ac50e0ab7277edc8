using Jint;

namespace Applications.Domain.Expressions;

/// <summary>
/// The functions that form, programme and rubric expressions may call besides plain JavaScript. All pass null on: a ratio of
/// something missing is null, never NaN.
/// </summary>
public static class FormFunctions
{
    private static readonly Script Prelude = Script.Parse("""
        var ratio = function (a, b) { return known(a, b) && b !== 0 ? a / b : null; };
        var sum = function (list, f) { var total = 0; for (const item of list || []) { total += (f ? f(item) : item) || 0; } return total; };
        var count = function (list, f) { var n = 0; for (const item of list || []) { if (!f || f(item)) { n++; } } return n; };
        var yearOf = function (date) { return typeof date === 'string' && date.length >= 4 ? Number(date.substring(0, 4)) : null; };
        var inYears = function (date, from, to) { const y = yearOf(date); return y !== null && y >= from && y <= to; };
        var among = function (value, ...others) { return others.includes(value); };
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

        // Nearly every rule asks what is known; in the script itself this was the dearest call of all.
        session.SetTest("known", static value => !value.IsNull() && !value.IsUndefined()).Evaluate(Prelude);
        return session;
    }
}
