using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Applications.Domain.Reviews;

/// <summary>Records that anybody may check: JSON written one way only and read strictly, so that a changed byte shows.</summary>
internal static class RecordFile
{
    public static JsonSerializerOptions Options(bool indented) => new(JsonSerializerDefaults.Web)
    {
        WriteIndented = indented,
        NewLine = "\n",
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <exception cref="JsonException">Not a record of this kind.</exception>
    public static T Read<T>(string json, JsonSerializerOptions options)
    {
        using (var document = JsonDocument.Parse(json))
        {
            RefuseNullItems(document.RootElement);
        }

        return JsonSerializer.Deserialize<T>(json, options) ?? throw new JsonException("The file is empty.");
    }

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

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
}
