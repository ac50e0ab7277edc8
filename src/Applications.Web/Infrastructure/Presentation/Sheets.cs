using Applications.Web.Infrastructure.Workbooks;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Infrastructure.Presentation;

/// <summary>Lists as Excel files.</summary>
public static class Sheets
{
    /// <param name="name">The file's name without its ending.</param>
    /// <param name="rows">One dictionary a row; the keys are the headings. Moments in UTC are written in China's time, dates and numbers as such, so that they can be sorted and counted.</param>
    public static async Task<FileStreamResult> FileAsync(string name, IEnumerable<Dictionary<string, object?>> rows, CancellationToken ct)
    {
        var all = rows.ToList();
        IReadOnlyList<string> headings = all.Count == 0 ? [] : [.. all[0].Keys];
        List<IReadOnlyList<CellContent>> lines = [[.. headings.Select(h => new CellContent(h, CellLook.Heading))]];
        lines.AddRange(all.Select(r => (IReadOnlyList<CellContent>)[.. headings.Select(h => ContentOf(r.GetValueOrDefault(h)))]));
        return File(name, await WorkbookWriter.WriteAsync([new SheetContent(name, lines)], ct));
    }

    private static CellContent ContentOf(object? value) => value is DateTime at ? new(ChinaTime.Local(at), CellLook.Moment) : new(value);

    public static FileStreamResult File(string name, Stream content) => new(content, Workbook.ContentType) { FileDownloadName = $"{name}.xlsx" };
}
