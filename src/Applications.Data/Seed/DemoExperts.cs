using Applications.Domain.Enterprises;
using Applications.Domain.Identifiers;
using Applications.Domain.Reviews;

namespace Applications.Data.Seed;

/// <summary>Sixty made-up experts; the first few of every ten work for an applicant, so that conflicts of interest occur.</summary>
internal static class DemoExperts
{
    private static readonly string[] Families = ["赵", "钱", "孙", "李", "周", "吴", "郑", "冯", "陈", "褚", "卫", "蒋"];

    private static readonly string[] Fields = ["C34,C35", "C39,C40", "C26,C27", "C17,C14", "C37,C36"];

    public static List<Expert> Make(IReadOnlyList<Enterprise> enterprises) =>
    [
        .. Enumerable.Range(0, 60).Select(i => new Expert
        {
            Id = Guid.CreateVersion7(),
            Name = $"{Families[i % Families.Length]}专家{i + 1:00}",
            Employer = i % 10 == 0 ? enterprises[i / 10].Name : $"演示{(i % 2 == 0 ? "大学" : "研究院")}{(i / 2) + 1:00}",
            EmployerUscc = i % 10 == 0 ? enterprises[i / 10].Uscc : null,
            Title = i % 3 == 0 ? "教授" : i % 3 == 1 ? "高级工程师" : "研究员",
            Category = i % 6 == 5 ? "财务" : "技术",
            Fields = Fields[i % Fields.Length],
            CityCode = i % 4 == 3 ? "000000" : DivisionCodes.Cities[i % DivisionCodes.Cities.Count].Code,
        }),
    ];
}
