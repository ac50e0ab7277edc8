namespace Applications.BrowserTests.Support;

/// <summary>
/// What a failed test leaves behind: the last page of each visitor as picture and HTML, in the folder that <c>APPLICATIONS_TEST_SCREENSHOTS</c> names.
/// With <c>APPLICATIONS_TEST_ALBUM=1</c> every page an inspector saw is kept there too.
/// </summary>
internal static class Artefacts
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("APPLICATIONS_TEST_SCREENSHOTS") is { Length: > 0 } folder ? folder : null;

    private static readonly bool Album = Folder is not null && Environment.GetEnvironmentVariable("APPLICATIONS_TEST_ALBUM") == "1";

    public static async Task PhotographAsync(Visitor visitor, string name)
    {
        if (Album)
        {
            await visitor.Page.ScreenshotAsync(new() { Path = PathOf(visitor, name, "png"), FullPage = true });
        }
    }

    /// <summary>Called when a test has failed.</summary>
    public static async Task KeepAsync(Visitor visitor)
    {
        if (Folder is null || visitor.Page.IsClosed)
        {
            return;
        }

        var name = $"failed-{TestContext.Current.TestMethod?.MethodName}";
        await visitor.Page.ScreenshotAsync(new() { Path = PathOf(visitor, name, "png"), FullPage = true });
        await File.WriteAllTextAsync(PathOf(visitor, name, "html"), await visitor.Page.ContentAsync());
    }

    private static string PathOf(Visitor visitor, string name, string extension)
    {
        Directory.CreateDirectory(Folder!);
        return Path.Combine(Folder!, $"{name}-{visitor.Name}{new Uri(visitor.Page.Url).AbsolutePath.Replace('/', '_')}.{extension}");
    }
}
