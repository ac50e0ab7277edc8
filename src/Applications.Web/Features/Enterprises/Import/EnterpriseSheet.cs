using Applications.Domain.Enterprises.Record;
using Applications.Domain.Forms;
using Applications.Domain.Identifiers;
using Applications.Web.Infrastructure.Workbooks;

namespace Applications.Web.Features.Enterprises.Import;

/// <summary>The table in which enterprises are handed in: the first section of the record, and the bureaus they belong to.</summary>
public static class EnterpriseSheet
{
    public const string Name = "企业";
    public const int MostRows = 5000;

    public const string Uscc = "uscc";
    public const string EnterpriseName = "name";
    public const string City = "city";
    public const string County = "county";
    public const string RegisteredOn = "registeredOn";

    private static readonly Dictionary<string, string> Examples = new(StringComparer.Ordinal)
    {
        [Uscc] = Domain.Identifiers.Uscc.Synthetic("370100", 900).Value,
        [EnterpriseName] = "示例装备制造有限公司",
        ["legalRepresentative"] = "张三",
        [RegisteredOn] = "2012-05-18",
        ["registeredCapital"] = "5000",
        ["ownership"] = "民营",
        ["industry"] = "C3421",
        ["mainProducts"] = "数控机床、自动化生产线",
        ["address"] = "济南市历下区示例路 1 号",
        ["contactName"] = "李四",
        ["contactPhone"] = "0531-80000000",
        ["contactEmail"] = "sample@example.com",
    };

    /// <summary>In the order of the template; the bureaus stand behind the name.</summary>
    public static IReadOnlyList<SheetColumn> Columns { get; } =
    [
        .. Identity().Take(2).Select(f => SheetColumn.Of(f, required: true, Examples[f.Key], f.Key == Uscc ? "系统据此辨认企业；已在册的企业不会重复建立。" : "与营业执照一致。")),
        SheetColumn.Of(Place(City, "所在市"), required: true, "济南市", "推荐该企业的市。", [.. DivisionCodes.Cities.Select(c => c.Name)]),
        SheetColumn.Of(Place(County, "所在县（市、区）"), example: "历下区", note: "由县级工信部门初核的填写县级部门的名称或代码；由市直接受理的不填。"),
        .. Identity().Skip(2).Select(f => SheetColumn.Of(f, example: Examples[f.Key])),
    ];

    /// <summary>What the explanation begins with.</summary>
    public static IReadOnlyList<string> Words { get; } =
    [
        "企业导入模板填写说明",
        $"1. 在工作表“{Name}”中每行填写一家企业，一次最多 {MostRows} 行；红色表头的列必须填写，其余可以不填。",
        "2. 不要改动表头；列的先后可以调换，不需要的选填列可以删去。第 2 行是示例，删去或留着都可以，系统会略过。",
        "3. 请填写数值，不要用公式，不要合并单元格。统一社会信用代码、电话等列已设为文本格式。",
        "4. 已在册的企业：表中空着的单元格不改动原有内容，填写了而与原有内容不同的，由您决定更新还是跳过。所属市、县不能用导入变更。",
        "5. 导入的企业还没有登录账号；需要登录的，请系统管理员在“账号管理”中开通。",
    ];

    /// <summary>What the row says, by key of the record's fields; only what is there, and what is wrong with it.</summary>
    public static (Answers Answers, IReadOnlyList<SheetFault> Faults) Read(TableRow row, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(row);
        var answers = new Answers();
        var faults = row.Unreadable().ToList();
        var unreadable = faults.Select(f => f.Heading).ToHashSet(StringComparer.Ordinal);
        foreach (var column in Columns.Where(c => c.Key is not (City or County) && row.Has(c.Key) && !unreadable.Contains(c.Heading)))
        {
            var value = FieldCells.Read(column.Field, row.Text(column.Key));
            var problem = value is null ? null : FieldCells.Problem(column.Field, value);
            if (problem is null && column.Key == RegisteredOn && DateOnly.TryParse(FormDisplay.Raw(column.Field, value), System.Globalization.CultureInfo.InvariantCulture, out var day) && day > today)
            {
                problem = "注册日期不能晚于今天。";
            }

            // A check character may be wrong and the code lawful; whether it is known here decides.
            if (problem is not null && !(column.Key == Uscc && Domain.Identifiers.Uscc.Check(row.Text(Uscc)).MayBeOverridden))
            {
                faults.Add(row.Fault(column.Key, problem));
            }

            answers[column.Key] = value;
        }

        foreach (var column in Columns.Where(c => c.Required && !row.Has(c.Key)))
        {
            faults.Add(row.Fault(column.Key, $"请填写{column.Field.Label}。"));
        }

        return (answers, faults);
    }

    private static IEnumerable<FieldDefinition> Identity() => RecordForm.Definition.FindSection(RecordForm.Identity)!.Fields.Select(f => f with { ReadOnly = false });

    private static FieldDefinition Place(string key, string label) => new() { Key = key, Kind = FieldKind.Text, Label = label, MaxLength = 50 };
}
