using System.Text.Json;
using Applications.Domain.Common;
using Applications.Domain.Expressions;

namespace Applications.Domain.Forms;

/// <summary>Opens a script session with what form, rule and rubric expressions see.</summary>
internal static class FormSession
{
    public static ScriptSession Open(FormScope scope) => new ScriptSession()
        .AddFormFunctions()
        .Set("year", scope.Year)
        .Set("today", scope.Today)
        .Set("enterprise", JsonSerializer.SerializeToNode(scope.Enterprise, Complete))
        .Set("figures", JsonSerializer.SerializeToNode(scope.LastYears(), Complete));

    /// <summary>A session over answers that were already checked.</summary>
    public static ScriptSession Open(FormScope scope, AnswerCheck check) => Open(scope)
        .SetAnswers(check.Values)
        .Set("files", check.FileCounts)
        .Set("computed", check.Computed);

    public static ScriptSession SetAnswers(this ScriptSession session, IEnumerable<KeyValuePair<string, object?>> values) =>
        session.Set("answers", values.Select(v => KeyValuePair.Create<string, object?>(v.Key, v.Value is IReadOnlyList<AnswerRow> rows ? rows.Select(r => r.Cells) : v.Value)));

    /// <summary>Members without a value stand as null, so that <c>known()</c> can ask for them.</summary>
    private static JsonSerializerOptions Complete { get; } = new(DefinitionJson.Options) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.Never };

    /// <summary>The value of an expression, or null when it fails on what the applicant has not filled in yet.</summary>
    public static object? TryEvaluate(this ScriptSession session, Script script)
    {
        try
        {
            var value = session.Evaluate(script);
            return value is double number && !double.IsFinite(number) ? null : value;
        }
        catch (ScriptException)
        {
            return null;
        }
    }
}
