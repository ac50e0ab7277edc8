using Applications.Data;
using Applications.Data.Accounts;
using Applications.Data.Seed;
using Applications.Domain.Workflow;
using Microsoft.AspNetCore.Identity;

namespace Applications.Web.Infrastructure.Startup;

/// <summary>What the program can do instead of serving: <c>migrate</c>, <c>create-admin</c>, <c>seal-audit</c>, <c>verify-trail</c>, <c>compare-texts</c>; <c>verify-draw</c> (<see cref="DrawCommands"/>) runs before anything is set up.</summary>
public static class CommandLine
{
    /// <summary>Runs the command named by the first argument. Null when there is none and the program should serve.</summary>
    public static async Task<int?> RunCommandAsync(this WebApplication app, string[] args)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(args);
        switch (args.FirstOrDefault())
        {
            case "migrate":
                await using (var scope = app.Services.CreateAsyncScope())
                {
                    await MigrateAndPlantAsync(app, scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>());
                }

                return 0;
            case "create-admin":
                return await CreateAdminAsync(app, args);
            case "seal-audit":
                return await TrailCommands.SealAsync(app);
            case "verify-trail":
                return await TrailCommands.VerifyAsync(app);
            case "compare-texts":
                return await SimilarityCommands.CompareAsync(app, args);
            case { } unknown when !unknown.StartsWith('-'):
                await Console.Error.WriteLineAsync($"Unknown command '{unknown}'. Known: migrate, create-admin, seal-audit, verify-trail, compare-texts, verify-draw.");
                return 2;
            default:
                return null;
        }
    }

    private static async Task<int> CreateAdminAsync(WebApplication app, string[] args)
    {
        if (Option(args, "--user") is not { } name || Option(args, "--email") is not { } email)
        {
            await Console.Error.WriteLineAsync("Usage: create-admin --user NAME --email ADDRESS   (the password is asked for, or read from standard input)");
            return 2;
        }

        await using var scope = app.Services.CreateAsyncScope();
        await MigrateAndPlantAsync(app, scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>());
        var user = new AppUser
        {
            Id = Guid.CreateVersion7(),
            UserName = name,
            Email = email,
            EmailConfirmed = true,
            DisplayName = name,
            Role = Roles.Admin,
            LockoutEnabled = true,
            CreatedAt = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime,
        };
        var result = await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().CreateAsync(user, ReadPassword());
        foreach (var error in result.Errors)
        {
            await Console.Error.WriteLineAsync(error.Description);
        }

        return result.Succeeded ? 0 : 1;
    }

    private static async Task MigrateAndPlantAsync(WebApplication app, ApplicationsDbContext db)
    {
        await app.MigrateAsync(db);
        if (!app.IsDemonstration())
        {
            await ReferenceData.PlantAsync(db, CancellationToken.None);
        }
    }

    private static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;

    private static string ReadPassword()
    {
        if (Console.IsInputRedirected)
        {
            return Console.ReadLine() ?? string.Empty;
        }

        Console.Write("Password: ");
        var password = new System.Text.StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                password.Length = Math.Max(0, password.Length - 1);
            }
            else
            {
                password.Append(key.KeyChar);
            }
        }

        Console.WriteLine();
        return password.ToString();
    }
}
