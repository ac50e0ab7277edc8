using System.Text.Json.Serialization;

namespace Applications.Domain.Reviews.Draws;

/// <summary>What is to be drawn: the panels of one session and the rules that hold for all of them. Fixed and hashed before the draw.</summary>
public sealed record DrawRequest
{
    /// <summary>Number of the request, as the department files it.</summary>
    public required string Number { get; init; }

    public required string Title { get; init; }

    public required DrawRules Rules { get; init; }

    /// <summary>Nobody sits on two panels of one request: they meet at the same time.</summary>
    public required IReadOnlyList<PanelRequest> Panels { get; init; }
}

/// <summary>Rules for every panel of a request; the defaults are those of programmes.md 4.3, points 2 and 3.</summary>
public sealed record DrawRules
{
    /// <summary>At most so many from one employer on a panel.</summary>
    public int PerEmployer { get; init; } = 1;

    /// <summary>Whoever had so many sessions this year is not drawn.</summary>
    public int SessionsPerYear { get; init; } = 10;

    /// <summary>Whoever judged an enterprise last year does not judge it this year.</summary>
    public bool NotTwoYearsRunning { get; init; } = true;

    /// <summary>At least one in this many comes from outside the applicants' cities, rounded up; 0 asks for none.</summary>
    public int OutsideOneIn { get; init; } = 3;

    /// <summary>Reserves for each seat: 1 or 2.</summary>
    public int ReservesPerSeat { get; init; } = 1;

    /// <summary>At most one seat in this many is appointed by hand, rounded down.</summary>
    public int AppointedOneIn { get; init; } = 3;
}

/// <summary>One panel: its size, what its members have to cover and whom they judge.</summary>
public sealed record PanelRequest
{
    /// <summary>Unique within the request.</summary>
    public required string Key { get; init; }

    public required string Title { get; init; }

    /// <summary>Members, an odd number.</summary>
    public required int Size { get; init; }

    public IReadOnlyList<SpecialityNeed> Specialities { get; init; } = [];

    /// <summary>At least so many finance experts: 1 where finance is scored.</summary>
    public int Finance { get; init; }

    /// <summary>Cities of the applicants, GB/T 2260.</summary>
    public IReadOnlyList<string> Cities { get; init; } = [];

    /// <summary>Unified social credit codes of the applicants.</summary>
    public IReadOnlyList<string> Enterprises { get; init; } = [];

    /// <summary>Members who are not drawn.</summary>
    public IReadOnlyList<Appointment> Appointed { get; init; } = [];

    /// <summary>Members who sit already: a supplementary draw fills the seats beside them. Null where the whole panel is drawn.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Seated { get; init; }

    /// <summary>Members from outside the applicants' cities that the rules ask for.</summary>
    public int Outside(DrawRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return rules.OutsideOneIn == 0 || Cities.Count == 0 ? 0 : (Size + rules.OutsideOneIn - 1) / rules.OutsideOneIn;
    }
}

/// <summary>At least <paramref name="AtLeast"/> members with this speciality, for example a GB/T 4754 division.</summary>
public sealed record SpecialityNeed(string Code, int AtLeast);

/// <summary>A seat filled by hand: why, and who approved it.</summary>
public sealed record Appointment(string ExpertId, string Reason, string ApprovedBy);

/// <summary>An expert as the pool knows him at the moment of the request: all the draw turns on, and nothing else of him but his name.</summary>
public sealed record DrawCandidate
{
    /// <summary>Stable and unique.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Unified social credit code of the employer, or its name when it has none.</summary>
    public required string Employer { get; init; }

    /// <summary>GB/T 2260 city; 000000 outside the province.</summary>
    public required string CityCode { get; init; }

    public IReadOnlyList<string> Specialities { get; init; } = [];

    public bool IsFinance { get; init; }

    public int SessionsThisYear { get; init; }

    /// <summary>Unified social credit codes of the enterprises he judged last year.</summary>
    public IReadOnlyList<string> JudgedLastYear { get; init; } = [];

    public IReadOnlyList<DrawBar> Bars { get; init; } = [];
}

/// <summary>Keeps an expert off a panel, or off all of them where <paramref name="Panel"/> is empty: a conflict, an absence.</summary>
/// <param name="Rule">Id of the rule, for example <c>conflict.employer</c>.</param>
/// <param name="Fact">What it rests on, in words.</param>
public sealed record DrawBar(string Panel, string Rule, string Fact);
