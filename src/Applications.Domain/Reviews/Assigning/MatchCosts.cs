using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Applications.Domain.Reviews.Assigning;

/// <summary>
/// What each pair of a snapshot costs: its match and, in the last bits, a number from the seed, so that pairs that fit alike are told apart by chance that anybody can repeat,
/// and not by the order of a list.
/// </summary>
public sealed class MatchCosts
{
    /// <summary>What one step of match weighs against chance and load.</summary>
    public const int Weight = 16;

    private readonly AssignmentSnapshot _snapshot;
    private readonly ulong[] _files;
    private readonly ulong[] _experts;
    private readonly ILookup<(int File, int Expert), AssignmentBar> _bars;

    public MatchCosts(AssignmentSnapshot snapshot, string seed)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        _snapshot = snapshot;
        _files = [.. snapshot.Files.Select(f => KeyOf(seed, f.Id))];
        _experts = [.. snapshot.Experts.Select(e => KeyOf(seed, e.Id))];
        _bars = snapshot.Bars.ToLookup(b => (b.File, b.Expert));
    }

    /// <summary>What keeps the expert off the file; nothing when he may judge it.</summary>
    public IReadOnlyList<AssignmentBar> BarsOf(int file, int expert) => [.. _bars[(file, expert)]];

    /// <summary>The cost of a pair, or <see cref="PairCosts.Forbidden"/>.</summary>
    public int Of(int file, int expert) => _bars.Contains((file, expert)) ? PairCosts.Forbidden : Free(file, expert);

    public PairCosts ToPairCosts()
    {
        var costs = new PairCosts(_snapshot.Files.Count, _snapshot.Experts.Count);
        for (var f = 0; f < costs.Files; f++)
        {
            var row = costs.Row(f);
            for (var e = 0; e < row.Length; e++)
            {
                row[e] = Free(f, e);
            }
        }

        foreach (var bar in _snapshot.Bars)
        {
            costs.Forbid(bar.File, bar.Expert);
        }

        return costs;
    }

    private int Free(int file, int expert) => (PairMatch.PenaltyOf(_snapshot.Files[file], _snapshot.Experts[expert]) * Weight) + (int)(Mix(_files[file] ^ _experts[expert]) % Weight);

    private static ulong KeyOf(string seed, string id) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}:{id}")));

    /// <summary>The last step of SplitMix64: every bit of the two keys reaches the last bits.</summary>
    private static ulong Mix(ulong value)
    {
        value = unchecked((value ^ (value >> 30)) * 0xbf58476d1ce4e5b9);
        value = unchecked((value ^ (value >> 27)) * 0x94d049bb133111eb);
        return value ^ (value >> 31);
    }
}
