using Applications.Domain.Similarity;

namespace Applications.Data.Similarity;

/// <summary>What is kept of the text of a case's last filing so that its like is found. The text itself stays in the filing.</summary>
public sealed class CaseText
{
    public required Guid CaseId { get; init; }

    /// <summary>The filing it was read from.</summary>
    public required int Round { get; set; }

    /// <summary>How many letters were compared.</summary>
    public required int Characters { get; set; }

    /// <summary>Its <see cref="Fingerprint"/>, four bytes a mark.</summary>
    public required byte[] Marks { get; set; }

    /// <summary>UTC; nodes load what was written since they last looked.</summary>
    public required DateTime IndexedAt { get; set; }

    /// <summary>UTC; null until it was compared with the others.</summary>
    public DateTime? ComparedAt { get; set; }
}

/// <summary>What an officer makes of words that stand in two applications.</summary>
public enum SimilarityVerdict
{
    /// <summary>合理引用: quoted, set phrase, or the enterprise's own.</summary>
    Reasonable,

    /// <summary>疑似重复.</summary>
    Suspected,
}

/// <summary>Two applications that share words. The later one is the one that is asked about.</summary>
public sealed class SimilarPair
{
    public const int LongestWord = 500;

    /// <summary>The application that was filed first later.</summary>
    public required Guid CaseId { get; init; }

    /// <summary>The earlier one.</summary>
    public required Guid OtherId { get; init; }

    /// <summary>Filing of <see cref="CaseId"/> that was compared; the passages are places in it.</summary>
    public required int Round { get; set; }

    /// <summary>Filing of <see cref="OtherId"/> that was compared.</summary>
    public required int OtherRound { get; set; }

    /// <summary>Both are of one enterprise.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>Copied letters in ten-thousandths of the later text.</summary>
    public int Share { get; set; }

    /// <summary>Jaccard's coefficient of the shingles, in ten-thousandths.</summary>
    public int Resemblance { get; set; }

    /// <summary>Copied letters; 0 when a correction has removed what was found before.</summary>
    public int Characters { get; set; }

    /// <summary>The first <see cref="TextComparer.MostPassages"/> passages.</summary>
    public IReadOnlyList<Passage> Passages { get; set; } = [];

    /// <summary>UTC.</summary>
    public DateTime FoundAt { get; set; }

    public SimilarityVerdict? Verdict { get; set; }

    public string? Word { get; set; }

    public Guid? JudgedBy { get; set; }

    public string? JudgedByName { get; set; }

    public DateTime? JudgedAt { get; set; }

    /// <summary>The filing that was judged.</summary>
    public int? JudgedRound { get; set; }

    /// <summary>Changes with every write; a write that saw another one is refused.</summary>
    public Guid Version { get; set; }
}
