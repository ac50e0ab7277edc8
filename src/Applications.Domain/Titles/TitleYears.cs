namespace Applications.Domain.Titles;

/// <summary>The years of a title, counted from the moment it was granted (programmes.md 2.7: reports each year, evaluation each third).</summary>
public static class TitleYears
{
    /// <summary>Full years held at <paramref name="now"/>; on the anniversary itself the year is full.</summary>
    public static int Held(DateTime granted, DateTime now)
    {
        var years = now.Year - granted.Year;
        return Math.Max(0, granted.AddYears(years) <= now ? years : years - 1);
    }

    /// <summary>The first anniversary after <paramref name="now"/>. Granted on 29 February it falls on the 28th in other years.</summary>
    public static DateTime NextAnniversary(DateTime granted, DateTime now) => granted.AddYears(Held(granted, now) + 1);
}
