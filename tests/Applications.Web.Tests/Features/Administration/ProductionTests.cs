using System.Diagnostics;
using Applications.Data;
using Applications.Domain.Organisations;
using Applications.Domain.Workflow;
using Applications.Testing;
using Applications.Testing.Databases;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Features.Administration;

/// <summary>From an empty database to the first log-in of a bureau, without demonstration data, by the program's own commands.</summary>
public sealed class ProductionTests
{
    private const string AdminPassword = "Anfang2026x";

    public static TheoryData<string> Providers => [TestDatabases.Sqlite, TestDatabases.Postgres];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Production_EmptyDatabase_IsRunByTheFirstAdministrator(string provider)
    {
        if (TestDatabases.Unavailable(provider) is { } reason)
        {
            Assert.Skip(reason);
        }

        await using var database = await TestDatabases.CreateAsync(provider);
        var root = Directory.CreateTempSubdirectory("applications-production-").FullName;
        var (made, _) = await RunAsync(database, root, AdminPassword, "create-admin", "--user", "leiter", "--email", "leiter@test.example");
        Assert.Equal(0, made);

        await using (var host = new ProductionHost(database, root))
        {
            var admin = new FormClient(host.CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://localhost") }));
            Assert.EndsWith("/desk", (await admin.LogInAsync("leiter", AdminPassword)).Url, StringComparison.Ordinal);
            var cities = await QueryAsync(host, db => db.Organisations.Where(o => o.Kind == OrganisationKind.CityBureau).ToListAsync());
            Assert.Equal(16, cities.Count);
            Assert.Equal(17, await QueryAsync(host, db => db.Organisations.CountAsync()));
            Assert.All(cities, c => Assert.DoesNotContain("演示", c.Name, StringComparison.Ordinal));
            Assert.Equal(1, await QueryAsync(host, db => db.Users.CountAsync()));

            var jinan = cities.Single(c => c.DivisionCode == "370100");
            var password = await admin.CreateAccountAsync(Roles.City, "jinan", ("Input.UnitId", jinan.Id.ToString()));
            var city = new FormClient(host.CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://localhost") }));
            var settings = await city.LogInAsync("jinan", password);
            var desk = await city.PostAsync(settings, "form[action*=Password]", ("current", password), ("next", "Jinan2026x"));
            Assert.EndsWith("/desk", desk.Url, StringComparison.Ordinal);
            Assert.Contains("济南市工业和信息化局", (await admin.GetAsync("/admin/accounts?q=jinan")).Text(), StringComparison.Ordinal);

            await QueryAsync(host, db => db.Audit.ExecuteUpdateAsync(set => set.SetProperty(a => a.At, a => a.At.AddMinutes(-5))));
        }

        var (sealing, sealWords) = await RunAsync(database, root, null, "seal-audit");
        var (whole, wholeWords) = await RunAsync(database, root, null, "verify-trail");
        Assert.True(sealing == 0 && whole == 0, sealWords + wholeWords);
        Assert.Contains("The trail is whole.", wholeWords, StringComparison.Ordinal);

        await using (var host = new ProductionHost(database, root))
        {
            await QueryAsync(host, db => db.Audit.Where(a => a.SealNumber == 2).ExecuteUpdateAsync(set => set.SetProperty(a => a.Ip, "1.2.3.4")));
        }

        var (broken, brokenWords) = await RunAsync(database, root, null, "verify-trail");
        Assert.Equal(1, broken);
        Assert.Contains("First fault of the audit chain: 2", brokenWords, StringComparison.Ordinal);
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task Demonstration_StartedTwice_HasEachBureauOnce()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);

        Assert.Equal(16, await host.InScopeAsync((_, db) => db.Organisations.CountAsync(o => o.Kind == OrganisationKind.CityBureau)));
        await host.InScopeAsync(async (_, db) =>
        {
            await Data.Seed.ReferenceData.PlantAsync(db, CancellationToken.None);
            return 0;
        });
        Assert.Equal(16, await host.InScopeAsync((_, db) => db.Organisations.CountAsync(o => o.Kind == OrganisationKind.CityBureau)));
    }

    /// <summary>Runs one of the program's commands as an operator does.</summary>
    private static async Task<(int ExitCode, string Output)> RunAsync(TestDatabase database, string root, string? input, params string[] command)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Applications.Web.dll"), .. command])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Storage__Root"] = root;
        start.Environment["Database__Provider"] = database.Provider;
        start.Environment["ConnectionStrings__Applications"] = database.ConnectionString;
        using var process = Process.Start(start)!;
        if (input is not null)
        {
            await process.StandardInput.WriteLineAsync(input);
        }

        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private static async Task<T> QueryAsync<T>(ProductionHost host, Func<ApplicationsDbContext, Task<T>> query)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>());
    }

    /// <summary>The program as it runs at the customer's, on a database that outlives it.</summary>
    private sealed class ProductionHost(TestDatabase database, string root) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            builder.UseSetting("Storage:Root", root);
            builder.UseSetting("Database:Provider", database.Provider);
            builder.UseSetting("ConnectionStrings:Applications", database.ConnectionString);
            builder.UseSetting("Jobs:Enabled", "false");
            builder.UseSetting("Logging:LogLevel:Default", "Warning");
        }
    }
}
