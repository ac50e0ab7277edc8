using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Applications.Domain.Common;

namespace Applications.Domain.Identifiers;

/// <summary>
/// A valid unified social credit code (统一社会信用代码, GB 32100-2015): authority, class, six-digit division, nine-character
/// organisation code with its own check (GB 11714), check character. Only valid codes become a <see cref="Uscc"/>;
/// a code let pass by hand stays a string.
/// </summary>
public sealed record Uscc
{
    public const int Length = 18;

    /// <summary>The 31 characters of the standard; a character's place is its value.</summary>
    public const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private const string OrganisationAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static readonly int[] Weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    private static readonly int[] OrganisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

    private Uscc(string value) => Value = value;

    /// <summary>The 18 characters, upper case.</summary>
    public string Value { get; }

    /// <summary>Registration authority: 9 market regulation, 1 staffing commission, 5 civil affairs and so on.</summary>
    public char Authority => Value[0];

    /// <summary>Class within the authority; 91 is an enterprise, 12 an institution, 51 a society.</summary>
    public char OrganisationClass => Value[1];

    /// <summary>Division of the registering authority. It need not be where the organisation works or is recommended.</summary>
    public string Division => Value[2..8];

    /// <summary>The organisation code (组织机构代码), nine characters, as older certificates print it.</summary>
    public string OrganisationCode => Value[8..17];

    public bool IsEnterprise => Value.StartsWith("91", StringComparison.Ordinal);

    /// <summary>Registered within Shandong, retired divisions included.</summary>
    public bool IsRegisteredInShandong => Value.AsSpan(2).StartsWith("37", StringComparison.Ordinal);

    /// <summary>Half width, upper case, without blanks and hyphens. Never guesses at characters.</summary>
    public static string Normalise(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        var normalised = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            var narrow = character is >= '\uFF01' and <= '\uFF5E' ? (char)(character - 0xFEE0) : character;
            if (char.IsWhiteSpace(narrow) || narrow is '-' or '\u200B' or '\uFEFF')
            {
                continue;
            }

            normalised.Append(char.ToUpperInvariant(narrow));
        }

        return normalised.ToString();
    }

    /// <summary>Checks a text as typed and says the first thing wrong with it.</summary>
    public static UsccCheck Check(string? text)
    {
        var code = Normalise(text);
        if (code.Length == 0)
        {
            return new(code, UsccProblem.Missing, "请填写统一社会信用代码。");
        }

        if (code.Length != Length)
        {
            return new(code, UsccProblem.WrongLength, $"统一社会信用代码应为 {Length} 位，当前为 {code.Length} 位。");
        }

        for (var i = 0; i < Length; i++)
        {
            if (!Alphabet.Contains(code[i], StringComparison.Ordinal))
            {
                return new(code, UsccProblem.WrongCharacter, WrongCharacterMessage(code[i], i + 1));
            }
        }

        if (!IsKnownClass(code[0], code[1]))
        {
            return new(code, UsccProblem.UnknownClass, $"统一社会信用代码前两位“{code[..2]}”不是有效的登记管理部门和机构类别代码。");
        }

        if (!DivisionCodes.IsWellFormed(code[2..8]))
        {
            return new(code, UsccProblem.WrongDivision, $"统一社会信用代码第 3 至 8 位“{code[2..8]}”不是有效的行政区划码。");
        }

        // The whole code first: a single slip of the pen breaks both, and this is the message people know.
        if (code[17] != CheckCharacter(code))
        {
            return new(code, UsccProblem.WrongCheckCharacter, "统一社会信用代码校验位不正确，请对照营业执照逐位核对。");
        }

        return code[16] != OrganisationCheckCharacter(code.AsSpan(8, 8))
            ? new(code, UsccProblem.WrongOrganisationCheck, "统一社会信用代码中的组织机构代码（第 9 至 17 位）校验不正确，请对照营业执照逐位核对。")
            : new(code, null, string.Empty);
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out Uscc? code)
    {
        var check = Check(text);
        code = check.IsValid ? new Uscc(check.Normalised) : null;
        return check.IsValid;
    }

    /// <exception cref="RuleBrokenException">With code <c>uscc-invalid</c> and the Chinese message of <see cref="Check"/>.</exception>
    public static Uscc Parse(string? text)
    {
        var check = Check(text);
        return check.IsValid ? new Uscc(check.Normalised) : throw new RuleBrokenException("uscc-invalid", check.Message);
    }

    /// <summary>
    /// A synthetic code that passes every check, for demonstration data and tests. The first 961 serials have a subject that
    /// begins with MA3DEM, so that they are recognised as made up; the same arguments always give the same code.
    /// </summary>
    /// <param name="division">Six digits; any valid one, see <see cref="DivisionCodes"/>.</param>
    /// <param name="serial">0 to 9,999,999; distinct serials give distinct organisation codes.</param>
    /// <param name="authorityAndClass">Positions 1 and 2: "91" enterprise, "12" institution.</param>
    public static Uscc Synthetic(string division, int serial, string authorityAndClass = "91")
    {
        ArgumentOutOfRangeException.ThrowIfNegative(serial);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(serial, 9_999_999);

        var rest = serial;
        Span<char> subject = ['M', 'A', '3', 'D', 'E', 'M', '0', '0'];
        for (var i = subject.Length - 1; rest > 0; i--)
        {
            rest += Alphabet.IndexOf(subject[i], StringComparison.Ordinal);
            subject[i] = Alphabet[rest % Alphabet.Length];
            rest /= Alphabet.Length;
        }

        var body = $"{authorityAndClass}{division}{subject}{OrganisationCheckCharacter(subject)}";
        return Parse(body + CheckCharacter(body));
    }

    public override string ToString() => Value;

    private static char CheckCharacter(ReadOnlySpan<char> code)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++)
        {
            sum += Alphabet.IndexOf(code[i], StringComparison.Ordinal) * Weights[i];
        }

        return Alphabet[(31 - (sum % 31)) % 31];
    }

    private static char OrganisationCheckCharacter(ReadOnlySpan<char> subject)
    {
        var sum = 0;
        for (var i = 0; i < OrganisationWeights.Length; i++)
        {
            sum += OrganisationAlphabet.IndexOf(subject[i], StringComparison.Ordinal) * OrganisationWeights[i];
        }

        return (11 - (sum % 11)) switch
        {
            10 => 'X',
            11 => '0',
            var digit => (char)('0' + digit),
        };
    }

    // Classes are checked for the three authorities whose tables are certain; the rest of the authorities pass with any class.
    private static bool IsKnownClass(char authority, char organisationClass) => authority switch
    {
        '1' or '5' or '9' => organisationClass is '1' or '2' or '3' or '9',
        '2' or '3' or '4' or '6' or '7' or '8' or 'A' or 'N' or 'Y' => true,
        _ => false,
    };

    private static string WrongCharacterMessage(char character, int position)
    {
        var meant = character switch
        {
            'O' => "，是否应为数字 0",
            'I' => "，是否应为数字 1",
            'Z' => "，是否应为数字 2",
            'S' => "，是否应为数字 5",
            _ => string.Empty,
        };
        var shown = char.IsControl(character) || char.IsSurrogate(character)
            ? string.Create(CultureInfo.InvariantCulture, $"U+{(int)character:X4}")
            : character.ToString();
        return $"统一社会信用代码第 {position} 位“{shown}”不是允许的字符（只用数字和除 I、O、S、V、Z 外的大写字母）{meant}。";
    }
}
