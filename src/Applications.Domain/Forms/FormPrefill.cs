using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Applications.Domain.Enterprises;

namespace Applications.Domain.Forms;

/// <summary>First values out of the enterprise's record, where the form says so.</summary>
public static partial class FormPrefill
{
    /// <summary>
    /// A copy of <paramref name="existing"/> in which every empty field that the record gives is filled. Read-only fields and columns follow
    /// the profile each time; what an applicant typed is never overwritten.
    /// </summary>
    /// <param name="isOpen">Fields that may change now; the others stay as they are, the record notwithstanding.</param>
    public static Answers Fill(FormDefinition form, FormScope scope, Answers? existing = null, Func<string, bool>? isOpen = null)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(scope);
        var answers = existing?.Clone() ?? new Answers();
        using var record = new RecordSource(scope);
        foreach (var field in form.Fields.Where(f => f.RecordPath is not null && isOpen?.Invoke(f.Key) != false))
        {
            if (!field.ReadOnly && IsAnswered(field, answers))
            {
                if (field.IsTable && field.Prefill is not null && record.Get(field) is JsonArray known)
                {
                    Complete(field, answers.Rows(field.Key), known);
                }

                continue;
            }

            var value = record.Get(field);
            if (!field.IsTable)
            {
                answers[field.Key] = value?.DeepClone();
            }
            else if (value is JsonArray { Count: > 0 } list)
            {
                answers[field.Key] = Rows(field, list);
            }
        }

        return answers;
    }

    /// <summary>A table from which the applicant took every row stays empty; one he never saw is filled.</summary>
    private static bool IsAnswered(FieldDefinition field, Answers answers) =>
        field.IsTable ? answers[field.Key] is not null : !Fields.FieldType.IsEmpty(answers[field.Key]);

    /// <summary>Whether a path leads anywhere: to a list for a table, to a single value otherwise.</summary>
    internal static bool Exists(string path, bool table)
    {
        Type? type = null;
        foreach (var (name, index) in Steps(path))
        {
            type = type is null
                ? name switch { "enterprise" => typeof(EnterpriseProfile), "figures" => typeof(IReadOnlyList<YearFigures>), _ => null }
                : type.GetProperties().FirstOrDefault(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name) == name)?.PropertyType;
            type = index is null ? type : ElementOf(type);
            if (type is null)
            {
                return false;
            }
        }

        return type is not null && type != typeof(EnterpriseProfile) && type != typeof(YearFigures) && table == (ElementOf(type) is not null);
    }

    /// <summary>
    /// Rows begun with an incomplete record take what the record has learned since: only cells that are empty, only in rows that the fixed columns
    /// (a year, for example) tie to an entry of the record.
    /// </summary>
    private static void Complete(FieldDefinition table, IEnumerable<JsonObject> rows, JsonArray known)
    {
        var keys = table.Columns.Where(c => c.ReadOnly).Select(c => c.Key).ToList();
        if (keys.Count == 0)
        {
            return;
        }

        foreach (var row in rows)
        {
            if (known.OfType<JsonObject>().FirstOrDefault(k => keys.TrueForAll(key => k[key]?.ToJsonString() == row[key]?.ToJsonString())) is not { } entry)
            {
                continue;
            }

            foreach (var column in table.Columns.Where(c => Fields.FieldType.IsEmpty(row[c.Key]) && entry[c.Key] is not null))
            {
                row[column.Key] = entry[column.Key]!.DeepClone();
            }
        }
    }

    private static JsonArray Rows(FieldDefinition table, JsonArray list)
    {
        var rows = new JsonArray();
        foreach (var item in list.OfType<JsonObject>().Where(i => Fits(table, i)).Take(table.MaxRows))
        {
            var row = new JsonObject { [Answers.RowKey] = $"r{rows.Count}" };
            foreach (var column in table.Columns)
            {
                if (item[column.Key] is { } cell)
                {
                    row[column.Key] = cell.DeepClone();
                }
            }

            rows.Add((JsonNode)row);
        }

        return rows;
    }

    /// <summary>An entry of a kind or level that the form does not ask about is none of its rows.</summary>
    private static bool Fits(FieldDefinition table, JsonObject entry) => table.Columns
        .Where(c => c.Kind is FieldKind.Choice)
        .All(c => entry[c.Key] is not JsonValue value || (value.TryGetValue<string>(out var code) && c.Options.Any(o => o.Value == code)));

    private static Type? ElementOf(Type? type) =>
        type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    /// <summary>The names of a path with their indices; a single empty step when it is no path.</summary>
    internal static IEnumerable<(string Name, int? Index)> Steps(string path) => PathForm().IsMatch(path)
        ? path.Split('.').Select(step => step.Split('[', ']') is [var name, var index, ..]
            ? (name, (int?)int.Parse(index, CultureInfo.InvariantCulture))
            : (step, null))
        : [(string.Empty, null)];

    [GeneratedRegex(@"^[a-z][A-Za-z0-9]*(\[\d\])?(\.[a-z][A-Za-z0-9]*(\[\d\])?)*$", RegexOptions.CultureInvariant)]
    private static partial Regex PathForm();
}
