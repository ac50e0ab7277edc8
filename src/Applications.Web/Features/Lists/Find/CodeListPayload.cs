using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Applications.Domain.Common;
using Applications.Domain.Forms;
using Applications.Domain.Forms.Lists;

namespace Applications.Web.Features.Lists.Find;

/// <summary>A code list as the page's script reads it: rows of code, name, the code above, and the label of what may be chosen. Made once.</summary>
public sealed record CodeListPayload(byte[] Json, byte[] Zipped, string Hash)
{
    public const string ContentType = "application/json";

    private const int HashLength = 12;

    private static readonly ConcurrentDictionary<string, CodeListPayload> Made = new(StringComparer.Ordinal);

    public static CodeListPayload Of(CodeList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return Made.GetOrAdd(list.Id, _ => Make(list));
    }

    /// <summary>Where the script of a field finds its list.</summary>
    public static string? AddressOf(FieldDefinition field) => AddressOf(field?.List);

    public static string? AddressOf(string? id) => CodeLists.Find(id) is { } list ? $"/lists/{list.Id}?handler=Entries&v={Of(list).Hash}" : null;

    private static CodeListPayload Make(CodeList list)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(
            new { entries = list.Entries.Select(e => new[] { e.Code, e.Name, e.Parent?.Code, list.IsChoosable(e) ? list.LabelOf(e) : null }) }, DefinitionJson.Options);
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.SmallestSize))
        {
            gzip.Write(json);
        }

        return new CodeListPayload(json, zipped.ToArray(), Convert.ToHexStringLower(SHA256.HashData(json))[..HashLength]);
    }
}
