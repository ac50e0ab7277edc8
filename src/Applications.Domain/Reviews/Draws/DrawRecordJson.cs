using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Applications.Domain.Reviews.Draws;

/// <summary>A record as a file: JSON that can be read and printed, written one way only, so that a changed byte shows.</summary>
public static class DrawRecordJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(DrawRecord record) => JsonSerializer.Serialize(record, Options) + "\n";

    /// <summary>The snapshot of a pool, for keeping until the draw.</summary>
    public static string WritePool(IReadOnlyList<DrawCandidate> pool) => JsonSerializer.Serialize(pool, Options);

    /// <exception cref="JsonException">Not a snapshot.</exception>
    public static IReadOnlyList<DrawCandidate> ReadPool(string json) => JsonSerializer.Deserialize<IReadOnlyList<DrawCandidate>>(json, Options) ?? throw new JsonException("The snapshot is empty.");

    /// <exception cref="JsonException">Not a record of a draw.</exception>
    public static DrawRecord Read(string json)
    {
        using (var document = JsonDocument.Parse(json))
        {
            RefuseNullItems(document.RootElement);
        }

        return JsonSerializer.Deserialize<DrawRecord>(json, Options) ?? throw new JsonException("The file is empty.");
    }

    /// <summary>Nullable annotations do not reach into lists.</summary>
    private static void RefuseNullItems(JsonElement element)
    {
        foreach (var child in element.ValueKind switch
        {
            JsonValueKind.Array => element.EnumerateArray().Select(e => e.ValueKind is JsonValueKind.Null ? throw new JsonException("A list holds an empty item.") : e),
            JsonValueKind.Object => element.EnumerateObject().Select(p => p.Value),
            _ => [],
        })
        {
            RefuseNullItems(child);
        }
    }

    /// <summary>The record with the seal that belongs to it.</summary>
    public static DrawRecord Seal(DrawRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record with { Seal = SealOf(record) };
    }

    public static string SealOf(DrawRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Write(record with { Seal = string.Empty }))));
    }
}
