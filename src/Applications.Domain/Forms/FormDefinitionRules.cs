using System.Text.RegularExpressions;
using Applications.Domain.Common;
using Applications.Domain.Expressions;
using Applications.Domain.Forms.Lists;

namespace Applications.Domain.Forms;

/// <summary>What must hold of a form beyond its JSON shape.</summary>
internal static partial class FormDefinitionRules
{
    private static readonly HashSet<FieldKind> NotInTables = [FieldKind.Table, FieldKind.Files, FieldKind.Declaration];

    public static void Require(FormDefinition form, ProblemList problems)
    {
        var known = FormVocabulary.Of(form);
        var sections = new HashSet<string>();
        var fields = new HashSet<string>();
        var computed = new List<FieldDefinition>();
        problems.Refuse(form.Sections.Count == 0, "$.sections", "A form needs at least one section.");
        for (var s = 0; s < form.Sections.Count; s++)
        {
            var section = form.Sections[s];
            var path = $"$.sections[{s}]";
            Key(section.Key, sections, problems, $"{path}.key");
            for (var f = 0; f < section.Fields.Count; f++)
            {
                var field = section.Fields[f];
                var at = $"{path}.fields[{f}]";
                Key(field.Key, fields, problems, $"{at}.key");

                // A computed field sees those before it; visibility is decided in order too.
                known["computed"] = FormVocabulary.Computed(computed);
                Field(field, known, problems, at);
                Names(field.RequiredWhen, known, problems, $"{at}.requiredWhen");
                Names(field.VisibleWhen, known, problems, $"{at}.visibleWhen");
                if (field.Kind is FieldKind.Computed)
                {
                    computed.Add(field);
                }
            }
        }

        Checks(form, FormVocabulary.Of(form), problems);
    }

    /// <summary>Refuses an expression that names what does not exist.</summary>
    public static void Names(Script? script, IReadOnlyDictionary<string, Shape> known, ProblemList problems, string path)
    {
        if (script is not null && ScriptNames.Unknown(script, known) is { Count: > 0 } unknown)
        {
            problems.Refuse(true, path, $"Unknown name {string.Join(", ", unknown)} in: {script.Source}");
        }
    }

    public static void Key(string key, HashSet<string> taken, ProblemList problems, string path)
    {
        problems.Refuse(!KeyForm().IsMatch(key), path, $"The key '{key}' must be camelCase: a letter, then letters and digits, at most 60.");
        problems.Refuse(!taken.Add(key), path, $"The key '{key}' is used twice.");
    }

    private static void Field(FieldDefinition field, Dictionary<string, Shape> known, ProblemList problems, string at)
    {
        problems.Refuse(field.Kind is FieldKind.Choice && field.Options.Count == 0, $"{at}.options", "A choice needs options.");
        problems.Refuse(field.Kind is FieldKind.Code != field.List is not null, $"{at}.list", "A code, and no other field, names its list.");
        problems.Refuse(field.List is not null && CodeLists.Find(field.List) is null, $"{at}.list", $"There is no code list '{field.List}'; there are {string.Join(", ", CodeLists.All.Select(l => l.Id))}.");
        problems.Refuse(field.Under.Any(u => CodeLists.Find(field.List)?.Find(u) is null), $"{at}.under", "The list has no such code.");
        problems.Refuse(field.Options.Select(o => o.Value).Distinct().Count() != field.Options.Count, $"{at}.options", "Two options have the same value.");
        problems.Refuse(field.Kind is FieldKind.Computed != field.Expression is not null, $"{at}.expression", "A computed field, and no other, has an expression.");
        problems.Refuse(field.Kind is FieldKind.Computed && field.Required, $"{at}.required", "A computed field cannot be required.");
        problems.Refuse(field.Kind is FieldKind.Declaration && string.IsNullOrWhiteSpace(field.Statement), $"{at}.statement", "A declaration needs its statement.");
        problems.Refuse(field.Kind is FieldKind.Files && field.Accept.Count == 0, $"{at}.accept", "Say which files are accepted.");
        problems.Refuse(field.Min > field.Max, $"{at}.min", "min is above max.");
        problems.Refuse(field.MinLength > field.MaxLength, $"{at}.minLength", "minLength is above maxLength.");
        problems.Refuse(field.Decimals is < 0 or > 6, $"{at}.decimals", "decimals lie between 0 and 6.");
        problems.Refuse(field.IsTable != field.Columns.Count > 0, $"{at}.columns", "A table, and no other field, has columns.");
        problems.Refuse(field.MinRows < 0 || field.MinRows > field.MaxRows || field.MaxRows > 2000, $"{at}.minRows", "minRows and maxRows do not fit (0 ≤ minRows ≤ maxRows ≤ 2000).");
        problems.Refuse(field.Prefill is { } path && !FormPrefill.Exists(path, field.IsTable), $"{at}.prefill", $"The prefill path '{field.Prefill}' leads nowhere.");
        problems.Refuse(field.Prefill is not null && field.PrefillBy is not null, $"{at}.prefillBy", "A field is prefilled by a path or by an expression, not by both.");
        Names(field.PrefillBy, FormVocabulary.Record, problems, $"{at}.prefillBy");
        if (!field.IsTable)
        {
            Names(field.Expression, known, problems, $"{at}.expression");
            return;
        }

        Columns(field, problems, at);
    }

    private static void Columns(FieldDefinition table, ProblemList problems, string at)
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
                ["asOf"] = Shape.Any,
            };
            Key(column.Key, keys, problems, $"{path}.key");
            problems.Refuse(NotInTables.Contains(column.Kind), $"{path}.kind", "This kind cannot stand in a table.");
            problems.Refuse(column.RecordPath is not null, $"{path}.prefill", "A column is prefilled by its table.");
            problems.Refuse(column.Kind is FieldKind.Choice && column.Multiple, $"{path}.multiple", "A choice in a table is of one option.");
            Field(column, known, problems, path);
            Names(column.RequiredWhen, known, problems, $"{path}.requiredWhen");
            Names(column.VisibleWhen, known, problems, $"{path}.visibleWhen");
        }
    }

    private static void Checks(FormDefinition form, Dictionary<string, Shape> known, ProblemList problems)
    {
        for (var i = 0; i < form.Checks.Count; i++)
        {
            var check = form.Checks[i];
            var at = $"$.checks[{i}]";
            problems.Refuse(form.FindField(check.Field) is null, $"{at}.field", $"There is no field '{check.Field}'.");
            if (check.ForEach is null)
            {
                problems.Refuse(check.Column is not null, $"{at}.column", "A column needs forEach.");
                Names(check.Expression, known, problems, $"{at}.expression");
                continue;
            }

            var table = form.FindField(check.ForEach);
            problems.Refuse(table is not { IsTable: true } || check.Field != check.ForEach, $"{at}.forEach", $"'{check.ForEach}' must be a table and the same as field.");
            if (table is null)
            {
                continue;
            }

            problems.Refuse(check.Column is not null && table.FindColumn(check.Column) is null, $"{at}.column", $"The table has no column '{check.Column}'.");
            Names(check.Expression, new Dictionary<string, Shape>(known) { ["row"] = FormVocabulary.Row(table), ["index"] = Shape.Any }, problems, $"{at}.expression");
        }
    }

    [GeneratedRegex("^[a-z][A-Za-z0-9]{0,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyForm();
}
