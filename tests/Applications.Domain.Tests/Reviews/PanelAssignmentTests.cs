using System.Globalization;
using Applications.Domain.Experts;
using Applications.Domain.Reviews;
using Applications.Domain.Tests.Experts;

namespace Applications.Domain.Tests.Reviews;

/// <summary>Invariant 7: the same inputs give the same panels, in whatever order they come and under whatever culture the machine runs.</summary>
public sealed class PanelAssignmentTests
{
    private static readonly string[] Cities = ["370100", "370200", "370300", "370600"];
    private static readonly string[] Fields = ["C34", "C35", "C39,C34", "C26"];

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("zh-CN")]
    [InlineData("ar-SA")]
    [InlineData("da-DK")]
    public void Assign_SameInputsInAnotherOrderAndCulture_GivesTheSameSeats(string culture)
    {
        var expected = Seats(Cases(), Pool());
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

            Assert.Equal(expected, Seats([.. Cases().Reverse()], [.. Pool().OrderBy(e => e.Name.Length).ThenByDescending(e => e.Id)]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Assign_AnotherSeed_GivesOtherSeats() =>
        Assert.NotEqual(Seats(Cases(), Pool()), Seats(Cases(), Pool(), "another"));

    private static List<string> Seats(IReadOnlyList<PanelCase> cases, IReadOnlyList<Expert> pool, string seed = "seed") =>
        [.. PanelAssignment.Assign(cases, pool, 5, seed, new Dictionary<Guid, int>()).Seats.Select(s => $"{s.CaseId:N} {s.Expert.Id:N} {s.Because}")];

    private static IReadOnlyList<PanelCase> Cases() =>
        [.. Enumerable.Range(1, 12).Select(i => new PanelCase(Id(i), i % 2 == 0 ? "C3421" : "C2659", Cities[i % 4], new HashSet<Guid>()))];

    private static IReadOnlyList<Expert> Pool() =>
        [.. Enumerable.Range(1, 40).Select(i => Profiles.Expert(Id(1000 + i), Profiles.Some with
        {
            Name = $"专家İı{i}",
            Employer = $"单位{i % 17}",
            Fields = Fields[i % 4].Split(','),
            CityCode = Cities[i % 4],
        }))];

    private static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
