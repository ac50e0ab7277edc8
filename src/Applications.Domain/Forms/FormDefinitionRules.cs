using System.Text.RegularExpressions;
using Applications.Domain.Common;
using Applications.Domain.Expressions;

namespace Applications.Domain.Forms;

/// <summary>What must hold of a form beyond its JSON shape.</summary>
internal static partial class FormDefinitionRules
{
    private static readonly HashSet<FieldKind> NotInTables = [FieldKind.Table, FieldKind.Files, FieldKind.Declaration];

    public static void Require(FormDefinition form, string file)
    {
        var known = FormVocabulary.Of(form);
        var sections = new HashSet<string>();
        var fields = new HashSet<string>();
        var computed = new List<FieldDefinition>();
        Refuse(form.Sections.Count == 0, file, "$.sections", "A form needs at least one section.");
        for (var s = 0; s < form.Sections.Count; s++)
        {
            var section = form.Sections[s];
            var path = $"$.sections[{s}]";
            Key(section.Key, sections, file, $"{path}.key");
            for (var f = 0; f < section.Fields.Count; f++)
            {
                var field = section.Fields[f];
                var at = $"{path}.fields[{f}]";
                Key(field.Key, fields, file, $"{at}.key");

                // A computed field sees those before it; visibility is decided in order too.
                known["computed"] = FormVocabulary.Computed(computed);
                Field(field, known, file, at);
                Names(field.RequiredWhen, known, file, $"{at}.requiredWhen");
                Names(field.VisibleWhen, known, file, $"{at}.visibleWhen");
                if (field.Kind is FieldKind.Computed)
                {
                    computed.Add(field);
                }
            }
        }

        Checks(form, FormVocabulary.Of(form), file);
    }

    /// <summary>Refuses an expression that names what does not exist.</summary>
    public static void Names(Script? script, IReadOnlyDictionary<string, Shape> known, string file, string path)
    {
        if (script is not null && ScriptNames.Unknown(script, known) is { Count: > 0 } unknown)
        {
            throw new DefinitionException(file, path, $"Unknown name {string.Join(", ", unknown)} in: {script.Source}");
        }
    }

    public static void Key(string key, HashSet<string> taken, string file, string path)
    {
        Refuse(!KeyForm().IsMatch(key), file, path, $"The key '{key}' must be camelCase: a letter, then letters and digits, at most 60.");
        Refuse(!taken.Add(key), file, path, $"The key '{key}' is used twice.");
    }

    public static void Refuse(bool broken, string file, string path, string reason)
    {
        if (broken)
        {
            throw new DefinitionException(file, path, reason);
        }
    }

    private static void Field(FieldDefinition field, Dictionary<string, Shape> known, string file, string at)
    {
        Refuse(field.Kind is FieldKind.Choice && field.Options.Count == 0, file, $"{at}.options", "A choice needs options.");
        Refuse(field.Options.Select(o => o.Value).Distinct().Count() != field.Options.Count, file, $"{at}.options", "Two options have the same value.");
        Refuse(field.Kind is FieldKind.Computed != field.Expression is not null, file, $"{at}.expression", "A computed field, and no other, has an expression.");
        Refuse(field.Kind is FieldKind.Computed && field.Required, file, $"{at}.required", "A computed field cannot be required.");
        Refuse(field.Kind is FieldKind.Declaration && string.IsNullOrWhiteSpace(field.Statement), file, $"{at}.statement", "A declaration needs its statement.");
        Refuse(field.Kind is FieldKind.Files && field.Accept.Count == 0, file, $"{at}.accept", "Say which files are accepted.");
        Refuse(field.Min > field.Max, file, $"{at}.min", "min is above max.");
        Refuse(field.MinLength > field.MaxLength, file, $"{at}.minLength", "minLength is above maxLength.");
        Refuse(field.Decimals is < 0 or > 6, file, $"{at}.decimals", "decimals lie between 0 and 6.");
        Refuse(field.IsTable != field.Columns.Count > 0, file, $"{at}.columns", "A table, and no other field, has columns.");
        Refuse(field.MinRows < 0 || field.MinRows > field.MaxRows || field.MaxRows > 2000, file, $"{at}.minRows", "minRows and maxRows do not fit (0 ≤ minRows ≤ maxRows ≤ 2000).");
        Refuse(field.Prefill is { } path && !FormPrefill.Exists(path, field.IsTable), file, $"{at}.prefill", $"The prefill path '{field.Prefill}' leads nowhere.");
        if (!field.IsTable)
        {
            Names(field.Expression, known, file, $"{at}.expression");
            return;
        }

        Columns(field, file, at);
    }

    private static void Columns(FieldDefinition table, string file, string at)
    {
        var keys = new HashSet<string>();
        for (var c = 0; c < table.Columns.Count; c++)
        {
            var column = table.Columns[c];
            var path = $"{at}.columns[{c}]";

            // A column sees its own row: the table is not yet read when rows are.
            var known = new Dictionary<string, Shape>
            {
                ["row"] = Shape.Object(table.Columns.Take(c).Select(k => KeyValuePair.Create(k.Key, Shape.Any))),
                ["year"] = Shape.Any,
                ["today"] = Shape.Any,
            };
            Key(column.Key, keys, file, $"{path}.key");
            Refuse(NotInTables.Contains(column.Kind), file, $"{path}.kind", "This kind cannot stand in a table.");
            Refuse(column.Prefill is not null, file, $"{path}.prefill", "A column is prefilled by its table.");
            Refuse(column.Kind is FieldKind.Choice && column.Multiple, file, $"{path}.multiple", "A choice in a table is of one option.");
            Field(column, known, file, path);
            Names(column.RequiredWhen, known, file, $"{path}.requiredWhen");
            Names(column.VisibleWhen, known, file, $"{path}.visibleWhen");
        }
    }

    private static void Checks(FormDefinition form, Dictionary<string, Shape> known, string file)
    {
        for (var i = 0; i < form.Checks.Count; i++)
        {
            var check = form.Checks[i];
            var at = $"$.checks[{i}]";
            Refuse(form.FindField(check.Field) is null, file, $"{at}.field", $"There is no field '{check.Field}'.");
            if (check.ForEach is null)
            {
                Refuse(check.Column is not null, file, $"{at}.column", "A column needs forEach.");
                Names(check.Expression, known, file, $"{at}.expression");
                continue;
            }

            var table = form.FindField(check.ForEach);
            Refuse(table is not { IsTable: true } || check.Field != check.ForEach, file, $"{at}.forEach", $"'{check.ForEach}' must be a table and the same as field.");
            Refuse(check.Column is not null && table!.FindColumn(check.Column) is null, file, $"{at}.column", $"The table has no column '{check.Column}'.");
            Names(check.Expression, new Dictionary<string, Shape>(known) { ["row"] = FormVocabulary.Row(table!), ["index"] = Shape.Any }, file, $"{at}.expression");
        }
    }

    [GeneratedRegex("^[a-z][A-Za-z0-9]{0,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyForm();
}
