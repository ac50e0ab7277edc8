using System.Text;
using Applications.Data.Draws;
using Applications.Data.Experts;
using Applications.Data.Workflow;
using Applications.Domain.Identifiers;
using Applications.Domain.Organisations;
using Applications.Domain.Programmes;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Data.Seed;

/// <summary>Plants the demonstration data on an empty database: organisations, accounts, enterprises, experts, an open batch. All of it is fictional.</summary>
public static class DemoSeed
{
    /// <summary>The smallest document a reader opens; every demonstration attachment is this one.</summary>
    private const string DemoPdf =
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

    public static async Task PlantAsync(IServiceProvider services, string workflows, Func<Stream, Task<DemoFile>> store, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(store);
        var db = services.GetRequiredService<ApplicationsDbContext>();
        if (await db.Users.AnyAsync(ct))
        {
            return;
        }

        var now = UtcMilliseconds.Cut(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        var catalog = services.GetRequiredService<DefinitionCatalog>();
        var samples = DefinitionFolders.Find(workflows).ToDictionary(f => f.Key, f => SampleApplication.Parse(f.Read(SampleApplication.FileName), SampleApplication.FileName));

        var bureaus = Bureaus();
        db.Organisations.AddRange(bureaus);
        var enterprises = DemoEnterprises.Make(samples[DemoPlan.All[0].Programme], bureaus, now);
        db.Enterprises.AddRange(enterprises);
        var experts = DemoExperts.Make(enterprises, services.GetRequiredService<PersonalSecrets>(), now);
        db.Experts.AddRange(experts);
        var users = DemoUsers.Make(bureaus, enterprises, experts, now);
        DemoExperts.Measure(experts, users.Single(u => u.UserName == "zhuanjiaku"), users.Single(u => u.UserName == "chuzhang"), now);
        db.Users.AddRange(users);
        await db.SaveChangesAsync(ct);

        using var pdf = new MemoryStream(Encoding.ASCII.GetBytes(DemoPdf));
        var file = await store(pdf);
        db.Evidence.AddRange(enterprises.SelectMany((e, i) => DemoRecords.EvidenceOf(e, i, file, now)));
        await db.SaveChangesAsync(ct);
        var flow = new DemoFlow(services);
        var posts = await db.Users.AsNoTracking().Where(u => u.Role == Roles.Officer || u.Role == Roles.Head).ToDictionaryAsync(u => u.UserName!, u => u.Id, ct);
        var draws = new DemoDraws(db, flow, services.GetRequiredService<DrawPool>(), services.GetRequiredService<NumberAllocator>(), posts);
        var assignments = new DemoAssignments(db, flow, services.GetRequiredService<AssignmentPool>(), services.GetRequiredService<NumberAllocator>(), posts);
        var sheets = new DemoSheets(db, flow, new PanelStore(db, flow.Host, services.GetRequiredService<AssignmentPool>()));
        foreach (var plans in DemoPlan.All.GroupBy(p => p.Programme))
        {
            var edition = catalog.Editions[plans.Key];
            var reviews = new DemoReviews(db, flow, edition, experts, draws, assignments, sheets);
            await new DemoBatches(db, flow, reviews, edition, samples[plans.Key], bureaus, enterprises, file).PlantAsync(plans, now, ct);
        }

        await new DemoMeetings(db, services.GetRequiredService<NumberAllocator>()).PlantAsync(now, ct);
        db.Enterprises.Attach(enterprises[DemoTexts.Copier]);
        DemoRecords.Change(enterprises[DemoTexts.Copier], now.AddHours(-20));
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();

        // Letters of the past have long been sent.
        var past = now.AddDays(-3);
        await db.Outbox.Where(o => o.CreatedAt < past).ExecuteUpdateAsync(set => set.SetProperty(o => o.DoneAt, now), ct);
        await db.Timers.Where(t => t.DueAt <= now).ExecuteUpdateAsync(set => set.SetProperty(t => t.DoneAt, now), ct);
    }

    private static List<Organisation> Bureaus()
    {
        var department = Make(OrganisationKind.Department, "省工业和信息化厅（演示）", DivisionCodes.Shandong, null);
        List<Organisation> all =
        [
            department,
            Make(OrganisationKind.Division, "科技处（演示）", DivisionCodes.Shandong, department.Id),
            Make(OrganisationKind.Division, "政策法规处（演示）", DivisionCodes.Shandong, department.Id),
        ];
        foreach (var city in DivisionCodes.Cities)
        {
            var bureau = Make(OrganisationKind.CityBureau, $"{city.Name}工业和信息化局（演示）", city.Code, department.Id);
            all.Add(bureau);
            all.AddRange(DivisionCodes.CountiesOf(city.Code)
                .Select(county => Make(OrganisationKind.CountyBureau, $"{county.Name}工业和信息化局（演示）", county.Code, bureau.Id)));
        }

        return all;
    }

    private static Organisation Make(OrganisationKind kind, string name, string code, Guid? parent) =>
        new() { Id = Guid.CreateVersion7(), Kind = kind, Name = name, DivisionCode = code, ParentId = parent };
}
