using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Applications.Domain.Common;

namespace Applications.Domain.Forms;

/// <summary>First values out of the enterprise's profile and yearly figures, where the form says so.</summary>
public static partial class FormPrefill
{
    /// <summary>
    /// A copy of <paramref name="existing"/> in which every empty field with a prefill path is filled. Read-only fields and columns follow
    /// the profile each time; what an applicant typed is never overwritten.
    /// </summary>
    public static Answers Fill(FormDefinition form, FormScope scope, Answers? existing = null)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(scope);
        var answers = existing?.Clone() ?? new Answers();
        var source = new JsonObject
        {
            ["enterprise"] = JsonSerializer.SerializeToNode(scope.Enterprise, DefinitionJson.Options),
            ["figures"] = JsonSerializer.SerializeToNode(scope.LastYears(), DefinitionJson.Options),
        };
        foreach (var field in form.Fields.Where(f => f.Prefill is not null))
        {
            if (!field.ReadOnly && !Fields.FieldType.IsEmpty(answers[field.Key]))
            {
                continue;
            }

            var value = Find(source, field.Prefill!);
            if (!field.IsTable)
            {
                answers[field.Key] = value?.DeepClone();
            }
            else if (value is JsonArray list)
            {
                answers[field.Key] = Rows(field, list);
            }
        }

        return answers;
    }

    /// <summary>Whether a path leads anywhere: <c>enterprise.x</c>, <c>figures[n].x</c>, or a list for a table.</summary>
    internal static bool Exists(string path, bool table)
    {
        var match = PathForm().Match(path);
        if (!match.Success)
        {
            return false;
        }

        var type = match.Groups["root"].Value is "enterprise" ? typeof(Enterprises.EnterpriseProfile) : typeof(Enterprises.YearFigures);
        if (!match.Groups["member"].Success)
        {
            return table && path == "figures";
        }

        var member = type.GetProperties().FirstOrDefault(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name) == match.Groups["member"].Value);
        return member is not null && (path[0] == 'e' || match.Groups["index"].Success) && (!table || member.PropertyType.IsGenericType);
    }

    private static JsonArray Rows(FieldDefinition table, JsonArray list)
    {
        var rows = new JsonArray();
        foreach (var item in list.OfType<JsonObject>().Take(table.MaxRows))
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

    private static JsonNode? Find(JsonObject source, string path)
    {
        var match = PathForm().Match(path);
        JsonNode? node = source[match.Groups["root"].Value];
        if (match.Groups["index"].Success)
        {
            var index = int.Parse(match.Groups["index"].Value, System.Globalization.CultureInfo.InvariantCulture);
            node = node is JsonArray list && index < list.Count ? list[index] : null;
        }

        return match.Groups["member"].Success ? (node as JsonObject)?[match.Groups["member"].Value] : node;
    }

    [GeneratedRegex(@"^(?<root>enterprise|figures)(\[(?<index>[0-2])\])?(\.(?<member>[a-z][A-Za-z0-9]*))?$", RegexOptions.CultureInvariant)]
    private static partial Regex PathForm();
}
