using Applications.Data;
using Applications.Domain.Cases;
using Applications.Domain.Trail;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Applications.Benchmarks.Bulk;

/// <summary>Large numbers of cases out of the genuine ones of the demonstration data, with everything that hangs on a case.</summary>
internal static class BulkCases
{
    /// <summary>Copies of all submitted cases, spread over the time before them. PostgreSQL only.</summary>
    public static async Task AddSubmittedAsync(ApplicationsDbContext db, int count)
    {
        var sources = await db.Applications.Where(a => a.SubmittedAt != null && !a.Number!.StartsWith(Prefix)).OrderBy(a => a.Id).Select(a => a.Id).ToListAsync();
        var copier = new RowCopier(db, TestDatabases.Postgres);
        await copier.PlanAsync(sources, count);
        var taken = await db.Applications.CountAsync(a => a.Number!.StartsWith(Prefix));
        await copier.CopyAsync<Domain.Cases.Application>(
            "Id", "", "",
            ("Id", "c.id"),
            ("Number", $"'{Prefix}' || (c.n + {taken})"),
            ("EnterpriseName", "t.\"EnterpriseName\" || c.n"),
            ("SubmittedAt", $"t.\"SubmittedAt\" - (c.n + {taken}) * interval '1 minute'"));
        await CopyPartsAsync(copier);
        await copier.RunAsync("ANALYZE");
    }

    /// <summary>Copies of one case at the step where it stands.</summary>
    /// <returns>The copies' ids.</returns>
    public static async Task<IReadOnlyList<Guid>> AddCopiesAsync(ApplicationsDbContext db, string provider, Guid source, int count)
    {
        var copier = new RowCopier(db, provider);
        await copier.PlanAsync([source], count);
        await copier.CopyAsync<Domain.Cases.Application>("Id", "", "", ("Id", "c.id"), ("Number", $"'{Prefix}' || c.n"));
        await CopyPartsAsync(copier);
        await copier.RunAsync("ANALYZE");
        return await db.Database.SqlQueryRaw<Guid>("SELECT id AS \"Value\" FROM copies").ToListAsync();
    }

    /// <summary>
    /// Copies of the demonstration's draft for <paramref name="enterprises"/> in turn. All of them get the record the draft was filled from, so
    /// that every copy may be submitted.
    /// </summary>
    public static async Task AddDraftsAsync(ApplicationsDbContext db, string provider, Guid draft, IReadOnlyList<Guid> enterprises, int count)
    {
        var copier = new RowCopier(db, provider);
        var owners = string.Join(", ", enterprises.Select(id => $"'{id.ToString().ToUpperInvariant()}'"));
        await copier.PlanAsync([draft], count);
        await copier.RunAsync($"""
            UPDATE enterprises SET
                "Profile" = (SELECT e."Profile" FROM enterprises e JOIN applications a ON a."EnterpriseId" = e."Id" JOIN copies c ON c.source = a."Id" LIMIT 1),
                "Figures" = (SELECT e."Figures" FROM enterprises e JOIN applications a ON a."EnterpriseId" = e."Id" JOIN copies c ON c.source = a."Id" LIMIT 1)
            WHERE "Id" IN ({owners})
            """);
        await copier.RunAsync("DROP TABLE IF EXISTS copy_owners");
        await copier.RunAsync($"""
            CREATE TABLE copy_owners AS
            SELECT row_number() OVER (ORDER BY "Id") - 1 AS i, "Id" AS id, "Name" AS name, "CityId" AS city, "CountyId" AS county
            FROM enterprises WHERE "Id" IN ({owners})
            """);
        var owner = $"JOIN copy_owners o ON o.i = c.n % {enterprises.Count}";
        var holder = provider == TestDatabases.Postgres ? "'applicant:' || replace(o.id::text, '-', '')" : "'applicant:' || lower(replace(o.id, '-', ''))";
        await copier.CopyAsync<Domain.Cases.Application>(
            "Id", "", owner, ("Id", "c.id"), ("EnterpriseId", "o.id"), ("EnterpriseName", "o.name"), ("CityId", "o.city"), ("CountyId", "o.county"),
            ("Holder", holder));
        await copier.CopyAsync<WorkItem>("CaseId", "", owner, ("Id", copier.NewId), ("CaseId", "c.id"), ("Holder", holder), ("Subject", "o.name"));
        await copier.CopyAsync<Attachment>("CaseId", "", "", ("Id", copier.NewId), ("CaseId", "c.id"));
        await copier.CopyAsync<JournalEntry>("SubjectId", "", "", ("SubjectId", "c.id"));
        await copier.RunAsync("ANALYZE");
    }

    private const string Prefix = "COPY-";

    private static async Task CopyPartsAsync(RowCopier copier)
    {
        await copier.CopyAsync<WorkItem>("CaseId", "", "", ("Id", copier.NewId), ("CaseId", "c.id"));
        await copier.CopyAsync<Filing>("CaseId", "", "", ("Id", copier.NewId), ("CaseId", "c.id"));
        await copier.CopyAsync<Attachment>("CaseId", "", "", ("Id", copier.NewId), ("CaseId", "c.id"));
        await copier.CopyAsync<JournalEntry>("SubjectId", "", "", ("SubjectId", "c.id"));
    }
}
