using Applications.Domain.Forms;
using Applications.Web.Infrastructure.Workbooks;

namespace Applications.Web.Features.Cases.Import;

/// <summary>A table of the form as a sheet of its own.</summary>
public sealed record FormTableSheet(FieldDefinition Field, string Sheet, IReadOnlyList<SheetColumn> Columns);

/// <summary>One application as it stands in the sheets.</summary>
/// <param name="Rows">Where the rows of its tables stand, by table.</param>
/// <param name="Fields">The fields that the sheets say something about.</param>
public sealed record SheetApplication(
    TableRow Row, string Uscc, Answers Answers, IReadOnlyDictionary<string, IReadOnlyList<TableRow>> Rows, IReadOnlySet<string> Fields, IReadOnlyList<SheetFault> Faults);

/// <param name="Tables">All sheets that were read, the main one first.</param>
/// <param name="Faults">What stands against rows that belong to no application.</param>
public sealed record ReadApplications(IReadOnlyList<SheetTable> Tables, IReadOnlyList<SheetApplication> Applications, IReadOnlyList<SheetFault> Faults);

/// <summary>
/// The sheets in which the applications of one form are handed in and out: one row an enterprise for the single fields, one sheet a table, all tied by the
/// enterprise's code. What is written here is read back to the same answers.
/// </summary>
public sealed class ApplicationSheets
{
    public const string Main = "申报书";
    public const int MostApplications = 500;
    public const int MostTableRows = 20_000;

    public const string Uscc = "#uscc";
    public const string Name = "#name";

    private static readonly FieldDefinition UsccField = new() { Key = Uscc, Kind = FieldKind.Text, Label = "统一社会信用代码", Format = TextFormat.Uscc };
    private static readonly FieldDefinition NameField = new() { Key = Name, Kind = FieldKind.Text, Label = "企业名称（核对用）" };

    private readonly FormDefinition form;

    public ApplicationSheets(FormDefinition form)
    {
        ArgumentNullException.ThrowIfNull(form);
        this.form = form;
        Columns = Named([.. form.Sections.SelectMany(s => Taken(s).Select(f => (Field: f, Part: s.Title, Note: f.Required ? $"{s.Title}；提交前必填" : s.Title)))]);
        Tables = [.. form.Fields.Where(f => f.IsTable && !f.ReadOnly).Select((f, i) => new FormTableSheet(f, SheetOf(f, i), Named([.. f.Columns.Where(FieldCells.Fits).Select(c => (c, f.Label, c.Required ? "提交前必填" : ""))])))];
    }

    /// <summary>Code and name of the enterprise, then the single fields in the form's order.</summary>
    public IReadOnlyList<SheetColumn> Columns { get; }

    public IReadOnlyList<FormTableSheet> Tables { get; }

    /// <summary>What the explanation begins with.</summary>
    public IReadOnlyList<string> Words =>
    [
        $"{form.Title}导入模板填写说明",
        $"1. 在工作表“{Main}”中每行填写一家企业，一次最多 {MostApplications} 家；“统一社会信用代码”必须填写，企业应已在企业名录中。",
        "2. 表格类栏目各有一张工作表，一行一项，用统一社会信用代码写明属于哪家企业；没有的可以空着。",
        "3. 企业名称、地址等取自企业档案的栏目不在表中；自动计算的栏目不用填写；承诺签字和附件由企业登录后确认、上传。",
        "4. 空着的单元格不改动草稿中已有的内容；表格类栏目有一行即以表中的各行为准。",
        "5. 请填写数值，不要用公式，不要合并单元格，不要改动表头。导入后成为草稿，由企业核对、补充佐证材料后自行提交。",
    ];

    /// <summary>Applications as the sheets hold them.</summary>
    public IReadOnlyList<ImportTable> Write(IReadOnlyList<(string Uscc, string Name, Answers Answers)> applications)
    {
        ArgumentNullException.ThrowIfNull(applications);
        return
        [
            new ImportTable(Main, Columns, [.. applications.Select(a => Cells(Columns, a.Uscc, a.Name, c => a.Answers[c.Key]))]),
            .. Tables.Select(t => new ImportTable(t.Sheet, t.Columns, [.. applications.SelectMany(a => a.Answers.Rows(t.Field.Key).Select(row => Cells(t.Columns, a.Uscc, a.Name, c => row[c.Key])))])),
        ];
    }

    /// <exception cref="Domain.Common.RuleBrokenException">As <see cref="SheetTable.Find"/>.</exception>
    public ReadApplications Read(Workbook workbook)
    {
        ArgumentNullException.ThrowIfNull(workbook);
        var main = SheetTable.Find(workbook, Main, Columns, MostApplications);
        var tables = Tables.Select(t => (Table: t, Sheet: SheetTable.TryFind(workbook, t.Sheet, t.Columns, MostTableRows, anySheet: false))).Where(t => t.Sheet is not null).ToList();
        var rows = tables.ToDictionary(t => t.Table.Field.Key, t => t.Sheet!.Rows.ToLookup(Code));
        var codes = main.Rows.Select(Code).ToHashSet();
        var faults = tables.SelectMany(t => t.Sheet!.Rows.Where(r => !codes.Contains(Code(r)) || Code(r).Length == 0)
            .Select(r => r.Fault(Uscc, Code(r).Length == 0 ? "请填写统一社会信用代码。" : $"工作表“{main.Name}”中没有这家企业。"))).ToList();
        return new ReadApplications([main, .. tables.Select(t => t.Sheet!)], [.. main.Rows.Select(r => Read(r, rows))], faults);
    }

    private SheetApplication Read(TableRow row, Dictionary<string, ILookup<string, TableRow>> tables)
    {
        var code = Code(row);
        var answers = new Answers();
        var faults = row.Unreadable().ToList();
        var fields = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in Columns.Where(c => c.Key is not (Uscc or Name) && row.Has(c.Key)))
        {
            answers[column.Key] = FieldCells.Read(column.Field, row.Text(column.Key));
            fields.Add(column.Key);
        }

        var places = new Dictionary<string, IReadOnlyList<TableRow>>(StringComparer.Ordinal);
        foreach (var table in Tables.Where(t => tables.ContainsKey(t.Field.Key)))
        {
            var given = code.Length == 0 ? [] : tables[table.Field.Key][code].ToList();
            if (given.Count == 0)
            {
                continue;
            }

            faults.AddRange(given.SelectMany(r => r.Unreadable()));
            places[table.Field.Key] = given;
            fields.Add(table.Field.Key);
            answers[table.Field.Key] = new System.Text.Json.Nodes.JsonArray([.. given.Select((r, i) => RowOf(table, r, i))]);
        }

        if (code.Length == 0)
        {
            faults.Add(row.Fault(Uscc, "请填写统一社会信用代码。"));
        }

        return new SheetApplication(row, code, answers, places, fields, faults);
    }

    private static System.Text.Json.Nodes.JsonObject RowOf(FormTableSheet table, TableRow row, int index)
    {
        var read = new System.Text.Json.Nodes.JsonObject { [Answers.RowKey] = $"r{index}" };
        foreach (var column in table.Columns.Where(c => c.Key is not (Uscc or Name) && row.Has(c.Key)))
        {
            if (FieldCells.Read(column.Field, row.Text(column.Key)) is { } value)
            {
                read[column.Key] = value;
            }
        }

        return read;
    }

    private static string Code(TableRow row) => Domain.Identifiers.Uscc.Normalise(row.Text(Uscc));

    /// <summary>What is signed, with the name and the date beside it, only the applicant himself can give.</summary>
    private static IEnumerable<FieldDefinition> Taken(SectionDefinition section) =>
        section.Fields.Any(f => f.Kind is FieldKind.Declaration) ? [] : section.Fields.Where(f => FieldCells.Fits(f) && !f.ReadOnly);

    private static Dictionary<string, string> Cells(IReadOnlyList<SheetColumn> columns, string uscc, string name, Func<SheetColumn, System.Text.Json.Nodes.JsonNode?> value) =>
        columns.ToDictionary(c => c.Key, c => c.Key switch { Uscc => uscc, Name => name, _ => FieldCells.Write(c.Field, value(c)) });

    /// <summary>Two fields of one label are told apart by their section, else by their key.</summary>
    private static List<SheetColumn> Named(IReadOnlyList<(FieldDefinition Field, string Part, string Note)> fields)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { UsccField.Label, NameField.Label };
        List<SheetColumn> columns = [SheetColumn.Of(UsccField, required: true, note: "辨认企业。"), SheetColumn.Of(NameField, note: "只供核对，不导入。")];
        foreach (var (field, part, note) in fields)
        {
            var heading = new[] { SheetColumn.HeadingOf(field), $"{part}·{SheetColumn.HeadingOf(field)}", $"{SheetColumn.HeadingOf(field)}（{field.Key}）" }.First(taken.Add);
            columns.Add(new SheetColumn(field, heading, Note: field.Hint is null ? note : $"{note}{(note.Length > 0 ? "；" : "")}{field.Hint}"));
        }

        return columns;
    }

    private string SheetOf(FieldDefinition table, int index) => WorkbookWriter.NameOf(
        form.Fields.Count(f => f.IsTable && f.Label == table.Label) > 1 || table.Label == Main ? $"{index + 1}.{table.Label}" : table.Label);
}
