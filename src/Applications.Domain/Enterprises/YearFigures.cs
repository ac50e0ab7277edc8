namespace Applications.Domain.Enterprises;

/// <summary>
/// One year of an enterprise's figures as its audit report gives them (programmes.md 7). Money is in 分. Ratios are never
/// stored: they are computed where they are shown. Expressions see a list <c>figures</c>, last full year first.
/// </summary>
public sealed record YearFigures
{
    public required int Year { get; init; }

    /// <summary>Employees at the end of the year.</summary>
    public int? Staff { get; init; }

    /// <summary>Full-time research staff.</summary>
    public int? RdStaff { get; init; }

    /// <summary>Research staff with a senior title or a doctorate.</summary>
    public int? RdStaffSenior { get; init; }

    public long? Assets { get; init; }

    public long? Liabilities { get; init; }

    public long? Revenue { get; init; }

    public long? MainRevenue { get; init; }

    public long? NewProductSales { get; init; }

    public long? NewProductProfit { get; init; }

    public long? Profit { get; init; }

    public long? Tax { get; init; }

    public long? RdSpend { get; init; }

    /// <summary>Original value of research equipment at the end of the year.</summary>
    public long? RdEquipment { get; init; }
}
