using Applications.BrowserTests.Support;
using Microsoft.EntityFrameworkCore;

namespace Applications.BrowserTests;

/// <summary>Draws the README's pictures anew. Only on request, and best alone: <c>APPLICATIONS_TEST_PICTURES=1</c> and <c>-class</c> with this class's name.</summary>
[Collection(SiteCollection.Name)]
public sealed class PictureTests(Site site) : BrowserTest(site)
{
    private const int MostBytes = 250_000;

    [Fact]
    public async Task Pictures_AreDrawn()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("APPLICATIONS_TEST_PICTURES") == "1", "APPLICATIONS_TEST_PICTURES is not 1");
        var officer = await AsAsync("jingban");
        await DrawAsync(officer, "desk");
        var underReview = await Site.ReadAsync(db => db.Applications.Where(a => a.Stage == "review" && a.Result == null).OrderBy(a => a.Number).Select(a => a.Id).FirstAsync());
        await officer.OpenAsync($"/cases/{underReview}");
        await DrawAsync(officer, "case");
    }

    private static async Task DrawAsync(Visitor visitor, string name)
    {
        var path = Path.Combine(Folder(), $"{name}.png");
        await visitor.Page.ScreenshotAsync(new() { Path = path });
        Assert.InRange(new FileInfo(path).Length, 1, MostBytes);
    }

    /// <summary>In the sources, found from where the tests run.</summary>
    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (folder.GetFiles("Applications.BrowserTests.csproj").Length > 0)
            {
                return Path.Combine(folder.FullName, "pictures");
            }
        }

        throw new DirectoryNotFoundException("The tests do not run inside their project.");
    }
}
