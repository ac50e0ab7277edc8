using Applications.Data;
using Applications.Data.Calendars;
using Applications.Data.Outbox;
using Applications.Data.Seed;
using Applications.Data.Workflow;
using Applications.Domain.Calendars;
using Applications.Web.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Applications.Web.Infrastructure.Startup;

/// <summary>Brings database and definitions up to date before the first request.</summary>
public static class Preparation
{
    public static async Task PrepareAsync(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>();
        await app.MigrateAsync(db);
        await scope.ServiceProvider.GetRequiredService<DefinitionPublisher>().PublishAsync(app.WorkflowsFolder(), CancellationToken.None);

        if (app.IsDemonstration())
        {
            var files = app.Services.GetRequiredService<IFileStore>();
            await DemoSeed.PlantAsync(
                scope.ServiceProvider,
                app.WorkflowsFolder(),
                content => KeepAsync(files, content),
                CancellationToken.None);
            app.Lifetime.ApplicationStarted.Register(() => Welcome.Print(app));
        }

        // After the demonstration, which brings organisations of its own.
        await ReferenceData.PlantAsync(db, CancellationToken.None);
    }

    /// <summary>Whether an empty database is to be filled with demonstration data.</summary>
    public static bool IsDemonstration(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return !app.Environment.IsProduction() && (app.Environment.IsDevelopment() || app.Services.GetRequiredService<IOptions<SiteSettings>>().Value.Demo);
    }

    private static async Task<DemoFile> KeepAsync(IFileStore files, Stream content)
    {
        var kept = await files.SaveAsync(content, long.MaxValue, CancellationToken.None);
        return new DemoFile(kept.Sha256, kept.Size);
    }

    /// <summary>Migrates and, on an empty calendar, enters the State Council's holidays.</summary>
    public static async Task MigrateAsync(this WebApplication app, ApplicationsDbContext db)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(db);
        await db.Database.MigrateAsync();
        if (!await db.Calendar.AnyAsync())
        {
            db.Calendar.AddRange(ChineseHolidays.All.Select(d => new CalendarRow { Date = d.Date, IsWorkday = d.IsWorkday, Note = d.Note }));
            await db.SaveChangesAsync();
            app.Services.GetRequiredService<CalendarSource>().Forget();
        }
    }
}
