using System.Globalization;
using Applications.Data.Providers.Postgres;
using Applications.Data.Providers.Sqlite;
using Applications.Data.Providers.SqlServer;
using Applications.Domain.Experts;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Data.Tests;

/// <summary>A database that is in use can be brought to the newest version, and its rows can be read afterwards.</summary>
public sealed class UpgradeTests
{
    private const string BeforeThePool = "AddSimilarity";

    public static TheoryData<string> Providers => [TestDatabases.Sqlite, TestDatabases.Postgres, TestDatabases.SqlServer];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Experts_OfBeforeThePool_AreAskedForTheRest(string provider)
    {
        Assert.SkipWhen(TestDatabases.Unavailable(provider) is not null, TestDatabases.Unavailable(provider) ?? "");
        await using var database = await TestDatabases.CreateAsync(provider);
        await using var services = new ServiceCollection().AddLogging()
            .AddApplicationsData(Enum.Parse<DatabaseProvider>(provider, ignoreCase: true), database.ConnectionString).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>();
        await db.GetService<IMigrator>().MigrateAsync(BeforeThePool);
        foreach (var (name, active) in new[] { ("李\"工", true), ("王工", false) })
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO experts ("Id", "Name", "Employer", "EmployerUscc", "Title", "Category", "Fields", "CityCode", "IsActive")
                VALUES ({Guid.NewGuid()}, {name}, {"山东大学"}, {null as string}, {"教授"}, {"技术"}, {"C34,C35"}, {"370100"}, {active})
                """);
        }

        await db.Database.MigrateAsync();

        var experts = await db.Experts.AsNoTracking().OrderBy(e => e.Status).ToListAsync();
        Assert.Equal([ExpertStatus.Removed, ExpertStatus.Returned], experts.Select(e => e.Status));
        Assert.Equal("李\"工", experts[1].Profile.Name);
        Assert.Equal(["C34", "C35"], experts[1].Profile.Fields);
        Assert.Empty(experts[1].Ratings);
        Assert.Empty(experts[1].Interests.Ties);
        Assert.Null(experts[1].Secrets.Phone);
        Assert.NotNull(experts[1].DecisionNote);
    }

    [Fact]
    public void Column_AddedToATableThatHasRows_StartsWithAValueThatCanBeRead()
    {
        using ApplicationsDbContext sqlite = new SqliteDesignTimeFactory().CreateDbContext([]);
        using ApplicationsDbContext postgres = new PostgresDesignTimeFactory().CreateDbContext([]);
        using ApplicationsDbContext sqlServer = new SqlServerDesignTimeFactory().CreateDbContext([]);
        foreach (var db in new[] { sqlite, postgres, sqlServer })
        {
            var added = 0;
            foreach (var (column, property) in Added(db))
            {
                added++;
                var first = column.DefaultValueSql?.Trim('\'') ?? Convert.ToString(column.DefaultValue, CultureInfo.InvariantCulture) ?? "";
                Assert.True(CanBeRead(property, first), $"{db.GetType().Name}: {column.Table}.{column.Name} starts as '{first}', which cannot be read as {property.ClrType.Name}.");
            }

            Assert.True(added > 10, $"Only {added} columns were found.");
        }
    }

    private static IEnumerable<(AddColumnOperation Column, IProperty Property)> Added(ApplicationsDbContext db)
    {
        var migrations = db.GetService<IMigrationsAssembly>();
        var columns = db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.SelectMany(t => t.Columns).ToDictionary(c => (c.Table.Name, c.Name));
        return from type in migrations.Migrations.Values
               from operation in migrations.CreateMigration(type, db.Database.ProviderName!).UpOperations.OfType<AddColumnOperation>()
               where !operation.IsNullable && columns.ContainsKey((operation.Table, operation.Name))
               select (operation, columns[(operation.Table, operation.Name)].PropertyMappings[0].Property);
    }

    private static bool CanBeRead(IProperty property, string text)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Contains(text);
        }

        if (type == typeof(string) || property.GetTypeMapping().Converter?.ProviderClrType != typeof(string))
        {
            return true;
        }

        return text is "[]" or "{}";
    }
}
