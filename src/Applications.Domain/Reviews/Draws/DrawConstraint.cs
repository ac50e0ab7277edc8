namespace Applications.Domain.Reviews.Draws;

/// <summary>What limits a draw, in the order in which it is eased: the least harm first.</summary>
public enum DrawConstraint
{
    /// <summary>Sessions a year.</summary>
    YearlyLoad,

    /// <summary>The share from outside the applicants' cities.</summary>
    Outside,

    /// <summary>Not the same enterprise two years running.</summary>
    TwoYearsRunning,

    /// <summary>How many of one employer.</summary>
    PerEmployer,

    /// <summary>A speciality that is covered.</summary>
    Speciality,

    /// <summary>Finance experts.</summary>
    Finance,

    /// <summary>Members of a panel.</summary>
    Size,

    /// <summary>Conflicts and absences: never eased, but they can be what leaves too few.</summary>
    Barred,
}
