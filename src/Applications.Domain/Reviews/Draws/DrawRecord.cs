namespace Applications.Domain.Reviews.Draws;

/// <summary>What is published before the draw: nothing of it can be changed afterwards unseen.</summary>
/// <param name="Request">Hash of the request.</param>
/// <param name="Pool">Hash of the pool's snapshot.</param>
/// <param name="Seed">Hash of the seed, which stays secret until the draw.</param>
/// <param name="Digest">Hash of the three: the one line for the journal.</param>
public sealed record DrawCommitment(string Request, string Pool, string Seed, string Digest)
{
    public static DrawCommitment Of(DrawRequest request, IEnumerable<DrawCandidate> pool, string seed)
    {
        var (a, b, c) = (DrawHash.OfRequest(request), DrawHash.OfPool(pool), DrawHash.OfSeed(seed));
        return new DrawCommitment(a, b, c, new DrawHash().Add("applications-draw/1").Add(a).Add(b).Add(c).ToHex());
    }
}

/// <summary>The record of a draw (抽取记录): enough to draw again from it alone, and to be printed. Kept ten years (programmes.md 4.3, point 8).</summary>
public sealed record DrawRecord
{
    public const string CurrentFormat = "applications-draw/1";

    public required string Format { get; init; }

    public required DrawRequest Request { get; init; }

    /// <summary>The pool as it was, by id.</summary>
    public required IReadOnlyList<DrawCandidate> Pool { get; init; }

    public required DrawCommitment Commitment { get; init; }

    /// <summary>Revealed by the draw.</summary>
    public required string Seed { get; init; }

    /// <summary>What a witness said after the commitment, so that not even the holder of the seed could know the outcome; may be empty.</summary>
    public required string Witness { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime DrawnAt { get; init; }

    /// <summary>Which run through all panels went through; above 1 only where earlier panels had used up what later ones needed.</summary>
    public required int Attempt { get; init; }

    /// <summary>In the order of the request.</summary>
    public required IReadOnlyList<DrawnPanel> Panels { get; init; }

    /// <summary>In the order in which they happened.</summary>
    public IReadOnlyList<Substitution> Substitutions { get; init; } = [];

    /// <summary>SHA-256 of this record as JSON with an empty seal.</summary>
    public string Seal { get; init; } = string.Empty;

    /// <summary>Who sits on the panel now, after all changes; seats that could not be filled again are missing.</summary>
    /// <param name="file">Counts the changes for this file too; empty: only those of the whole panel.</param>
    public IReadOnlyList<DrawCandidate> MembersOf(string panelKey, string file = "")
    {
        var ids = Panels.Single(p => p.Key == panelKey).Seats.Select(s => (string?)s.ExpertId).ToList();
        foreach (var one in ChangesOf(panelKey, file))
        {
            if (one.Seat > ids.Count)
            {
                ids.Add(one.In);
            }
            else
            {
                ids[one.Seat - 1] = one.In;
            }
        }

        return [.. ids.OfType<string>().Select(id => Pool.Single(c => c.Id == id))];
    }

    /// <summary>The changes that count for a file: its own and those of the whole panel.</summary>
    internal IEnumerable<Substitution> ChangesOf(string panelKey, string file) => Substitutions.Where(s => s.Panel == panelKey && (s.File.Length == 0 || s.File == file));
}

/// <summary>A panel as it was drawn.</summary>
/// <param name="Choices">How many panels kept every rule when its turn came: each had the same chance.</param>
public sealed record DrawnPanel(string Key, string Choices, IReadOnlyList<DrawnSeat> Seats, IReadOnlyList<Reserve> Reserves);

/// <param name="Number">From 1.</param>
public sealed record DrawnSeat(int Number, string ExpertId, bool IsAppointed);

/// <param name="Number">Place in the sequence, from 1.</param>
/// <param name="Seat">Whose place this expert could take with every rule kept.</param>
public sealed record Reserve(int Number, int Seat, string ExpertId);

/// <summary>Somebody left a seat, or a seat was added, and the next reserve who fits took it.</summary>
/// <param name="File">Number of the file that this is about; empty when it is about all files of the panel.</param>
/// <param name="Out">Empty for a seat that was added.</param>
/// <param name="In">Null when no reserve was left that keeps the rules: then a new draw is needed.</param>
/// <param name="Passed">Reserves who came first and could not, with the reason.</param>
/// <param name="At">UTC.</param>
public sealed record Substitution(string Panel, string File, int Seat, string Out, string Reason, string? In, IReadOnlyList<PassedReserve> Passed, DateTime At);

/// <summary>A reserve who could not be called: not reached, declined, a conflict found since.</summary>
public sealed record PassedReserve(string ExpertId, string Reason);
