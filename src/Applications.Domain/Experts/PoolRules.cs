namespace Applications.Domain.Experts;

/// <summary>The pool's settings. Defaults are those of programmes.md 4.3; the department may set its own (section <c>ExpertPool</c> of the configuration).</summary>
public sealed record PoolRules
{
    /// <summary>Years in the field (鲁科字〔2023〕17号, sister department).</summary>
    public int LeastYears { get; init; } = 5;

    /// <summary>In principle not older (鲁科字〔2023〕17号).</summary>
    public int MostAge { get; init; } = 65;

    /// <summary>The same for academicians.</summary>
    public int MostAgeOfAcademicians { get; init; } = 70;

    /// <summary>Years as a senior manager, for those who enter as one.</summary>
    public int LeastManagerYears { get; init; } = 8;

    /// <summary>How long an expert is taken in for.</summary>
    public int TermYears { get; init; } = 3;

    /// <summary>After how many months an expert has to look through his data again (Qingdao 2017: yearly).</summary>
    public int UpdateMonths { get; init; } = 12;

    /// <summary>Most sessions a year (Qingdao 2017).</summary>
    public int SessionsPerYear { get; init; } = 10;

    /// <summary>An average rating below it is a ground for dismissal (Zhejiang procurement).</summary>
    public int LeastRating { get; init; } = 60;

    /// <summary>Shortest and longest suspension in months.</summary>
    public int ShortestSuspension { get; init; } = 6;

    public int LongestSuspension { get; init; } = 12;

    /// <summary>Working days before a review is due on which an expert who has not acted is reminded; the day before and every day after he is reminded anyway.</summary>
    public int RemindDays { get; init; } = 2;
}
