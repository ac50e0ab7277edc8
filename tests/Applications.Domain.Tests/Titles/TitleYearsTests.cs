using System.Globalization;
using Applications.Domain.Titles;

namespace Applications.Domain.Tests.Titles;

public sealed class TitleYearsTests
{
    [Theory]
    [InlineData("2026-07-01T08:00", "2026-07-01T08:00", 0, "2027-07-01T08:00")]
    [InlineData("2026-07-01T08:00", "2027-07-01T07:59", 0, "2027-07-01T08:00")]
    [InlineData("2026-07-01T08:00", "2027-07-01T08:00", 1, "2028-07-01T08:00")]
    [InlineData("2026-07-01T08:00", "2029-12-31T00:00", 3, "2030-07-01T08:00")]
    [InlineData("2028-02-29T08:00", "2029-02-28T08:00", 1, "2030-02-28T08:00")]
    [InlineData("2028-02-29T08:00", "2032-02-29T07:59", 3, "2032-02-29T08:00")]
    [InlineData("2026-07-01T08:00", "2026-01-01T00:00", 0, "2027-07-01T08:00")]
    public void HeldAndNextAnniversary_CountFromTheMomentOfTheGrant(string granted, string now, int held, string next)
    {
        Assert.Equal(held, TitleYears.Held(At(granted), At(now)));
        Assert.Equal(At(next), TitleYears.NextAnniversary(At(granted), At(now)));

        static DateTime At(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
    }
}
