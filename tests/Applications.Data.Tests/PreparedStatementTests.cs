using Applications.Data.Providers.Postgres;
using Applications.Testing;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Applications.Data.Tests;

/// <summary>PostgreSQL parses and plans a statement once a connection, unless whoever runs the system asked otherwise.</summary>
public sealed class PreparedStatementTests
{
    [Fact]
    public async Task Query_UsedAgain_IsPrepared()
    {
        Assert.SkipWhen(TestDatabases.Unavailable(TestDatabases.Postgres) is not null, "PostgreSQL is missing.");
        await using var host = await AppHost.StartAsync(TestDatabases.Postgres);

        var prepared = await host.InScopeAsync(async (_, db) =>
        {
            await db.Database.OpenConnectionAsync();
            for (var i = 0; i < 3; i++)
            {
                await db.Organisations.AsNoTracking().CountAsync(o => o.DivisionCode == "370100");
            }

            return await db.Database.SqlQueryRaw<string>("SELECT statement AS \"Value\" FROM pg_prepared_statements").ToListAsync();
        });

        Assert.Contains(prepared, s => s.Contains("organisations", StringComparison.Ordinal) && s.Contains("DivisionCode", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Host=here;Max Auto Prepare=0", 0)]
    [InlineData("Host=here;MaxAutoPrepare=7", 7)]
    public async Task Configure_WhatTheConnectionStringSays_Stands(string given, int expected)
    {
        var options = new DbContextOptionsBuilder<PostgresDbContext>();
        PostgresDbContext.Configure(options, given);
        await using var db = new PostgresDbContext(options.Options);

        Assert.Equal(expected, new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()).MaxAutoPrepare);
    }
}
