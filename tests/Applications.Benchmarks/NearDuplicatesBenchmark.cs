using System.Diagnostics;
using Applications.Benchmarks.Reporting;
using Applications.Benchmarks.Serving;
using Applications.Domain.Similarity;
using Applications.Domain.Tests.Similarity;

namespace Applications.Benchmarks;

/// <summary>
/// A text of 50 KB against 100,000 stored ones: its marks, the look into the index and the comparison letter by letter of every candidate, one thread. The
/// candidates' texts are made again from their numbers within the measured time, which costs about what reading them from a database would. Then planted
/// copies, whole at a resemblance of 0.6 and more and single passages in a strange text, and how many of them come back.
/// </summary>
internal sealed class NearDuplicatesBenchmark : IBenchmark
{
    private const int Texts = 100_000;
    private const int Queries = 200;
    private const int Planted = 1_000;

    /// <summary>Three bytes a character in UTF-8.</summary>
    private const int QueryLength = 50 * 1024 / 3;

    private const int Candidates = 100;

    public string Name => "near-duplicates";

    public Task<IReadOnlyList<Figure>> RunAsync(WebProgram program)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (index, built) = Build();
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        var (times, found) = Ask(index);
        times.Sort();
        var (planted, recalled) = Recall(index);
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            new($"near-duplicates, 50 KB against {Texts:N0} texts, median", times[times.Count / 2], "ms"),
            new("  99th percentile", times[times.Count * 99 / 100], "ms", Bound.AtMost, 200),
            new("  of the queries' planted passages of 100 letters found", 100.0 * found / Queries, "%", Bound.AtLeast, 98),
            new($"  recall at resemblance ≥ 0.6, {planted:N0} planted", 100.0 * recalled / planted, "%", Bound.AtLeast, 98),
            new("  memory of the index", memory / 1048576.0, "MB"),
            new("  memory a text", (double)memory / Texts, "bytes"),
            new("  building it, texts made included", built.TotalSeconds, "s"),
        ]);
    }

    private static (FingerprintIndex Index, TimeSpan Taken) Build()
    {
        var (index, clock) = (new FingerprintIndex(), Stopwatch.StartNew());
        foreach (var part in Enumerable.Range(0, Texts).Chunk(5_000))
        {
            index.Add([.. part.AsParallel().AsOrdered().Select(n => (Id(n), Fingerprint.Of(Stored(n))))]);
        }

        return (index, clock.Elapsed);
    }

    /// <summary>Each query is strange but for one passage of a stored text.</summary>
    private static (List<double> Times, int Found) Ask(FingerprintIndex index)
    {
        var (times, found) = (new List<double>(), 0);
        for (var q = -10; q < Queries; q++)
        {
            var source = (q + 10) * 311 % Texts;
            var stored = Stored(source).Letters;
            var text = SyntheticTexts.Text(Texts + q + 10, QueryLength - 100).Insert(QueryLength / 2, stored.Substring(stored.Length / 3, 100));
            var began = Stopwatch.GetTimestamp();
            var results = Search(index, SyntheticTexts.Compared(text));
            if (q >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                found += results.Any(r => r.Number == source && r.Result.IsFinding) ? 1 : 0;
            }
        }

        return (times, found);
    }

    private static (int Planted, int Recalled) Recall(FingerprintIndex index)
    {
        var (planted, recalled) = (0, 0);
        for (var n = 0; n < Planted; n++)
        {
            var source = n * 97 % Texts;
            var stored = Stored(source);
            var query = SyntheticTexts.Compared(SyntheticTexts.Edit(stored.Letters, 0.002 + (n % 10 * 0.005), n));
            if (TextComparison.Resemblance(query, stored) >= 0.6)
            {
                planted++;
                recalled += Search(index, query).Any(r => r.Number == source && r.Result.Resemblance >= 0.6) ? 1 : 0;
            }
        }

        return (planted, recalled);
    }

    private static List<(int Number, ComparisonResult Result)> Search(FingerprintIndex index, ComparedText text)
    {
        var answer = index.Find(Fingerprint.Of(text), null, Candidates);
        return [.. answer.Candidates.Select(c => (Number(c.Id), TextComparison.Compare(text, Stored(Number(c.Id)), answer.Common)))];
    }

    /// <summary>From 400 letters, the least the forms ask for, to 6,000; 3,200 on average.</summary>
    private static ComparedText Stored(int number) => SyntheticTexts.Compared(SyntheticTexts.Text(number, 400 + (int)(number * 7_919L % 5_600)));

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    private static int Number(Guid id) => BitConverter.ToInt32(id.ToByteArray());
}
