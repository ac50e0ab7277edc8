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

    /// <summary>What is wrong with a conclusion, each with its field; empty when it may be kept.</summary>
    public static IReadOnlyList<(string Field, string Message)> Faults(AnomalyVerdict? verdict, string? note)
    {
        List<(string, string)> faults = [];
        if (verdict is not { } given || !Enum.IsDefined(given))
        {
            faults.Add(("Verdict", "请选择核实结论。"));
        }

        if (string.IsNullOrWhiteSpace(note))
        {
            faults.Add(("Note", "请写明核实了什么、依据是什么。"));
        }
        else if (note.Trim().Length > LongestNote)
        {
            faults.Add(("Note", $"说明不超过 {LongestNote} 字。"));
        }

        return faults;
    }

    /// <summary>Keeps the conclusion, in place of an earlier one.</summary>
    /// <exception cref="ArgumentException">It has <see cref="Faults"/>.</exception>
    public void Conclude(AnomalyVerdict verdict, string note, string seen, Guid? byUserId, string byName, DateTime at)
    {
        ArgumentNullException.ThrowIfNull(note);
        if (Faults(verdict, note) is { Count: > 0 } faults)
        {
            throw new ArgumentException(faults[0].Message, nameof(note));
        }

        (Verdict, Note, Seen, ByUserId, ByName, At, Version) = (verdict, note.Trim(), seen, byUserId, byName, at, Guid.NewGuid());
    }
}
