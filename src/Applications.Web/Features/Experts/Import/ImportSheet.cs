using System.Globalization;
using Applications.Domain.Experts;
using Applications.Domain.Forms;
using Applications.Domain.Identifiers;
using Applications.Web.Infrastructure.Workbooks;

namespace Applications.Web.Features.Experts.Import;

/// <summary>A row of the table as an expert's data.</summary>
/// <param name="Faults">What could not be read: property and words.</param>
public sealed record ImportRow(TableRow Row, ExpertInput Input, IReadOnlyList<(string Property, string Words)> Faults)
{
    /// <summary>At the cell of a property; a member of one (Fields[0]) stands in it.</summary>
    public SheetFault Fault(string property, string words) => Row.Fault(property.Split('[', '.')[0], words);
}

/// <summary>The table in which experts are handed in: its headings, and how a cell is read.</summary>
public static class ImportSheet
{
    public const int MostRows = 2000;

    public const string Name = "专家";

    /// <summary>The key of a column is the name of its property.</summary>
    public static readonly IReadOnlyList<SheetColumn> Columns =
    [
        Column(nameof(ExpertInput.Name), "姓名", "张三", required: true),
        Column(nameof(ExpertInput.BirthYear), "出生年份", "1975"),
        Column(nameof(ExpertInput.Ground), "入库条件", "职称", required: true),
        Column(nameof(ExpertInput.Title), "职称", "教授"),
        Column(nameof(ExpertInput.Position), "职务", "院长"),
        Column(nameof(ExpertInput.Licence), "执业资格", ""),
        Column(nameof(ExpertInput.Category), "类别", "技术", required: true),
        Column(nameof(ExpertInput.WorkingSince), "从业起始年", "2000"),
        Column(nameof(ExpertInput.ManagerSince), "管理起始年", ""),
        Column(nameof(ExpertInput.Employer), "工作单位", "某大学", required: true),
        Column(nameof(ExpertInput.EmployerUscc), "单位代码", ""),
        Column(nameof(ExpertInput.EmployedSince), "到单位日期", "2005-07-01"),
        Column(nameof(ExpertInput.CityCode), "所在市", "济南市", required: true),
        Column(nameof(ExpertInput.Fields), "专业领域", "C34、C35"),
        Column(nameof(ExpertInput.Chains), "产业链", "高端装备"),
        Column(nameof(ExpertInput.Specialities), "专长", "数控机床"),
        Column(nameof(ExpertInput.Achievements), "主要业绩", ""),
        Column(nameof(ExpertInput.Phone), "手机号码", "13800138000"),
        Column(nameof(ExpertInput.Identity), "公民身份号码", ""),
        Column(nameof(ExpertInput.Bank), "银行账号", ""),
    ];

    private static readonly Dictionary<string, EntryGround> Grounds = new(StringComparer.Ordinal)
    {
        ["职称"] = EntryGround.SeniorTitle,
        ["管理人员"] = EntryGround.IndustryManager,
        ["专业人员"] = EntryGround.Professional,
    };

    /// <summary>What the explanation begins with.</summary>
    public static IReadOnlyList<string> Words { get; } =
    [
        "专家导入模板填写说明",
        $"1. 在工作表“{Name}”中每行填写一人，一次最多 {MostRows} 人；不要改动表头，不要合并单元格，不要用公式。第 2 行是示例，系统会略过。",
        $"2. “入库条件”填写：{string.Join("、", Grounds.Keys)}；“专业领域”填写行业大类代码，用顿号分开，例如 C34、C35；“所在市”填写全称或“省外”。",
        "3. 利害关系由专家本人登录后申报。",
    ];

    public static IReadOnlyList<ImportRow> Read(SheetTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return [.. table.Rows.Select(ReadRow)];
    }

    private static ImportRow ReadRow(TableRow row)
    {
        var faults = new List<(string, string)>();
        string? Cell(string property) => row.Has(property) ? row.Text(property) : null;
        int? Year(string property)
        {
            if (Cell(property) is not { } text)
            {
                return null;
            }

            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year))
            {
                return year;
            }

            faults.Add((property, $"“{text}”不是年份，请填写四位数字。"));
            return null;
        }

        EntryGround? ground = null;
        if (Cell(nameof(ExpertInput.Ground)) is { } word)
        {
            if (Grounds.TryGetValue(word, out var known))
            {
                ground = known;
            }
            else
            {
                faults.Add((nameof(ExpertInput.Ground), $"“{word}”应为 {string.Join("、", Grounds.Keys)} 之一。"));
            }
        }

        DateOnly? since = null;
        if (Cell(nameof(ExpertInput.EmployedSince)) is { } day)
        {
            if (DateTime.TryParse(day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed))
            {
                since = DateOnly.FromDateTime(parsed);
            }
            else
            {
                faults.Add((nameof(ExpertInput.EmployedSince), $"“{day}”不是日期，例如 2005-07-01。"));
            }
        }

        var city = Cell(nameof(ExpertInput.CityCode));
        return new ImportRow(row, new ExpertInput
        {
            Name = Cell(nameof(ExpertInput.Name)),
            BirthYear = Year(nameof(ExpertInput.BirthYear)),
            Ground = ground,
            Title = Cell(nameof(ExpertInput.Title)),
            Position = Cell(nameof(ExpertInput.Position)),
            Licence = Cell(nameof(ExpertInput.Licence)),
            Category = Cell(nameof(ExpertInput.Category)),
            WorkingSince = Year(nameof(ExpertInput.WorkingSince)),
            ManagerSince = Year(nameof(ExpertInput.ManagerSince)),
            Employer = Cell(nameof(ExpertInput.Employer)),
            EmployerUscc = Cell(nameof(ExpertInput.EmployerUscc)),
            EmployedSince = since,
            CityCode = city == "省外" ? ExpertWords.Outside : DivisionCodes.Cities.FirstOrDefault(c => c.Name == city || c.Code == city)?.Code,
            Fields = [.. ExpertInput.Split(Cell(nameof(ExpertInput.Fields))).Select(f => f.ToUpperInvariant())],
            Chains = Cell(nameof(ExpertInput.Chains)),
            Specialities = Cell(nameof(ExpertInput.Specialities)),
            Achievements = Cell(nameof(ExpertInput.Achievements)),
            Phone = Cell(nameof(ExpertInput.Phone)),
            Identity = Cell(nameof(ExpertInput.Identity)),
            Bank = Cell(nameof(ExpertInput.Bank)),
        }, faults);
    }

    private static SheetColumn Column(string property, string heading, string example, bool required = false) =>
        SheetColumn.Of(new FieldDefinition { Key = property, Kind = FieldKind.Text, Label = heading, MaxLength = 1000 }, required, example);
}
