using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
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
        .Set("asOf", scope.AsOf)
        .Set("enterprise", Json(scope.Enterprise))
        .Set("figures", Json(scope.LastYears()));

    /// <summary>A session over answers that were already checked.</summary>
    public static ScriptSession Open(FormScope scope, AnswerCheck check) => Open(scope)
        .SetAnswers(check.Values)
        .SetFiles(check.FileCounts)
        .Set("computed", check.Computed);

    /// <summary>A record as expressions see it: camelCase, and null where there is no value, so that <c>known()</c> can ask.</summary>
    public static JsonNode? Json<T>(T value) => JsonSerializer.SerializeToNode(value, Complete);

    public static ScriptSession SetAnswers(this ScriptSession session, IEnumerable<KeyValuePair<string, object?>> values) =>
        session.Set("answers", values.Select(v => KeyValuePair.Create(v.Key, Plain(v.Value))));

    /// <summary>One answer anew, after <see cref="SetAnswers"/>.</summary>
    public static ScriptSession PutAnswer(this ScriptSession session, string field, object? value) => session.Put("answers", field, Plain(value));

    public static ScriptSession SetFiles(this ScriptSession session, IEnumerable<KeyValuePair<string, int>> counts) =>
        session.Set("files", counts.Select(c => KeyValuePair.Create<string, object?>(c.Key, c.Value)));

    private static object? Plain(object? answer) => answer is IReadOnlyList<AnswerRow> rows ? rows.Select(r => r.Cells) : answer;

    private static JsonSerializerOptions Complete { get; } = new(DefinitionJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

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
