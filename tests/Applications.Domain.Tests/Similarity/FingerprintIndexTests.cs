using Applications.Domain.Similarity;
using static Applications.Domain.Tests.Similarity.SyntheticTexts;

namespace Applications.Domain.Tests.Similarity;

public sealed class FingerprintIndexTests
{
    private const int Texts = 2_000;

    /// <summary>Texts at a resemblance of 0.6 and more, of every length the forms allow, among two thousand others.</summary>
    [Fact]
    public void Find_PlantedLikes_RecallIsAtLeastNinetyEightPerCent()
    {
        var index = new FingerprintIndex();
        index.Add([.. Enumerable.Range(0, Texts).Select(n => (Id(n), Fingerprint.Of(Compared(Text(n, 400 + (n * 37 % 3_000))))))]);
        var (planted, found) = (0, 0);
        for (var n = 0; n < Texts; n += 5)
        {
            var stored = Compared(Text(n, 400 + (n * 37 % 3_000)));
            var query = Compared(Edit(stored.Letters, 0.005 + (n % 9 * 0.006), n));
            if (TextComparison.Resemblance(query, stored) >= 0.6)
            {
                planted++;
                found += index.Find(Fingerprint.Of(query), null, 100).Candidates.Any(c => c.Id == Id(n)) ? 1 : 0;
            }
        }

        Assert.True(planted > 250, $"only {planted} planted");
        Assert.True(found >= planted * 0.98, $"{found} of {planted}");
    }

    [Fact]
    public void Find_ATextAddedAgain_KnowsItsLaterSelfOnly()
    {
        var index = new FingerprintIndex();
        var (before, after) = (Fingerprint.Of(Compared(Text(1, 800))), Fingerprint.Of(Compared(Text(2, 800))));
        for (var round = 0; round < 10; round++)
        {
            index.Add([(Id(1), before)]);
        }

        index.Add([(Id(1), after), (Id(2), before)]);

        Assert.Equal((Id(2), before.Length), index.Find(before, null, 10).Candidates.Select(c => (c.Id, c.Shared)).Single());
        Assert.Equal((Id(1), after.Length), index.Find(after, null, 10).Candidates.Select(c => (c.Id, c.Shared)).Single());
        Assert.Empty(index.Find(after, Id(1), 10).Candidates);
        Assert.Equal(2, index.Count);
    }

    [Fact]
    public void Find_WordsThatEverybodyHas_AreCommonAndLeadNowhere()
    {
        var index = new FingerprintIndex();
        var phrase = ComparedText.Normalise(Text(5, 300));
        index.Add([.. Enumerable.Range(0, FingerprintIndex.CommonFrom + 1).Select(n => (Id(n), Fingerprint.Of(Compared(phrase + "。" + Text(100 + n, 400)))))]);

        var asked = Compared(phrase);
        var answer = index.Find(Fingerprint.Of(asked), null, 100);
        var result = TextComparison.Compare(asked, Compared(phrase + Text(100, 400)), answer.Common);

        Assert.Empty(answer.Candidates);
        Assert.True(Assert.Single(result.Passages).IsCommon);
        Assert.Equal(0, result.Characters);
        Assert.False(result.IsFinding);
    }

    [Fact]
    public void Add_InManySmallSteps_AnswersAsInOne()
    {
        var texts = Enumerable.Range(0, 300).Select(n => (Id(n), Fingerprint.Of(Compared(Text(n % 40, 500))))).ToList();
        var (whole, steps) = (new FingerprintIndex(), new FingerprintIndex());
        whole.Add(texts);
        texts.ForEach(t => steps.Add([t]));

        foreach (var (id, marks) in texts.Take(40))
        {
            Assert.Equal(whole.Find(marks, id, 50).Candidates, steps.Find(marks, id, 50).Candidates);
        }

        Assert.Equal(whole.MarkBytes, steps.MarkBytes);
    }

    private static Guid Id(int n) => new(n, 0, 0, new byte[8]);
}
