using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using Applications.Web.Infrastructure.Presentation;

namespace Applications.Web.Tests.Infrastructure.Presentation;

/// <summary>Lists as Excel files: what is a date or a number there can be sorted and counted.</summary>
public sealed class SheetsTests
{
    [Fact]
    public async Task File_WithMomentsDatesAndNumbers_HoldsThemAsSuchInChinasTime()
    {
        var file = await Sheets.FileAsync("试", [new() { ["时间"] = new DateTime(2026, 11, 27, 16, 30, 5, DateTimeKind.Utc), ["日期"] = new DateOnly(2026, 11, 28), ["得分"] = 81.25m, ["编号"] = "0012" }], TestContext.Current.CancellationToken);
        using var zip = new ZipArchive(file.FileStream);
        var cells = Load("xl/worksheets/sheet1.xml").Descendants().Where(e => e.Name.LocalName == "row").Last().Elements().ToList();
        var formats = Load("xl/styles.xml").Descendants().Where(e => e.Name.LocalName == "numFmt").Select(e => e.Attribute("formatCode")!.Value).ToList();

        double Number(int column) => double.Parse(cells[column].Value, CultureInfo.InvariantCulture);
        Assert.All(cells.Take(3), c => Assert.True(c.Attribute("t")?.Value is null or "n"));
        Assert.Equal(new DateTime(2026, 11, 28, 0, 30, 5).ToOADate(), Number(0), 7);
        Assert.Equal(new DateTime(2026, 11, 28).ToOADate(), Number(1));
        Assert.Equal(81.25, Number(2));
        Assert.Equal("0012", cells[3].Value);
        Assert.Contains("yyyy-mm-dd hh:mm:ss", formats);
        Assert.Contains("yyyy-mm-dd", formats);

        XDocument Load(string name)
        {
            using var part = zip.GetEntry(name)!.Open();
            return XDocument.Load(part);
        }
    }
}
