using System.Globalization;
using Applications.Domain.Common;
using Applications.Domain.Experts;
using Applications.Domain.Identifiers;
using MiniExcelLibs;

namespace Applications.Web.Features.Experts.Import;

/// <summary>A row of the table as an expert's data.</summary>
/// <param name="Number">As the spreadsheet counts: the heading is row 1.</param>
/// <param name="Faults">What could not be read: property and words.</param>
public sealed record ImportRow(int Number, ExpertInput Input, IReadOnlyList<(string Property, string Words)> Faults);

/// <summary>The table in which experts are handed in: its headings, and how a cell is read.</summary>
public static class ImportSheet
{
    private const int MostRows = 2000;

    /// <summary>Property and heading, in the order of the template.</summary>
    public static readonly IReadOnlyList<(string Property, string Heading, string Example)> Columns =
    [
        (nameof(ExpertInput.Name), "姓名", "张三"),
        (nameof(ExpertInput.BirthYear), "出生年份", "1975"),
        (nameof(ExpertInput.Ground), "入库条件", "职称"),
        (nameof(ExpertInput.Title), "职称", "教授"),
        (nameof(ExpertInput.Position), "职务", "院长"),
        (nameof(ExpertInput.Licence), "执业资格", ""),
        (nameof(ExpertInput.Category), "类别", "技术"),
        (nameof(ExpertInput.WorkingSince), "从业起始年", "2000"),
        (nameof(ExpertInput.ManagerSince), "管理起始年", ""),
        (nameof(ExpertInput.Employer), "工作单位", "某大学"),
        (nameof(ExpertInput.EmployerUscc), "单位代码", ""),
        (nameof(ExpertInput.EmployedSince), "到单位日期", "2005-07-01"),
        (nameof(ExpertInput.CityCode), "所在市", "济南市"),
        (nameof(ExpertInput.Fields), "专业领域", "C34、C35"),
        (nameof(ExpertInput.Chains), "产业链", "高端装备"),
        (nameof(ExpertInput.Specialities), "专长", "数控机床"),
        (nameof(ExpertInput.Achievements), "主要业绩", ""),
        (nameof(ExpertInput.Phone), "手机号码", "13800138000"),
        (nameof(ExpertInput.Identity), "公民身份号码", ""),
        (nameof(ExpertInput.Bank), "银行账号", ""),
    ];

    private static readonly Dictionary<string, EntryGround> Grounds = new(StringComparer.Ordinal)
    {
        ["职称"] = EntryGround.SeniorTitle,
        ["管理人员"] = EntryGround.IndustryManager,
        ["专业人员"] = EntryGround.Professional,
    };

    /// <summary>The heading of a property; a member of one (Fields[0]) stands under it.</summary>
    public static string HeadingOf(string property) => Columns.FirstOrDefault(c => c.Property == property.Split('[', '.')[0]).Heading ?? property;

    /// <summary>The rows of a spreadsheet.</summary>
    /// <exception cref="RuleBrokenException"><c>sheet-unreadable</c>, <c>sheet-headings</c>, <c>sheet-empty</c>, <c>sheet-too-long</c>.</exception>
    public static IReadOnlyList<ImportRow> Read(Stream content)
    {
        List<IDictionary<string, object?>> rows;
        try
        {
            rows = [.. content.Query(useHeaderRow: true).Cast<IDictionary<string, object?>>().Take(MostRows + 1)];
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new RuleBrokenException("sheet-unreadable", "文件不是有效的 Excel 工作簿（.xlsx），请用模板重新保存。", "Upload");
        }

        if (rows.Count == 0)
        {
            throw new RuleBrokenException("sheet-empty", "表格中没有数据。", "Upload");
        }

        if (rows.Count > MostRows)
        {
            throw new RuleBrokenException("sheet-too-long", $"一次最多导入 {MostRows} 行，请分批导入。", "Upload");
        }

        var missing = Columns.Select(c => c.Heading).Where(h => !rows[0].ContainsKey(h)).ToList();
        if (missing.Count > 0)
        {
            throw new RuleBrokenException("sheet-headings", $"缺少列：{string.Join("、", missing)}。请使用模板，不要改动表头。", "Upload");
        }

        return [.. rows.Select((row, i) => (Row: row, Number: i + 2)).Where(r => r.Row.Values.Any(v => !string.IsNullOrWhiteSpace(Text(v)))).Select(r => ReadRow(r.Row, r.Number))];
    }

    private static ImportRow ReadRow(IDictionary<string, object?> row, int number)
    {
        var faults = new List<(string, string)>();
        string? Cell(string property) => Text(row[HeadingOf(property)]);
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
        return new ImportRow(number, new ExpertInput
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

    private static string? Text(object? cell) => cell switch
    {
        null => null,
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        double number => number.ToString("0.##########", CultureInfo.InvariantCulture),
        _ when Convert.ToString(cell, CultureInfo.InvariantCulture)?.Trim() is { Length: > 0 } text => text.Replace("\0", string.Empty, StringComparison.Ordinal),
        _ => null,
    };
}
