using System.Text.Json;

namespace Applications.Domain.Reviews.Draws;

/// <summary>A record as a file: JSON that can be read and printed, written one way only, so that a changed byte shows.</summary>
public static class DrawRecordJson
{
    private static readonly JsonSerializerOptions Options = RecordFile.Options(indented: true);

    public static string Write(DrawRecord record) => JsonSerializer.Serialize(record, Options) + "\n";

    /// <summary>The snapshot of a pool, for keeping until the draw.</summary>
    public static string WritePool(IReadOnlyList<DrawCandidate> pool) => JsonSerializer.Serialize(pool, Options);

    /// <exception cref="JsonException">Not a snapshot.</exception>
    public static IReadOnlyList<DrawCandidate> ReadPool(string json) => JsonSerializer.Deserialize<IReadOnlyList<DrawCandidate>>(json, Options) ?? throw new JsonException("The snapshot is empty.");

    /// <exception cref="JsonException">Not a record of a draw.</exception>
    public static DrawRecord Read(string json) => RecordFile.Read<DrawRecord>(json, Options);

    /// <summary>The record with the seal that belongs to it.</summary>
    public static DrawRecord Seal(DrawRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record with { Seal = SealOf(record) };
    }

    public static string SealOf(DrawRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return RecordFile.Hash(Write(record with { Seal = string.Empty }));
    }
}
