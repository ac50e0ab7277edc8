using Applications.Data.Experts;
using Applications.Data.Workflow;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Enterprises;
using Applications.Domain.Experts;
using Applications.Domain.Forms;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Assigning;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Draws;

/// <summary>Takes the snapshot that an assignment works on: files, experts, and what stands between them. A fixed number of queries whatever the sizes.</summary>
public sealed class AssignmentPool(ApplicationsDbContext db, ConflictFacts conflicts, DefinitionCatalog definitions)
{
    /// <summary>Fields of this ending name the applicant's chain (产业链) by choice.</summary>
    private const string ChainSuffix = "Chain";

    public const string LastYearRule = "assign.last-year";

    /// <param name="salt">Belongs to this assignment alone; from it follows in which order experts are listed.</param>
    public async Task<AssignmentSnapshot> TakeAsync(IReadOnlyList<Guid> caseIds, AssignmentOrder order, string salt, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(order);
        var cases = (await db.Applications.AsNoTracking().Where(a => caseIds.Contains(a.Id)).ToListAsync(ct)).OrderBy(c => c.Number, StringComparer.Ordinal).ThenBy(c => c.Id).ToList();
        var categories = order.Categories;
        var pool = (await db.Experts.AsNoTracking().Where(Expert.InPoolOn(order.SessionOn)).Where(e => categories.Count == 0 || categories.Contains(e.Category)).ToListAsync(ct)).FindAll(e => e.IsAvailableOn(order.SessionOn));
        var year = ChinaTime.StartOfDay(new DateOnly(order.SessionOn.Year, 1, 1));
        var already = await db.Reviews.AsNoTracking().Where(r => r.AssignedAt >= year && r.State != ReviewState.Declined).GroupBy(r => r.ExpertId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var byId = pool.ToDictionary(e => DrawPool.IdOf(e.Id));
        var listed = AssignmentSnapshot.Shuffled(
            pool.Select(e => new AssignableExpert(
                DrawPool.IdOf(e.Id), e.Name, e.EmployerUscc ?? e.Employer, e.CityCode, e.Category, e.FieldList, [.. e.Profile.Chains.Concat(e.Profile.Specialities).Distinct()], already.GetValueOrDefault(e.Id))),
            salt);
        var experts = listed.Select(e => byId[e.Id]).ToList();
        return new AssignmentSnapshot(await FilesAsync(cases, ct), listed, await BarsAsync(cases, experts, order, ct), Apart(experts));
    }

    /// <summary>What stands today between the pairs of an assignment, for those who are to sit and for nobody else.</summary>
    public async Task<IReadOnlyList<(Guid Case, Guid Expert, string Fact)>> AgainstAsync(IReadOnlyCollection<(Guid Case, Guid Expert)> pairs, DateOnly on, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var (caseIds, expertIds) = (pairs.Select(p => p.Case).Distinct().ToList(), pairs.Select(p => p.Expert).Distinct().ToList());
        var experts = await db.Experts.AsNoTracking().Where(e => expertIds.Contains(e.Id)).ToListAsync(ct);
        var table = await conflicts.ForAsync(experts, await db.Applications.AsNoTracking().Where(a => caseIds.Contains(a.Id)).ToListAsync(ct), ct);
        var away = experts.Where(e => !e.IsAvailableOn(on)).Select(e => e.Id).ToHashSet();
        return
        [
            .. pairs.Where(p => away.Contains(p.Expert)).Select(p => (p.Case, p.Expert, "已不在专家库或请假")),
            .. pairs.Where(p => table.Cases.ContainsKey(p.Case) && table.Experts.ContainsKey(p.Expert)).SelectMany(p => table.Between(p.Expert, p.Case, on).Select(c => (p.Case, p.Expert, c.Fact))),
        ];
    }

    private async Task<IReadOnlyList<AssignedFile>> FilesAsync(List<Application> cases, CancellationToken ct)
    {
        var (enterpriseIds, batchIds) = (cases.Select(c => c.EnterpriseId).Distinct().ToList(), cases.Select(c => c.BatchId).Distinct().ToList());
        var enterprises = await db.Enterprises.AsNoTracking().Where(e => enterpriseIds.Contains(e.Id)).ToDictionaryAsync(e => e.Id, ct);
        var batches = await db.Batches.AsNoTracking().Where(b => batchIds.Contains(b.Id)).ToDictionaryAsync(b => b.Id, ct);
        return
        [
            .. cases.Select(c => (Case: c, Enterprise: enterprises[c.EnterpriseId])).Select(c => new AssignedFile(
                c.Case.Id.ToString("N"), c.Case.Number ?? string.Empty, c.Case.EnterpriseName, c.Enterprise.Profile.CityCode ?? string.Empty,
                c.Enterprise.Profile.Industry is { Length: >= 3 } industry ? industry[..3] : null, WordsOf(c.Case, c.Enterprise, batches[c.Case.BatchId]))),
        ];
    }

    private string WordsOf(Application one, Enterprise enterprise, Batch batch)
    {
        var answers = Answers.Parse(one.Answers);
        var chains = definitions.Form(batch.FormId).Fields.Where(f => f.Key.EndsWith(ChainSuffix, StringComparison.Ordinal))
            .Select(f => f.Options.FirstOrDefault(o => o.Value == answers[f.Key]?.ToString())?.Label);
        return string.Join('；', chains.Append(definitions.Programme(batch.ProgrammeId).ObjectOf(answers)).Append(enterprise.Profile.MainProducts).Where(w => !string.IsNullOrEmpty(w)));
    }

    private async Task<IReadOnlyList<AssignmentBar>> BarsAsync(List<Application> cases, List<Expert> experts, AssignmentOrder order, CancellationToken ct)
    {
        var table = await conflicts.ForAsync(experts, cases, ct);
        List<AssignmentBar> bars = [];
        for (var f = 0; f < cases.Count; f++)
        {
            for (var e = 0; e < experts.Count; e++)
            {
                bars.AddRange(table.Between(experts[e].Id, cases[f].Id, order.SessionOn).Select(c => new AssignmentBar(f, e, c.Rule, c.Fact)));
            }
        }

        if (order.NotTwoYearsRunning)
        {
            var judged = await JudgedLastYearAsync(cases, order.SessionOn.Year, ct);
            var places = experts.Select((e, i) => (e.Id, i)).ToDictionary(e => e.Id, e => e.i);
            bars.AddRange(cases.SelectMany((c, f) => judged[c.EnterpriseId].Where(places.ContainsKey).Select(id => new AssignmentBar(f, places[id], LastYearRule, "上一年度评审过同一企业"))));
        }

        return bars;
    }

    private async Task<ILookup<Guid, Guid>> JudgedLastYearAsync(List<Application> cases, int year, CancellationToken ct)
    {
        var ids = cases.Select(c => c.EnterpriseId).Distinct().ToList();
        var (since, until) = (ChinaTime.StartOfDay(new DateOnly(year - 1, 1, 1)), ChinaTime.StartOfDay(new DateOnly(year, 1, 1)));
        var judged = await (from r in db.Reviews.AsNoTracking()
                            join a in db.Applications.AsNoTracking() on r.CaseId equals a.Id
                            where r.AssignedAt >= since && r.AssignedAt < until && r.State == ReviewState.Locked && ids.Contains(a.EnterpriseId)
                            select new { a.EnterpriseId, r.ExpertId }).Distinct().ToListAsync(ct);
        return judged.OrderBy(j => j.ExpertId).ToLookup(j => j.EnterpriseId, j => j.ExpertId);
    }

    /// <summary>Kin, teacher and student among the experts themselves.</summary>
    private static List<ApartPair> Apart(List<Expert> experts)
    {
        List<ApartPair> pairs = [];
        for (var a = 0; a < experts.Count; a++)
        {
            var bound = experts[a].Interests.Relatives.Select(r => (r.Person, Word: r.Relation)).Concat(experts[a].Interests.Academic.Select(p => (Person: p, Word: "师生"))).ToList();
            if (bound.Count == 0)
            {
                continue;
            }

            for (var b = 0; b < experts.Count; b++)
            {
                if (a != b && bound.Find(x => x.Person.Is(new Domain.Experts.Conflicts.Person(experts[b].IdentityKey, experts[b].Name)) is not false) is { Person: not null } found)
                {
                    pairs.Add(new ApartPair(Math.Min(a, b), Math.Max(a, b), found.Word));
                }
            }
        }

        return [.. pairs.DistinctBy(p => (p.A, p.B))];
    }
}
