using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Applications.Domain.Reviews.Assigning;

namespace Applications.Benchmarks.Assigning;

/// <summary>
/// A folder of preferences, topics, conflicts and quotas as conference systems have them, and the cost that HotCRP makes of it (src/autoassigner.php): each
/// reviewer's papers in the order of his bids, topic scores where he has not bid, as 60 steps of rank.
/// </summary>
internal sealed class InstanceFolder
{
    private const int Steps = 60;
    private const double High = 1;
    private const double Low = -0.7071;

    private readonly string _folder;

    public InstanceFolder(string folder)
    {
        _folder = folder;
        using var meta = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "meta.json")));
        Papers = meta.RootElement.GetProperty("papers").GetInt32();
        Reviewers = meta.RootElement.GetProperty("reviewers").GetInt32();
    }

    public int Papers { get; }

    public int Reviewers { get; }

    /// <summary>A: loads even, the i-th review costs 100 × i, at most the mean rounded up. B: loads within the quotas, preferences alone count.</summary>
    public AssignmentProblem Problem(char kind)
    {
        var demand = new int[Papers];
        foreach (var row in Rows("paper_demand"))
        {
            demand[row[0] - 1] = row[1];
        }

        var costs = Costs();
        foreach (var row in Rows("conflicts"))
        {
            costs.Forbid(row[0] - 1, row[1] - 1);
        }

        var loads = new LoadRule[Reviewers];
        if (kind == 'A')
        {
            var mean = (demand.Sum() + Reviewers - 1) / Reviewers;
            Array.Fill(loads, new LoadRule(0, mean, 100));
        }
        else
        {
            foreach (var row in Rows("reviewer_quotas"))
            {
                loads[row[0] - 1] = new LoadRule(row[1], row[2]);
            }
        }

        return new AssignmentProblem(costs, demand, loads);
    }

    private PairCosts Costs()
    {
        var topics = new List<int>[Papers];
        for (var p = 0; p < Papers; p++)
        {
            topics[p] = [];
        }

        var most = 0;
        foreach (var row in Rows("paper_topics"))
        {
            topics[row[0] - 1].Add(row[1]);
            most = Math.Max(most, row[1]);
        }

        var bids = new List<(int Paper, int Bid)>[Reviewers];
        var interests = new double[Reviewers][];
        for (var r = 0; r < Reviewers; r++)
        {
            (bids[r], interests[r]) = ([], new double[most + 1]);
        }

        foreach (var row in Rows("preferences"))
        {
            bids[row[1] - 1].Add((row[0] - 1, row[2]));
        }

        foreach (var row in Rows("reviewer_interests"))
        {
            interests[row[0] - 1][row[1]] = row[2] > 0 ? High : Low;
        }

        var costs = new PairCosts(Papers, Reviewers);
        var keys = new int[Papers];
        for (var r = 0; r < Reviewers; r++)
        {
            for (var p = 0; p < Papers; p++)
            {
                keys[p] = TopicScore(topics[p], interests[r]);
            }

            // A topic score counts a hundredth of a bid; both in hundredths are whole numbers.
            foreach (var (paper, bid) in bids[r])
            {
                keys[paper] = bid * 100;
            }

            var ranks = keys.Distinct().OrderDescending().Select((key, rank) => (key, rank)).ToDictionary(k => k.key, k => k.rank);
            for (var p = 0; p < Papers; p++)
            {
                costs[p, r] = ranks[keys[p]] * Steps / ranks.Count;
            }
        }

        return costs;
    }

    private static int TopicScore(List<int> topics, double[] interests)
    {
        double sum = 0;
        foreach (var topic in topics)
        {
            sum += interests[topic];
        }

        return sum == 0 ? 0 : (int)((sum / Math.Sqrt(topics.Count) * 10) + 0.5);
    }

    private IEnumerable<int[]> Rows(string name)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(_folder, name + ".csv.gz")), CompressionMode.Decompress));
        _ = text.ReadLine();
        while (text.ReadLine() is { Length: > 0 } line)
        {
            yield return Array.ConvertAll(line.Split(','), s => int.Parse(s, CultureInfo.InvariantCulture));
        }
    }
}
