namespace Applications.Domain.Identifiers;

/// <summary>A division (大类) of GB/T 4754-2017.</summary>
/// <param name="Section">Section letter (门类): C manufacturing, I information services.</param>
/// <param name="Code">Two digits.</param>
/// <param name="Name">Full Chinese name.</param>
public sealed record IndustryDivision(char Section, string Code, string Name)
{
    /// <summary>Section and division as one, for example C38.</summary>
    public string FullCode => Section + Code;
}

/// <summary>
/// The industries that may apply, by GB/T 4754-2017: manufacturing (C13 to C43) and software (I65). An enterprise's industry
/// is stored as section letter and two to four digits, C38 to C3821.
/// </summary>
public static class IndustryCodes
{
    public static IReadOnlyList<IndustryDivision> Divisions { get; } =
    [
        new('C', "13", "农副食品加工业"),
        new('C', "14", "食品制造业"),
        new('C', "15", "酒、饮料和精制茶制造业"),
        new('C', "16", "烟草制品业"),
        new('C', "17", "纺织业"),
        new('C', "18", "纺织服装、服饰业"),
        new('C', "19", "皮革、毛皮、羽毛及其制品和制鞋业"),
        new('C', "20", "木材加工和木、竹、藤、棕、草制品业"),
        new('C', "21", "家具制造业"),
        new('C', "22", "造纸和纸制品业"),
        new('C', "23", "印刷和记录媒介复制业"),
        new('C', "24", "文教、工美、体育和娱乐用品制造业"),
        new('C', "25", "石油、煤炭及其他燃料加工业"),
        new('C', "26", "化学原料和化学制品制造业"),
        new('C', "27", "医药制造业"),
        new('C', "28", "化学纤维制造业"),
        new('C', "29", "橡胶和塑料制品业"),
        new('C', "30", "非金属矿物制品业"),
        new('C', "31", "黑色金属冶炼和压延加工业"),
        new('C', "32", "有色金属冶炼和压延加工业"),
        new('C', "33", "金属制品业"),
        new('C', "34", "通用设备制造业"),
        new('C', "35", "专用设备制造业"),
        new('C', "36", "汽车制造业"),
        new('C', "37", "铁路、船舶、航空航天和其他运输设备制造业"),
        new('C', "38", "电气机械和器材制造业"),
        new('C', "39", "计算机、通信和其他电子设备制造业"),
        new('C', "40", "仪器仪表制造业"),
        new('C', "41", "其他制造业"),
        new('C', "42", "废弃资源综合利用业"),
        new('C', "43", "金属制品、机械和设备修理业"),
        new('I', "65", "软件和信息技术服务业"),
    ];

    private static readonly Dictionary<string, IndustryDivision> ByCode =
        Divisions.ToDictionary(d => d.Code, StringComparer.Ordinal);

    /// <summary>The code with the name of its division, for example C34 通用设备制造业; the code alone when it is not listed.</summary>
    public static string Labelled(string code) => DivisionOf(code) is { } division ? $"{code} {division.Name}" : code;

    /// <summary>
    /// The stored form of a code as typed ("3821", "c38 " or "C3821" all become section letter and digits), or null when it is not
    /// two to four digits of a listed division or the letter is another section's.
    /// </summary>
    public static string? Normalise(string? text)
    {
        var code = text?.Trim().ToUpperInvariant() ?? string.Empty;
        var digits = code.Length > 0 && char.IsAsciiLetter(code[0]) ? code[1..] : code;
        if (digits.Length is < 2 or > 4 || !digits.All(char.IsAsciiDigit) || !ByCode.TryGetValue(digits[..2], out var division))
        {
            return null;
        }

        var normalised = division.Section + digits;
        return digits.Length == code.Length || normalised == code ? normalised : null;
    }

    public static bool IsValid(string? text) => Normalise(text) is not null;

    /// <summary>The division a code belongs to, or null when <see cref="Normalise"/> refuses it.</summary>
    public static IndustryDivision? DivisionOf(string? text) => Normalise(text) is { } code ? ByCode[code.Substring(1, 2)] : null;
}
