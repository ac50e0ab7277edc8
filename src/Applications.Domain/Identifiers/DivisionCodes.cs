namespace Applications.Domain.Identifiers;

public enum DivisionLevel
{
    Province,
    City,
    County,
}

/// <summary>An administrative division (行政区划).</summary>
/// <param name="Code">Six digits, GB/T 2260.</param>
/// <param name="Name">Full Chinese name, for example 济南市.</param>
/// <param name="ShortName">As lists and charts show it, for example 济南.</param>
/// <param name="Level">Province, city or county.</param>
/// <param name="ReplacedBy">For a retired code the one that took its place; null while in force.</param>
public sealed record Division(string Code, string Name, string ShortName, DivisionLevel Level, string? ReplacedBy = null)
{
    public bool IsRetired => ReplacedBy is not null;
}

/// <summary>
/// Divisions of Shandong by GB/T 2260: the province, its 16 cities, and those counties whose bureaus take part. Retired codes
/// are kept because old credit codes carry them.
/// </summary>
public static class DivisionCodes
{
    public const string Shandong = "370000";

    /// <summary>A city under separate national planning (计划单列市): it has national quotas of its own.</summary>
    public const string Qingdao = "370200";

    // First two digits of GB/T 2260; 10 is used in credit codes registered with the central authority (100000).
    private static readonly HashSet<string> Provinces =
    [
        "10", "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44",
        "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "66", "71", "81", "82",
    ];

    public static Division Province { get; } = new(Shandong, "山东省", "山东", DivisionLevel.Province);

    /// <summary>The 16 cities in force, in the order of their codes.</summary>
    public static IReadOnlyList<Division> Cities { get; } =
    [
        City("370100", "济南"), City("370200", "青岛"), City("370300", "淄博"), City("370400", "枣庄"),
        City("370500", "东营"), City("370600", "烟台"), City("370700", "潍坊"), City("370800", "济宁"),
        City("370900", "泰安"), City("371000", "威海"), City("371100", "日照"), City("371300", "临沂"),
        City("371400", "德州"), City("371500", "聊城"), City("371600", "滨州"), City("371700", "菏泽"),
    ];

    public static IReadOnlyList<Division> Counties { get; } =
    [
        County("370102", "历下"), County("370114", "章丘"), County("370202", "市南"), County("370211", "黄岛"),
        County("370602", "芝罘"), County("370614", "蓬莱"),
    ];

    /// <summary>Laiwu was merged into Jinan in 2019.</summary>
    public static IReadOnlyList<Division> Retired { get; } =
    [
        new("371200", "莱芜市", "莱芜", DivisionLevel.City, "370100"),
    ];

    private static readonly Dictionary<string, Division> ByCode =
        new[] { Province }.Concat(Cities).Concat(Counties).Concat(Retired).ToDictionary(d => d.Code, StringComparer.Ordinal);

    /// <summary>The division of this exact code, retired ones included, or null when it is not in the list.</summary>
    public static Division? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);

    /// <summary>The full name, or the code itself when the division is not in the list.</summary>
    public static string NameOf(string code) => Find(code)?.Name ?? code;

    /// <summary>
    /// The Shandong city in force a code belongs to: by its first four digits, through the merger for a retired one.
    /// Null for the province itself and for codes of other provinces.
    /// </summary>
    public static Division? CityOf(string? code)
    {
        if (code is not { Length: 6 })
        {
            return null;
        }

        var city = Find(code[..4] + "00");
        return city switch
        {
            { Level: not DivisionLevel.City } => null,
            { ReplacedBy: { } successor } => Find(successor),
            _ => city,
        };
    }

    public static IReadOnlyList<Division> CountiesOf(string cityCode) => [.. Counties.Where(c => CityOf(c.Code)?.Code == cityCode)];

    /// <summary>Six digits whose first two name a province of GB/T 2260. It does not say that the division exists.</summary>
    public static bool IsWellFormed(string? code) =>
        code is { Length: 6 } && code.All(char.IsAsciiDigit) && Provinces.Contains(code[..2]);

    private static Division City(string code, string name) => new(code, name + "市", name, DivisionLevel.City);

    private static Division County(string code, string name) => new(code, name + "区", name, DivisionLevel.County);
}
