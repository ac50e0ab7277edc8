using Applications.Data.Trail;
using Applications.Domain.Accounts;
using Applications.Web.Jobs;

namespace Applications.Web.Infrastructure.Startup;

/// <summary>The commands <c>seal-audit</c> and <c>verify-trail</c>.</summary>
internal static class TrailCommands
{
    public static async Task<int> SealAsync(WebApplication app)
    {
        var count = await app.Services.GetRequiredService<SealAudit>().ExecuteAsync(CancellationToken.None);
        Console.WriteLine($"Sealed {count} audit events.");
        return 0;
    }

    /// <returns>0 when the trail is whole, 1 when something does not fit.</returns>
    public static async Task<int> VerifyAsync(WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var report = await scope.ServiceProvider.GetRequiredService<TrailChecker>().ExecuteAsync(Actor.System with { Name = "命令行" }, CancellationToken.None);
        Console.WriteLine($"Audit:   {report.Sealed} sealed events, {report.Unsealed} not sealed yet. Head: {(report.HeadHash.Length == 0 ? "none" : report.HeadHash)}");
        Console.WriteLine($"Journal: {report.Entries} entries of {report.Subjects} cases and batches.");
        Print("audit chain", report.AuditFault);
        Print("journal", report.JournalFault);
        Console.WriteLine(report.IsWhole ? "The trail is whole." : "THE TRAIL IS BROKEN.");
        return report.IsWhole ? 0 : 1;
    }

    private static void Print(string what, TrailFault? fault)
    {
        if (fault is not null)
        {
            Console.WriteLine($"First fault of the {what}: {fault.Where} {fault.What}");
        }
    }
}
