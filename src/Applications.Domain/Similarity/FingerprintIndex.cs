using System.Numerics;
using System.Runtime.InteropServices;

namespace Applications.Domain.Similarity;

/// <summary>A text that shares marks with the one that was asked about.</summary>
/// <param name="Weight">More for marks that few have: of one in n texts log₂ n, in whole numbers and so the same everywhere.</param>
public readonly record struct Candidate(Guid Id, int Shared, int Weight);

/// <summary>What a look into the index gave.</summary>
/// <param name="Candidates">Those of most weight first.</param>
/// <param name="Common">Marks of the text that are everybody's words.</param>
public sealed record IndexAnswer(IReadOnlyList<Candidate> Candidates, IReadOnlySet<uint> Common);

/// <summary>
/// Which text has which mark, in memory: eight bytes a mark, in sorted runs. A batch of new texts is a run of its own, and runs are merged so that each is at
/// least twice as long as the next: there are never more than some twenty, and a mark is moved log₂ n times. A text added again replaces its earlier
/// self. Safe for several threads.
/// </summary>
public sealed class FingerprintIndex
{
    /// <summary>A mark that more texts have is set phrase and not copied, unless the collection is so large that this is less than a hundredth of it.</summary>
    public const int CommonFrom = 200;

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, int> numbers = [];
    private readonly List<Guid> texts = [];
    private readonly List<bool> alive = [];
    private List<ulong[]> runs = [];
    private long dead;

    /// <summary>How many texts there are.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return numbers.Count;
            }
        }
    }

    /// <summary>How many bytes the marks take.</summary>
    public long MarkBytes
    {
        get
        {
            lock (gate)
            {
                return runs.Sum(r => (long)r.Length) * sizeof(ulong);
            }
        }
    }

    /// <summary>Adds texts, or replaces them.</summary>
    public void Add(IReadOnlyList<(Guid Id, uint[] Marks)> added)
    {
        ArgumentNullException.ThrowIfNull(added);
        if (added.Count == 0)
        {
            return;
        }

        lock (gate)
        {
            var (run, used) = (new ulong[added.Sum(a => (long)a.Marks.Length)], 0);
            foreach (var (id, marks) in added)
            {
                if (numbers.TryGetValue(id, out var old))
                {
                    alive[old] = false;
                    dead++;
                }

                var number = texts.Count;
                numbers[id] = number;
                texts.Add(id);
                alive.Add(true);
                foreach (var mark in marks)
                {
                    run[used++] = ((ulong)mark << 32) | (uint)number;
                }
            }

            Array.Sort(run);
            Push(run);
        }
    }

    /// <summary>The texts that share marks with <paramref name="marks"/>, <paramref name="most"/> at most, without the one named <paramref name="self"/>.</summary>
    public IndexAnswer Find(uint[] marks, Guid? self, int most)
    {
        ArgumentNullException.ThrowIfNull(marks);
        lock (gate)
        {
            var limit = Math.Max(CommonFrom, numbers.Count / 100);
            var (shared, common, having) = (new Dictionary<int, (int Marks, int Weight)>(), new HashSet<uint>(), new List<int>());
            foreach (var mark in marks)
            {
                having.Clear();
                foreach (var run in runs)
                {
                    Collect(run, mark, having);
                }

                if (having.Count > limit)
                {
                    common.Add(mark);
                    continue;
                }

                var weight = having.Count == 0 ? 0 : 1 + BitOperations.Log2((uint)(numbers.Count / having.Count));
                foreach (var number in having)
                {
                    ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(shared, number, out _);
                    sum = (sum.Marks + 1, sum.Weight + weight);
                }
            }

            // By number where weights are equal: the same question has the same answer.
            return new IndexAnswer(
                [.. shared.Where(s => texts[s.Key] != self).OrderByDescending(s => s.Value.Weight).ThenBy(s => s.Key).Take(most)
                    .Select(s => new Candidate(texts[s.Key], s.Value.Marks, s.Value.Weight))],
                common);
        }
    }

    private void Collect(ulong[] run, uint mark, List<int> having)
    {
        var at = LowerBound(run, (ulong)mark << 32);
        for (; at < run.Length && (uint)(run[at] >> 32) == mark; at++)
        {
            var number = (int)(uint)run[at];
            if (alive[number])
            {
                having.Add(number);
            }
        }
    }

    private static int LowerBound(ulong[] run, ulong key)
    {
        var (low, high) = (0, run.Length);
        while (low < high)
        {
            var middle = low + ((high - low) >> 1);
            (low, high) = run[middle] < key ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Push(ulong[] run)
    {
        var next = new List<ulong[]>(runs) { run };
        while (next.Count > 1 && next[^2].Length < 2L * next[^1].Length)
        {
            var merged = Merge(next[^2], next[^1]);
            next.RemoveRange(next.Count - 2, 2);
            next.Add(merged);
        }

        // Where every fourth text is a former self, all is written anew without them.
        if (dead * 4 > texts.Count)
        {
            next = [.. next.Select(r => Array.FindAll(r, posting => alive[(int)(uint)posting]))];
            dead = 0;
        }

        runs = next;
    }

    private static ulong[] Merge(ulong[] a, ulong[] b)
    {
        var (merged, i, j) = (new ulong[a.Length + b.Length], 0, 0);
        for (var k = 0; k < merged.Length; k++)
        {
            merged[k] = j == b.Length || (i < a.Length && a[i] <= b[j]) ? a[i++] : b[j++];
        }

        return merged;
    }
}
