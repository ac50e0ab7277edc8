namespace Applications.Domain.Identifiers;

/// <summary>Why a text is not a valid unified social credit code (统一社会信用代码). Stored and logged by name: do not rename.</summary>
public enum UsccProblem
{
    /// <summary>Nothing was given.</summary>
    Missing,

    /// <summary>Not 18 characters.</summary>
    WrongLength,

    /// <summary>A character outside the 31 of the standard (I, O, S, V and Z are not used).</summary>
    WrongCharacter,

    /// <summary>Positions 1 and 2 name no registration authority and class of organisation.</summary>
    UnknownClass,

    /// <summary>Positions 3 to 8 are not a division code of GB/T 2260.</summary>
    WrongDivision,

    /// <summary>Position 17 does not follow from positions 9 to 16 (GB 11714).</summary>
    WrongOrganisationCheck,

    /// <summary>Position 18 does not follow from the 17 before it.</summary>
    WrongCheckCharacter,
}

/// <summary>What <see cref="Uscc.Check"/> found.</summary>
/// <param name="Normalised">The text as compared and stored: half width, upper case, without blanks and hyphens.</param>
/// <param name="Problem">The first thing wrong, or null when the code is valid.</param>
/// <param name="Message">The same for people, in Chinese; empty when the code is valid.</param>
public sealed record UsccCheck(string Normalised, UsccProblem? Problem, string Message)
{
    public bool IsValid => Problem is null;

    /// <summary>
    /// Some lawful codes of the pilot years carry a wrong check character (91350203M0001QAY9B is one), so a city reviewer may
    /// let such a code pass with a logged reason. A wrong length or character is never lawful.
    /// </summary>
    public bool MayBeOverridden => Problem is UsccProblem.WrongCheckCharacter or UsccProblem.WrongOrganisationCheck;
}
