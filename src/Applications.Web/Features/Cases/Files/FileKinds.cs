using Applications.Domain.Common;

namespace Applications.Web.Features.Cases.Files;

/// <summary>Recognises a file by its first bytes. A name that promises something else is refused.</summary>
internal static class FileKinds
{
    public const string Pdf = "application/pdf";

    private static readonly (string Extension, string ContentType, byte[] Start)[] Known =
    [
        (".pdf", Pdf, "%PDF-"u8.ToArray()),
        (".png", "image/png", [0x89, 0x50, 0x4E, 0x47]),
        (".jpg", "image/jpeg", [0xFF, 0xD8, 0xFF]),
        (".jpeg", "image/jpeg", [0xFF, 0xD8, 0xFF]),
        (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", [0x50, 0x4B, 0x03, 0x04]),
        (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", [0x50, 0x4B, 0x03, 0x04]),
        (".zip", "application/zip", [0x50, 0x4B, 0x03, 0x04]),
    ];

    /// <summary>The content type; <paramref name="content"/> must be seekable and is left at its start.</summary>
    public static async Task<string> RecogniseAsync(string name, Stream content, IReadOnlyList<string> accept, string field, CancellationToken ct)
    {
        RequireAccepted(name, accept, field);
        var extension = ExtensionOf(name);
        var start = new byte[8];
        var read = await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, ct);
        content.Position = 0;
        if (read == 0)
        {
            throw new RuleBrokenException("file-empty", $"“{name}”是空文件，请重新选择。", field);
        }

        var kind = Array.Find(Known, k => k.Extension == extension);
        if (kind.Start is null || read < kind.Start.Length || !start.AsSpan().StartsWith(kind.Start))
        {
            throw new RuleBrokenException("file-kind", $"“{name}”的内容与扩展名不符或文件已损坏，请重新导出后上传。", field);
        }

        return kind.ContentType;
    }

    /// <exception cref="RuleBrokenException"><c>file-kind</c>: the field does not take files of this ending.</exception>
    public static void RequireAccepted(string name, IReadOnlyList<string> accept, string field)
    {
        if (accept.Count > 0 && !accept.Contains(ExtensionOf(name)))
        {
            throw new RuleBrokenException("file-kind", $"“{name}”的类型不在允许范围内，请上传 {string.Join("、", accept)} 文件。", field);
        }
    }

    private static string ExtensionOf(string name) => Path.GetExtension(name).ToLowerInvariant();
}
