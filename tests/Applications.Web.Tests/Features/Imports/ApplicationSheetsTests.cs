using System.Globalization;
using System.Text.Json.Nodes;
using Applications.Domain.Enterprises;
using Applications.Domain.Forms;
using Applications.Domain.Identifiers;
using Applications.Web.Features.Cases.Import;
using Applications.Web.Infrastructure.Workbooks;
using CsCheck;

namespace Applications.Web.Tests.Features.Imports;

/// <summary>What the sheets of any form hold is read back from them to the same answers.</summary>
public sealed class ApplicationSheetsTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "workflows");

    private static readonly FormScope Scope = new() { Year = 2026, Today = new DateOnly(2026, 3, 15), Enterprise = new EnterpriseProfile { Uscc = Uscc.Synthetic("370100", 1).Value, Name = "甲" } };

    /// <summary>Letters that a spreadsheet, XML or a separator could trip over.</summary>
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.OneOfConst("高端装备", "=SUM(A1:A9)", "_x0041_ 与 _x", "甲；乙、丙;丁", "<b>&amp;\"'", "第一行\n\n第三行", "00123", "1.10", "2024-05-31", "是", "𠮷野家", "@甲", "-3", "5%", " "),
        Gen.Char[" 　一丁七万丈三上下不与丐丑专且世ABCxyz0123456789，。；、“”<>&'\"=+-_\n\t"].Array[1, 60].Select(c => new string(c)));

    public static TheoryData<string> Forms() => [.. Directory.GetFiles(Folder, "form.json", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Write_ThenRead_GivesTheSameAnswers(string path)
    {
        var form = FormDefinition.Parse(File.ReadAllText(Path.Combine(Folder, path)), path);
        var sheets = new ApplicationSheets(form);
        var filled = 0;

        Accepted(form, sheets).Array[1, 4].Sample(
            applications =>
            {
                var codes = applications.Select((_, i) => Uscc.Synthetic("370100", i + 1).Value).ToList();
                using var file = ImportWorkbooks.TemplateAsync(sheets.Write([.. applications.Select((a, i) => (codes[i], "甲", a))]), sheets.Words, default).GetAwaiter().GetResult();

                var read = sheets.Read(WorkbookReader.Read(file));

                Assert.Empty(read.Faults.Concat(read.Applications.SelectMany(a => a.Faults)));
                Assert.Equal(codes, read.Applications.Select(a => a.Uscc));
                Assert.Equal(applications.Select(Plain), read.Applications.Select(a => Plain(a.Answers)));
                Interlocked.Add(ref filled, applications.Sum(a => a.Json.Count));
            },
            iter: 20, threads: 1);
        Assert.True(filled > 20 * sheets.Columns.Count / 2, $"only {filled} answers were tried");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Template_OfAForm_HasEveryFieldOnceUnderAHeadingOfItsOwn(string path)
    {
        var sheets = new ApplicationSheets(FormDefinition.Parse(File.ReadAllText(Path.Combine(Folder, path)), path));

        Assert.All(sheets.Tables.Select(t => t.Columns).Prepend(sheets.Columns), columns => Assert.Equal(columns.Count, columns.Select(c => c.Heading).Distinct().Count()));
        Assert.Equal(sheets.Tables.Count, sheets.Tables.Select(t => t.Sheet).Append(ApplicationSheets.Main).Distinct().Count() - 1);
        Assert.DoesNotContain(sheets.Columns, c => c.Field.Kind is FieldKind.Declaration or FieldKind.Files or FieldKind.Computed);
    }

    /// <summary>Random answers of which the form's own check says nothing bad.</summary>
    private static Gen<Answers> Accepted(FormDefinition form, ApplicationSheets sheets)
    {
        var single = sheets.Columns.Where(c => form.FindField(c.Key) is not null).Select(c => Value(c.Field).Select(v => (c.Key, Value: v)));
        var tables = sheets.Tables.Select(t => Row(t).Array[0, 4].Select(rows => (t.Field.Key, Value: (JsonNode?)new JsonArray([.. rows.Where(r => r.Count > 0)]))));
        return single.Concat(tables).Aggregate(Gen.Const(new List<(string, JsonNode?)>()), (all, one) => Gen.Select(all, one, (list, value) => new List<(string, JsonNode?)>(list) { value })).Select(values =>
        {
            var answers = new Answers();
            foreach (var (key, value) in values.Where(v => v.Item2 is not null and not JsonArray { Count: 0 }))
            {
                answers[key] = value!.DeepClone();
            }

            foreach (var mistake in AnswerChecker.Check(form, answers, null, Scope).Mistakes.Select(m => m.FieldKey).ToHashSet())
            {
                answers.Json.Remove(mistake);
            }

            return answers;
        });
    }

    private static Gen<JsonObject> Row(FormTableSheet table) => table.Columns.Where(c => table.Field.FindColumn(c.Key) is not null)
        .Aggregate(Gen.Const(new JsonObject()), (all, column) => Gen.Select(all, Value(column.Field), (row, value) =>
        {
            var next = (JsonObject)row.DeepClone();
            if (value is not null)
            {
                next[column.Key] = value.DeepClone();
            }

            return next;
        }));

    /// <summary>What a person could have typed on the page.</summary>
    private static Gen<JsonNode?> Value(FieldDefinition field) => (field.Kind switch
    {
        FieldKind.Text or FieldKind.LongText => field.Format switch
        {
            TextFormat.Uscc => Gen.Int[1, 900].Select(i => Uscc.Synthetic("370200", i).Value),
            TextFormat.Phone => Gen.OneOfConst("13800138000", "0531-80000000"),
            TextFormat.Email => Gen.Const("a@example.com"),
            _ => Text.Select(t => t.Length > (field.MaxLength ?? 60) ? t[..field.MaxLength!.Value] : t),
        },
        FieldKind.Integer => Gen.Int[(int)(field.Min ?? 0), (int)Math.Min(field.Max ?? 100_000, 1_000_000)].Select(i => i.ToString(CultureInfo.InvariantCulture)),
        FieldKind.Decimal or FieldKind.Money => Gen.Long[(long)(field.Min ?? 0) * 1_000_000, (long)Math.Min(field.Max ?? 900_000_000, 900_000_000) * 1_000_000]
            .Select(n => Math.Round(n / 1_000_000m, field.Decimals ?? (field.Kind is FieldKind.Money ? 6 : 2)).ToString(CultureInfo.InvariantCulture)),
        FieldKind.Date => Gen.Int[0, 20_000].Select(d => new DateOnly(1990, 1, 1).AddDays(d).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        FieldKind.YesNo => Gen.OneOfConst("是", "否"),
        FieldKind.Code => Gen.OneOfConst("C3821", "C3421", "370102"),
        _ => Gen.Int[0, 1_000_000].Select(i => i.ToString(CultureInfo.InvariantCulture)),
    }).Select(typed => field.Kind is FieldKind.Choice ? Chosen(field, int.Parse(typed, CultureInfo.InvariantCulture)) : Typed(field, typed));

    private static JsonNode? Chosen(FieldDefinition field, int random) => field.Multiple
        ? new JsonArray([.. field.Options.Where((_, i) => (random >> i & 1) == 1).Select(o => (JsonNode)o.Value)]) is { Count: > 0 } some ? some : null
        : JsonValue.Create(field.Options[random % field.Options.Count].Value);

    private static JsonNode? Typed(FieldDefinition field, string typed)
    {
        var form = new FormDefinition { Id = "f", Version = 1, Title = "f", Sections = [new SectionDefinition { Key = "s", Title = "s", Fields = [field with { ReadOnly = false }] }] };
        return FormBinder.Bind(form, new[] { (field.Key, typed) }.ToLookup(p => p.Key, p => p.typed))[field.Key]?.DeepClone();
    }

    /// <summary>In one order and without the keys of rows, which name no content. 1.10 and 1.1 are one number.</summary>
    private static string Plain(Answers answers) => string.Join('\n', answers.Json.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={Plain(a.Value)}"));

    private static string Plain(JsonNode? node) => node switch
    {
        JsonObject row => string.Join('|', row.Where(c => c.Key != Answers.RowKey).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}:{Plain(c.Value)}")),
        JsonArray rows => string.Join(" / ", rows.Select(Plain)),
        JsonValue value when value.TryGetValue<decimal>(out var number) => number.ToString("0.############", CultureInfo.InvariantCulture),
        _ => node?.ToJsonString() ?? string.Empty,
    };
}
