using Applications.Domain.Enterprises;

namespace Applications.Domain.Forms;

/// <summary>The facts around a form that expressions may use and prefilling draws on.</summary>
public sealed record FormScope
{
    private readonly DateOnly? asOf;

    /// <summary>Year of the batch; <c>figures[0]</c> is the year before.</summary>
    public required int Year { get; init; }

    /// <summary>The date in Shandong on which the form is looked at: nothing dated later has happened.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>The day by which conditions are judged and figures computed, for a batch the day it opened, so that they do not change while a case is on its way.</summary>
    public DateOnly AsOf { get => asOf ?? Today; init => asOf = value; }

    public required EnterpriseProfile Enterprise { get; init; }

    /// <summary>In any order; expressions see the three years before <see cref="Year"/>, latest first, missing ones with empty members.</summary>
    public IReadOnlyList<YearFigures> Figures { get; init; } = [];

    public ApplicantHistory History { get; init; } = ApplicantHistory.None;

    /// <summary>The three years before <see cref="Year"/>, latest first.</summary>
    public IReadOnlyList<YearFigures> LastYears() =>
        [.. Enumerable.Range(1, 3).Select(back => Figures.FirstOrDefault(f => f.Year == Year - back) ?? new YearFigures { Year = Year - back })];
}
