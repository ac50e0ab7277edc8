using Applications.Domain.Common;
using Applications.Web.Files;

namespace Applications.Web.Infrastructure.Workbooks;

/// <summary>Keeps a table between the look at it and its taking over: both steps work on the same bytes.</summary>
public sealed class SheetUploads(IFileStore store)
{
    /// <returns>The hash by which <see cref="OpenAsync"/> finds it again.</returns>
    /// <exception cref="RuleBrokenException"><c>file-empty</c>, <c>file-too-large</c>.</exception>
    public async Task<string> KeepAsync(IFormFile? upload, CancellationToken ct)
    {
        if (upload is null)
        {
            throw new RuleBrokenException("file-empty", "请选择要导入的表格。", "Upload");
        }

        await using var content = upload.OpenReadStream();
        try
        {
            return (await store.SaveAsync(content, WorkbookReader.MostBytes, ct)).Sha256;
        }
        catch (FileTooLargeException)
        {
            throw new RuleBrokenException("file-too-large", $"表格超过 {WorkbookReader.MostBytes / 1024 / 1024} MB，请删去多余的内容或分批导入。", "Upload");
        }
    }

    /// <exception cref="RuleBrokenException"><c>file-gone</c>, and those of <see cref="WorkbookReader"/>.</exception>
    public async Task<Workbook> OpenAsync(string? sha256, CancellationToken ct)
    {
        await using var content = sha256 is { Length: 64 } hash && hash.All(char.IsAsciiHexDigitLower) ? store.Open(hash) : null;
        if (content is null)
        {
            throw new RuleBrokenException("file-gone", "表格已失效，请重新选择。", "Upload");
        }

        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, ct);
        copy.Position = 0;
        return WorkbookReader.Read(copy);
    }
}
