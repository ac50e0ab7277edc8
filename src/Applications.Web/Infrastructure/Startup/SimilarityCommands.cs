using Applications.Web.Jobs;

namespace Applications.Web.Infrastructure.Startup;

/// <summary>The command <c>compare-texts</c>.</summary>
internal static class SimilarityCommands
{
    /// <summary>Compares what has not been compared; with <c>--again</c> everything.</summary>
    public static async Task<int> CompareAsync(WebApplication app, string[] args)
    {
        var count = await app.Services.GetRequiredService<CompareTexts>().RunAllAsync(
            args.Contains("--again"), done => Console.WriteLine($"Compared {done} filings."), CancellationToken.None);
        Console.WriteLine($"Done: {count} filings.");
        return 0;
    }
}
