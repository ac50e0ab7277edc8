using System.Text.Json;

namespace Applications.Domain.Reviews.Assigning;

/// <summary>A change by hand, or a seat that was filled again after the review began.</summary>
/// <param name="File">Place in the snapshot.</param>
/// <param name="Out">Null when an expert was added.</param>
/// <param name="In">Null when one was taken away.</param>
/// <param name="At">UTC.</param>
public sealed record AssignmentChange(int File, int? Out, int? In, string Reason, string By, DateTime At);

/// <summary>The record of an assignment (分派记录): enough to solve again from it alone and to check everything that was promised. Kept ten years (programmes.md 4.3, point 8).</summary>
public sealed record AssignmentRecord
{
    public const string CurrentFormat = "applications-assign/1";

    public required string Format { get; init; }

    public required string Number { get; init; }

    public required string Title { get; init; }

    public required AssignmentOrder Order { get; init; }

    public required AssignmentSnapshot Snapshot { get; init; }

    /// <summary>Hash of order and snapshot.</summary>
    public required string Input { get; init; }

    /// <summary>Breaks ties; follows from <see cref="Input"/>.</summary>
    public required string Seed { get; init; }

    /// <summary>By file: the places of its experts as the solver gave them.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Solved { get; init; }

    /// <summary>One an expert: with them anybody can check the bound.</summary>
    public required IReadOnlyList<int> Prices { get; init; }

    public required long Objective { get; init; }

    public required long Bound { get; init; }

    /// <summary>An integer programme has proven that nothing is cheaper, where bound and objective differ.</summary>
    public bool IsProvenByProgramme { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime SolvedAt { get; init; }

    /// <summary>In the order in which they happened.</summary>
    public IReadOnlyList<AssignmentChange> Changes { get; init; } = [];

    /// <summary>SHA-256 of this record as JSON with an empty seal.</summary>
    public string Seal { get; init; } = string.Empty;

    /// <summary>The record of what was found, sealed.</summary>
    /// <param name="at">UTC.</param>
    public static AssignmentRecord Of(string number, string title, AssignmentOrder order, AssignmentSnapshot snapshot, string seed, CertifiedAssignment found, DateTime at)
    {
        ArgumentNullException.ThrowIfNull(found);
        return AssignmentRecordJson.Seal(new AssignmentRecord
        {
            Format = CurrentFormat,
            Number = number,
            Title = title,
            Order = order,
            Snapshot = snapshot,
            Input = AssignmentPlan.HashOf(order, snapshot),
            Seed = seed,
            Solved = found.Solution.Assigned,
            Prices = found.Solution.Prices,
            Objective = found.Certificate.Objective,
            Bound = found.Certificate.Bound,
            IsProvenByProgramme = found.Solution.IsProvenByProgramme,
            SolvedAt = at,
        });
    }

    /// <summary>By file, after all changes.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Assigned()
    {
        var assigned = Solved.ToList();
        foreach (var change in Changes)
        {
            assigned[change.File] = [.. assigned[change.File].Where(e => e != change.Out).Concat(change.In is { } one ? [one] : []).Order()];
        }

        return assigned;
    }
}

/// <summary>A record as a file: JSON written one way only, so that a changed byte shows.</summary>
public static class AssignmentRecordJson
{
    private static readonly JsonSerializerOptions Options = RecordFile.Options(indented: false);

    public static string Write(AssignmentRecord record) => JsonSerializer.Serialize(record, Options);

    /// <summary>What is hashed as the input.</summary>
    public static string WriteInput(AssignmentOrder order, AssignmentSnapshot snapshot) => JsonSerializer.Serialize(new { Order = order, Snapshot = snapshot }, Options);

    /// <exception cref="JsonException">Not a record of an assignment.</exception>
    public static AssignmentRecord Read(string json) => RecordFile.Read<AssignmentRecord>(json, Options);

    /// <summary>The record with the seal that belongs to it.</summary>
    public static AssignmentRecord Seal(AssignmentRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record with { Seal = SealOf(record) };
    }

    public static string SealOf(AssignmentRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return RecordFile.Hash(Write(record with { Seal = string.Empty }));
    }
}
