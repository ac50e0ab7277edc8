using System.Diagnostics;
using Applications.Benchmarks.Bulk;
using Applications.Benchmarks.Reporting;
using Applications.Benchmarks.Serving;
using Applications.Data;
using Applications.Data.Draws;
using Applications.Data.Experts;
using Applications.Domain.Calendars;
using Applications.Domain.Enterprises;
using Applications.Domain.Experts;
using Applications.Domain.Experts.Conflicts;
using Applications.Domain.Identifiers;
using Applications.Domain.Reviews.Draws;
using Applications.Testing;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Person = Applications.Domain.Experts.Conflicts.Person;

namespace Applications.Benchmarks;

/// <summary>
/// Every conflict between 3,000 experts and 500 files of as many firms, from the database as a draw reads it: employers, ties, shares, kin, patents, projects, tests and advice. Then the whole
/// snapshot of the pool that a draw commits to.
/// </summary>
internal sealed class ConflictBenchmark : IBenchmark
{
    private const int Experts = 3_000;
    private const int Files = 500;

    public string Name => "conflicts";

    public async Task<IReadOnlyList<Figure>> RunAsync(WebProgram program)
    {
        await using var host = new AppHost(await TestDatabases.CreateAsync(TestDatabases.Sqlite));
        var files = await host.InScopeAsync((_, db) => FillAsync(db));
        var day = ChinaTime.Today(TimeProvider.System);
        _ = await FindAsync(host, files, day);
        var (reading, checking, pairs) = await FindAsync(host, files, day);
        if (pairs < Files)
        {
            throw new InvalidOperationException($"Its speed does not matter: {pairs} pairs in conflict.");
        }

        var (whole, pool) = await host.InScopeAsync(async (services, _) =>
        {
            var clock = Stopwatch.StartNew();
            var snapshot = await services.GetRequiredService<DrawPool>().TakeAsync([new DrawGroup("1", "第1组", files)], [], day, CancellationToken.None);
            return (clock.Elapsed.TotalSeconds, snapshot.Count);
        });
        return
        [
            new($"conflicts of {Experts:N0} experts with {Files} files, SQLite", reading + checking, "s", Bound.AtMost, 5),
            new("  reading the facts", reading, "s"),
            new("  every rule on every pair", checking, "s"),
            new("  pairs in conflict", pairs, ""),
            new($"  the whole snapshot of a draw, {pool:N0} of them in the pool", whole, "s"),
        ];
    }

    private static Task<(double Reading, double Checking, int Pairs)> FindAsync(AppHost host, IReadOnlyList<Guid> files, DateOnly day) => host.InScopeAsync(async (services, db) =>
    {
        var clock = Stopwatch.StartNew();
        var experts = await db.Experts.AsNoTracking().Where(Expert.InPoolOn(day)).ToListAsync();
        var table = await services.GetRequiredService<ConflictFacts>().ForAsync(experts, await db.Applications.AsNoTracking().Where(a => files.Contains(a.Id)).ToListAsync(), CancellationToken.None);
        var reading = clock.Elapsed.TotalSeconds;
        clock.Restart();
        var pairs = files.Sum(f => experts.Count(e => table.Between(e.Id, f, day).Count > 0));
        return (reading, clock.Elapsed.TotalSeconds, pairs);
    });

    /// <summary>Firms of their own for copies of a filed application, and experts of the demonstration's kind with a few ties each.</summary>
    private static async Task<IReadOnlyList<Guid>> FillAsync(ApplicationsDbContext db)
    {
        var random = new Random(20261128);
        var now = DateTime.UtcNow;
        var like = await db.Enterprises.AsNoTracking().OrderBy(e => e.Id).FirstAsync();
        var firms = Enumerable.Range(0, Files).Select(i =>
        {
            var (uscc, name) = (Uscc.Synthetic("370100", 5_000 + i).Value, $"基准企业{i:000}有限公司");
            return new Enterprise
            {
                Id = Guid.CreateVersion7(),
                Uscc = uscc,
                Name = name,
                CityId = like.CityId,
                CountyId = like.CountyId,
                Profile = like.Profile with { Uscc = uscc, Name = name, LegalRepresentative = $"法人{i:000}" },
                Figures = like.Figures,
                UpdatedAt = now,
                Version = Guid.NewGuid(),
            };
        }).ToList();
        db.Enterprises.AddRange(firms);
        var source = await db.Experts.AsNoTracking().Where(e => e.Status == ExpertStatus.InPool && e.Category == "技术").OrderBy(e => e.Id).FirstAsync();
        var day = ChinaTime.DateOf(now);
        db.Experts.AddRange(Enumerable.Range(await db.Experts.CountAsync(), Experts).Select(i =>
        {
            var employer = random.Next(40) == 0 ? new Unit(firms[random.Next(Files)].Uscc, "某企业") : new Unit(Uscc.Synthetic("370200", random.Next(900)).Value, $"基准单位{i % 900}");
            var profile = source.Profile with { Name = $"基准专家{i:0000}", Employer = employer.Name, EmployerUscc = employer.Uscc };
            var expert = Expert.Apply(Guid.CreateVersion7(), profile, InterestsOf(random, firms, day), "本人申请", now.AddDays(-60));
            expert.Approve(new PoolRules(), day.AddDays(-30), "基准", "基准", now.AddDays(-30));
            return expert;
        }));
        await db.SaveChangesAsync();
        var one = await db.Applications.AsNoTracking().Where(a => a.SubmittedAt != null).OrderBy(a => a.Id).Select(a => a.Id).FirstAsync();
        var files = await BulkCases.AddCopiesAsync(db, TestDatabases.Sqlite, one, Files);
        foreach (var (file, firm) in files.Zip(firms))
        {
            await db.Applications.Where(a => a.Id == file).ExecuteUpdateAsync(s => s.SetProperty(a => a.EnterpriseId, firm.Id).SetProperty(a => a.EnterpriseName, firm.Name));
        }

        return files;
    }

    /// <summary>About as much as a careful expert declares: two ties, a relative, three works, a test or an advice.</summary>
    private static ExpertInterests InterestsOf(Random random, List<Enterprise> firms, DateOnly day)
    {
        // Most of what experts declare is with firms that do not apply.
        Unit Any(int number) => random.Next(6) == 0 && firms[random.Next(firms.Count)] is var firm ? new Unit(firm.Uscc, firm.Name) : new Unit(Uscc.Synthetic("370300", number).Value, $"他企{number}");
        Tie TieOf(TieKind kind) => new(kind, Any(random.Next(5_000)), day.AddMonths(-random.Next(6, 80)), random.Next(2) == 0 ? null : day.AddMonths(-random.Next(60)));
        return new ExpertInterests
        {
            Ties = [TieOf(TieKind.Advisory), TieOf(TieKind.Shareholding)],
            Relatives = [new Relative(new Person(null, $"亲属{random.Next(3_000)}"), "配偶", [TieOf(TieKind.Employment)])],
            Works =
            [
                new SharedWork(WorkKind.Patent, "一种装置", day.AddYears(random.Next(-4, 12)), [Any(random.Next(5_000))], []),
                new SharedWork(WorkKind.Project, "省重点研发", day.AddMonths(-random.Next(80)), [Any(random.Next(5_000))], []),
                new SharedWork(WorkKind.Publication, "论文", day.AddMonths(-random.Next(80)), [], [new Person(null, $"作者{random.Next(3_000)}")]),
            ],
            Academic = [new Person(null, $"学生{random.Next(3_000)}")],
            Services = [new Service(random.Next(2) == 0 ? ServiceKind.Tested : ServiceKind.Consulted, null, Any(random.Next(5_000)), day.AddMonths(-random.Next(60)), "检测")],
        };
    }
}
