using Applications.Domain.Rubrics;
using CsCheck;

namespace Applications.Domain.Tests.Rubrics;

public sealed class RankingTests
{
    [Fact]
    public void Rank_EqualScores_ShareAPlaceAndTheNextIsSkipped()
    {
        var ranked = Ranking.Rank([Entry("a", 8000, 10), Entry("b", 9000, 0), Entry("c", 8000, 20), Entry("d", 7000, 0)]);

        Assert.Equal([("b", 1, false), ("c", 2, true), ("a", 2, true), ("d", 4, false)], ranked.Select(r => (r.Entry.Item, r.Place, r.IsShared)));
    }

    [Fact]
    public void Rank_AnyOrder_IsTheSame() =>
        Gen.Select(Gen.Int[0, 4].Array[0, 12], Gen.Int).Sample((scores, seed) =>
        {
            var entries = scores.Select((s, i) => Entry($"n{i:00}", s, s % 2)).ToArray();
            var shuffled = entries.ToArray();
            new Random(seed).Shuffle(shuffled);

            var ranked = Ranking.Rank(shuffled);

            Assert.Equal(Ranking.Rank(entries).Select(r => r.Entry.Item), ranked.Select(r => r.Entry.Item));
            Assert.All(ranked, r => Assert.Equal(1 + scores.Count(s => s > r.Entry.Score), r.Place));
        });

    private static RankEntry<string> Entry(string name, int score, int tieBreak) => new(name, score, [tieBreak], name);
}
