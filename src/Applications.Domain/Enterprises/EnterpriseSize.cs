namespace Applications.Domain.Enterprises;

public enum EnterpriseSize
{
    Micro,
    Small,
    Medium,
    Large,
}

/// <summary>
/// Size classes of 工信部联企业〔2011〕300号 for industry and for software and IT services (programmes.md 6.4). A class needs both of
/// its lines; whoever misses one falls to the class below.
/// </summary>
public static class EnterpriseSizes
{
    private const long MillionYuan = 100_000_000;

    /// <param name="staff">Employees.</param>
    /// <param name="revenue">营业收入 of the year, in 分.</param>
    /// <param name="isSoftware">Division 65 has lines of its own.</param>
    public static EnterpriseSize Classify(int staff, long revenue, bool isSoftware = false) => isSoftware
        ? Pick(staff, revenue, (300, 100 * MillionYuan), (100, 10 * MillionYuan), (10, MillionYuan / 2))
        : Pick(staff, revenue, (1000, 400 * MillionYuan), (300, 20 * MillionYuan), (20, 3 * MillionYuan));

    public static string Label(this EnterpriseSize size) => size switch
    {
        EnterpriseSize.Large => "大型",
        EnterpriseSize.Medium => "中型",
        EnterpriseSize.Small => "小型",
        _ => "微型",
    };

    private static EnterpriseSize Pick(
        int staff, long revenue, (int Staff, long Revenue) large, (int Staff, long Revenue) medium, (int Staff, long Revenue) small)
    {
        bool Reaches((int Staff, long Revenue) line) => staff >= line.Staff && revenue >= line.Revenue;
        return Reaches(large) ? EnterpriseSize.Large
            : Reaches(medium) ? EnterpriseSize.Medium
            : Reaches(small) ? EnterpriseSize.Small
            : EnterpriseSize.Micro;
    }
}
