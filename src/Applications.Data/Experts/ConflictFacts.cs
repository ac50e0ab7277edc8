using Applications.Data.Workflow;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Enterprises;
using Applications.Domain.Experts;
using Applications.Domain.Experts.Conflicts;
using Applications.Domain.Forms;
using Applications.Domain.Programmes;
using Applications.Domain.Reviews;
using Microsoft.EntityFrameworkCore;
using Person = Applications.Domain.Experts.Conflicts.Person;

namespace Applications.Data.Experts;

/// <summary>
/// Gathers what the conflict check needs from the database, for any number of experts and cases in five queries: what the experts declare, who applies in the same
/// batches, who commands their units, who stepped down; of the cases the applicant, its bureaus, those whom the form names, and whom the applicant asks not to have.
/// </summary>
public sealed class ConflictFacts(ApplicationsDbContext db, DefinitionCatalog definitions)
{
    public async Task<ConflictTable> ForAsync(IReadOnlyList<Expert> experts, IReadOnlyList<Application> cases, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(experts);
        ArgumentNullException.ThrowIfNull(cases);
        var ids = cases.Select(c => c.Id).ToList();
        var enterpriseIds = cases.Select(c => c.EnterpriseId).Distinct().ToList();
        var bureauIds = cases.SelectMany(c => new[] { c.CityId, c.CountyId ?? c.CityId }).Distinct().ToList();
        var batchIds = cases.Select(c => c.BatchId).Distinct().ToList();
        var batches = await db.Batches.AsNoTracking().Where(b => batchIds.Contains(b.Id)).ToDictionaryAsync(b => b.Id, ct);
        var bureaus = await db.Organisations.AsNoTracking().Where(o => bureauIds.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => new Unit(null, o.Name), ct);

        // All who filed in these batches: the applicants themselves, and the experts' own units among them.
        var filed = await (from a in db.Applications.AsNoTracking()
                           join e in db.Enterprises.AsNoTracking() on a.EnterpriseId equals e.Id
                           where batchIds.Contains(a.BatchId) && (a.SubmittedAt != null || ids.Contains(a.Id))
                           select new { a.BatchId, Enterprise = e, a.SubmittedAt }).ToListAsync(ct);
        var applicants = filed.Select(f => f.Enterprise).Where(e => enterpriseIds.Contains(e.Id)).DistinctBy(e => e.Id).ToDictionary(e => e.Id);
        var employers = await EmployersAsync(experts, ct);
        var declined = (await db.Reviews.AsNoTracking().Where(r => ids.Contains(r.CaseId) && r.State == ReviewState.Declined && !r.IsSilent)
            .Select(r => new { r.ExpertId, r.CaseId, r.ConflictReason }).ToListAsync(ct)).ToLookup(r => r.ExpertId);

        var filings = filed.Where(f => f.SubmittedAt is not null).Select(f => new OwnFiling(UnitOf(f.Enterprise), batches[f.BatchId].ProgrammeKey, Text(f.BatchId))).ToLookup(f => f.Unit.Uscc);
        return new ConflictTable(
            experts.ToDictionary(e => e.Id, e => e.Facts() with
            {
                Filings = [.. filings[e.EmployerUscc].Where(_ => e.EmployerUscc is not null)],
                Controls = e.EmployerUscc is not null && employers.TryGetValue(e.EmployerUscc, out var employer) ? [ControlOf(employer)] : [],
                Declarations = [.. declined[e.Id].Select(d => new OwnDeclaration(Text(d.CaseId), true, d.ConflictReason ?? string.Empty))],
            }),
            cases.ToDictionary(c => c.Id, c => FactsOf(c, batches[c.BatchId], applicants[c.EnterpriseId], bureaus)));
    }

    private CaseFacts FactsOf(Application one, Batch batch, Enterprise applicant, Dictionary<Guid, Unit> bureaus)
    {
        var answers = Answers.Parse(one.Answers);
        var parties = definitions.Programme(batch.ProgrammeId).Parties.SelectMany(p => p.In(answers)).ToLookup(p => p.Role);
        return new CaseFacts
        {
            CaseId = Text(one.Id),
            ProgrammeId = batch.ProgrammeKey,
            BatchId = Text(one.BatchId),
            Applicant = UnitOf(applicant),
            Shareholders = Units(PartyRole.Shareholder),
            Partners = Units(PartyRole.Partner),
            RecommendingUnits = [bureaus[one.CityId], .. one.CountyId is { } county ? [bureaus[county]] : Array.Empty<Unit>()],
            ProjectLeader = parties[PartyRole.Leader].Select(p => new Person(null, p.Name)).FirstOrDefault(),
            Control = ControlOf(applicant),
            Avoidances = one.Avoidances,
        };

        IReadOnlyList<Unit> Units(PartyRole role) => [.. parties[role].Select(p => new Unit(p.Uscc, p.Name)).Distinct()];
    }

    /// <summary>Those of the experts' units that the system knows as enterprises.</summary>
    private async Task<Dictionary<string, Enterprise>> EmployersAsync(IReadOnlyList<Expert> experts, CancellationToken ct)
    {
        // The experts of one check are many or few; the join on the pool's own column keeps the query as short for 3,000 as for one.
        var wanted = experts.Select(e => e.EmployerUscc).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return wanted.Count == 0
            ? []
            : await db.Enterprises.AsNoTracking().Where(e => db.Experts.Any(x => x.EmployerUscc == e.Uscc)).ToDictionaryAsync(e => e.Uscc, StringComparer.Ordinal, ct);
    }

    private static Control ControlOf(Enterprise enterprise) => new(
        UnitOf(enterprise), enterprise.Profile.LegalRepresentative is { Length: > 0 } name ? new Person(null, name) : null, [], []);

    private static Unit UnitOf(Enterprise enterprise) => new(enterprise.Uscc, enterprise.Name);

    private static string Text(Guid id) => id.ToString("N");
}

/// <summary>What stands between some experts and some cases.</summary>
public sealed class ConflictTable(IReadOnlyDictionary<Guid, ExpertFacts> experts, IReadOnlyDictionary<Guid, CaseFacts> cases)
{
    public IReadOnlyDictionary<Guid, ExpertFacts> Experts { get; } = experts;

    public IReadOnlyDictionary<Guid, CaseFacts> Cases { get; } = cases;

    /// <summary>By what can be met in a rule: the experts who have it.</summary>
    private readonly ILookup<string, Guid> _known = experts.SelectMany(e => ConflictKeys.Of(e.Value).Select(k => (Key: k, e.Key))).ToLookup(k => k.Key, k => k.Item2);
    private readonly Dictionary<Guid, HashSet<Guid>> _met = [];

    /// <summary>Every conflict between the two, each with its rule and its fact.</summary>
    /// <param name="on">The day of the review.</param>
    public IReadOnlyList<Conflict> Between(Guid expertId, Guid caseId, DateOnly on) => Met(caseId).Contains(expertId) ? ConflictChecker.Check(Experts[expertId], Cases[caseId], on) : [];

    /// <summary>The experts who must not judge a case.</summary>
    public IEnumerable<Guid> Barred(Guid caseId, DateOnly on) => Experts.Keys.Where(id => Between(id, caseId, on).Count > 0);

    /// <summary>The experts who share anything at all with the case; nobody else can be in conflict with it.</summary>
    private HashSet<Guid> Met(Guid caseId)
    {
        if (!_met.TryGetValue(caseId, out var met))
        {
            met = [.. ConflictKeys.Of(Cases[caseId]).SelectMany(k => _known[k])];
            _met.Add(caseId, met);
        }

        return met;
    }
}
