using System.Globalization;
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

    /// <summary>Where a file cannot be read, for people; what the parser says is English and speaks of types.</summary>
    public static string FaultOf(Exception fault, ReadOnlySpan<byte> file)
    {
        const string Remedy = "请在记录页重新下载记录文件，不要用编辑器打开后另存，再上传核验。";
        if (file.IsEmpty || fault is not JsonException { LineNumber: { } line, BytePositionInLine: { } position })
        {
            return $"{(file.IsEmpty ? "文件是空的" : fault is DecoderFallbackException ? "文件不是 UTF-8 编码的文本" : "文件中缺少应有的内容")}。{Remedy}";
        }

        var rest = file;
        for (var i = 0L; i < line && rest.IndexOf((byte)'\n') is >= 0 and var end; i++)
        {
            rest = rest[(end + 1)..];
        }

        var column = Encoding.UTF8.GetCharCount(rest[..(int)Math.Min(position, rest.Length)]) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"第 {line + 1} 行第 {column} 个字符处读不下去：文件不完整，或者被改动过。{Remedy}");
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
