using Applications.Domain.Common;

namespace Applications.Domain.Reviews.Calibration;

public enum AnomalyVerdict
{
    /// <summary>There is a good reason; nothing follows.</summary>
    Explained,

    /// <summary>The panel, or the meeting that decides, is to talk about it.</summary>
    Discuss,

    /// <summary>Handed to the discipline inspectors.</summary>
    Referred,
}

/// <summary>What a person concluded about something the screen showed. It changes no score.</summary>
public sealed class AnomalyFinding
{
    public const int LongestNote = 500;

    public required Guid Id { get; init; }

    public required Guid BatchId { get; init; }

    public required string Round { get; init; }

    /// <summary><see cref="Anomaly.Key"/>.</summary>
    public required string Key { get; init; }

    /// <summary>What the screen said when it was looked at.</summary>
    public string Seen { get; private set; } = string.Empty;

    public AnomalyVerdict Verdict { get; private set; }

    public string Note { get; private set; } = string.Empty;

    public Guid? ByUserId { get; private set; }

    public string ByName { get; private set; } = string.Empty;

    /// <summary>UTC.</summary>
    public DateTime At { get; private set; }

    public Guid Version { get; set; }

    /// <summary>Keeps the conclusion, in place of an earlier one.</summary>
    /// <exception cref="RuleBrokenException"><c>verdict-required</c>, <c>word-required</c>, <c>text-too-long</c>.</exception>
    public void Conclude(AnomalyVerdict? verdict, string? note, string seen, Guid? byUserId, string byName, DateTime at)
    {
        if (verdict is not { } given || !Enum.IsDefined(given))
        {
            throw new RuleBrokenException("verdict-required", "请选择核实结论。", "Verdict");
        }

        var words = note?.Trim() ?? string.Empty;
        if (words.Length is 0 or > LongestNote)
        {
            throw words.Length == 0
                ? new RuleBrokenException("word-required", "请写明核实了什么、依据是什么。", "Note")
                : new RuleBrokenException("text-too-long", $"说明不超过 {LongestNote} 字。", "Note");
        }

        (Verdict, Note, Seen, ByUserId, ByName, At, Version) = (given, words, seen, byUserId, byName, at, Guid.NewGuid());
    }
}
