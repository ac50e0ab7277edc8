using Microsoft.AspNetCore.Mvc;
using MiniExcelLibs;

namespace Applications.Web.Infrastructure.Presentation;

/// <summary>Lists as Excel files.</summary>
public static class Sheets
{
    private const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <param name="name">The file's name without its ending.</param>
    /// <param name="rows">One dictionary a row; the keys are the headings.</param>
    public static async Task<FileStreamResult> FileAsync(string name, IEnumerable<Dictionary<string, object?>> rows, CancellationToken ct)
    {
        var sheet = new MemoryStream();
        await sheet.SaveAsAsync(rows, cancellationToken: ct);
        sheet.Position = 0;
        return new FileStreamResult(sheet, ContentType) { FileDownloadName = $"{name}.xlsx" };
    }
}
