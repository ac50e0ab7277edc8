using System.Globalization;
using System.Reflection;
using Applications.Data.Workflow;
using Applications.Domain.Trail;
using Applications.Testing;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Invariants;

/// <summary>Invariant 8: a journal that came out of the database as it went in fits; changed, shortened or lengthened anywhere it does not.</summary>
public sealed class TrailTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Journal_OfEverySubject_Fits(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);

        var (journals, heads) = await host.InScopeAsync(async (_, db) => (
            (await db.Journal.AsNoTracking().ToListAsync()).GroupBy(j => j.SubjectId).ToDictionary(g => g.Key, g => g.OrderBy(j => j.Sequence).ToList()),
            await db.Applications.Select(a => new { a.Id, a.JournalHead, a.JournalLength }).Concat(db.Batches.Select(b => new { b.Id, b.JournalHead, b.JournalLength })).ToListAsync()));

        Assert.True(journals.Count > 30, $"Only {journals.Count} journals.");
        Assert.All(journals.Values, j => Assert.Null(Journal.FirstBroken(j)));
        Assert.All(heads, h => Assert.Equal((h.JournalHead, h.JournalLength), (journals[h.Id][^1].Hash, journals[h.Id].Count)));
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Journal_OneColumnOfOneRowAltered_IsFoundAtThatRow(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var story = await LongestAsync(await hosts.GetAsync(provider));
        foreach (var property in typeof(JournalEntry).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            for (var row = 0; row < story.Count; row++)
            {
                var altered = story.Select(Clone).ToList();
                property.SetValue(altered[row], Other(property, altered[row]));

                Assert.Same(altered[row], Journal.FirstBroken(altered));
            }
        }
    }

    [Fact]
    public async Task Journal_RowTakenOutPutInOrMoved_IsFound()
    {
        var story = await LongestAsync(await hosts.GetAsync());
        for (var row = 0; row < story.Count - 1; row++)
        {
            Assert.NotNull(Journal.FirstBroken([.. story[..row], .. story[(row + 1)..]]));
            Assert.NotNull(Journal.FirstBroken([.. story[..row], story[row + 1], story[row], .. story[(row + 2)..]]));
        }

        for (var row = 0; row <= story.Count; row++)
        {
            Assert.NotNull(Journal.FirstBroken([.. story[..row], Clone(story[0]), .. story[row..]]));
        }
    }

    private static Task<List<JournalEntry>> LongestAsync(AppHost host) => host.InScopeAsync(async (_, db) =>
    {
        var subject = await db.Applications.OrderByDescending(a => a.JournalLength).Select(a => a.Id).FirstAsync();
        return await db.Journal.AsNoTracking().Where(j => j.SubjectId == subject).OrderBy(j => j.Sequence).ToListAsync();
    });

    private static JournalEntry Clone(JournalEntry entry) => new()
    {
        SubjectId = entry.SubjectId,
        Sequence = entry.Sequence,
        At = entry.At,
        ActorId = entry.ActorId,
        ActorName = entry.ActorName,
        ActorRole = entry.ActorRole,
        Kind = entry.Kind,
        Activity = entry.Activity,
        ActivityTitle = entry.ActivityTitle,
        Outcome = entry.Outcome,
        OutcomeLabel = entry.OutcomeLabel,
        Reason = entry.Reason,
        StandsAt = entry.StandsAt,
        PreviousHash = entry.PreviousHash,
        Hash = entry.Hash,
    };

    private static object Other(PropertyInfo property, JournalEntry entry) => property.GetValue(entry) switch
    {
        null => property.PropertyType == typeof(string) ? "x" : Guid.NewGuid(),
        string text => text.Length == 0 ? "x" : text + " ",
        int number => number + 1,
        DateTime at => at.AddMilliseconds(1),
        Guid => Guid.NewGuid(),
        var value => throw new NotSupportedException(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };
}
