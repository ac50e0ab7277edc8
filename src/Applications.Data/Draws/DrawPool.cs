using Applications.Data.Experts;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Experts;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Draws;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Draws;

/// <summary>Takes the snapshot of the pool that a draw works on: who may be drawn, and what stands against whom. A fixed number of queries whatever the sizes.</summary>
public sealed class DrawPool(ApplicationsDbContext db, ConflictFacts conflicts)
{
    /// <summary>The category of those who sit as finance experts.</summary>
    public const string Finance = "财务";

    /// <summary>What grouping has to know of the cases.</summary>
    public async Task<IReadOnlyList<DrawFile>> FilesAsync(IReadOnlyCollection<Application> cases, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(cases);
        var ids = cases.Select(c => c.EnterpriseId).Distinct().ToList();
        var enterprises = await db.Enterprises.AsNoTracking().Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, ct);
        return
        [
            .. cases.Select(c => (Case: c, Enterprise: enterprises[c.EnterpriseId])).Select(c => new DrawFile(
                c.Case.Id,
                c.Case.Number ?? string.Empty,
                c.Case.EnterpriseName,
                c.Enterprise.Uscc,
                c.Enterprise.Profile.CityCode ?? string.Empty,
                c.Enterprise.Profile.Industry is { Length: >= 3 } industry ? industry[..3] : null)),
        ];
    }

    /// <summary>The snapshot for a draw as it was asked for; that of a supplementary one knows who sits, and bars who was replaced.</summary>
    public async Task<IReadOnlyList<DrawCandidate>> ForAsync(PanelDraw draw, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(draw);
        if (draw.Purpose != DrawPurpose.Supplement)
        {
            return await TakeAsync(draw.Groups, draw.Categories, draw.SessionOn, ct);
        }

        var cases = draw.Groups.SelectMany(g => g.Cases).ToList();
        var reviews = await db.Reviews.AsNoTracking().Where(r => cases.Contains(r.CaseId) && r.Round == draw.Round).Select(r => new { r.CaseId, r.ExpertId }).ToListAsync(ct);
        var seated = draw.Request.Panels.SelectMany(p => p.Seated ?? []).ToHashSet(StringComparer.Ordinal);
        var gone = draw.Groups.SelectMany(g => reviews.Where(r => g.Cases.Contains(r.CaseId)).Select(r => (Id: IdOf(r.ExpertId), g.Key))).Where(g => !seated.Contains(g.Id)).Distinct().ToLookup(g => g.Id, g => g.Key);
        return
        [
            .. (await TakeAsync(draw.Groups, draw.Categories, draw.SessionOn, ct, [.. seated.Select(s => Guid.ParseExact(s, "N"))]))
                .Select(c => gone.Contains(c.Id) ? c with { Bars = [.. c.Bars, .. gone[c.Id].Select(key => new DrawBar(key, "draw.replaced", "已离开本组"))] } : c),
        ];
    }

    /// <param name="groups">The panels and their files.</param>
    /// <param name="categories">Kinds of experts to draw from; empty for all.</param>
    /// <param name="on">The day of the session.</param>
    /// <param name="seated">Part of the snapshot whatever has become of them since they were drawn.</param>
    public async Task<IReadOnlyList<DrawCandidate>> TakeAsync(IReadOnlyList<DrawGroup> groups, IReadOnlyList<string> categories, DateOnly on, CancellationToken ct, IReadOnlyCollection<Guid>? seated = null)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(categories);
        var cases = groups.SelectMany(g => g.Cases).ToList();
        var experts = await db.Experts.AsNoTracking().Where(Expert.InPoolOn(on)).Where(e => categories.Count == 0 || categories.Contains(e.Category)).ToListAsync(ct);
        if (seated?.Except(experts.Select(e => e.Id)).ToList() is { Count: > 0 } others)
        {
            experts.AddRange(await db.Experts.AsNoTracking().Where(e => others.Contains(e.Id)).ToListAsync(ct));
        }

        var bars = await BarsAsync(groups, cases, experts, on, ct);
        var (sessions, judged) = await PastAsync(cases, on, ct);
        return
        [
            .. experts.Select(e => new DrawCandidate
            {
                Id = IdOf(e.Id),
                Name = e.Name,
                Employer = e.EmployerUscc ?? e.Employer,
                CityCode = e.CityCode,
                Specialities = e.FieldList,
                IsFinance = e.Category == Finance,
                SessionsThisYear = sessions.GetValueOrDefault(e.Id),
                JudgedLastYear = [.. judged[e.Id]],
                Bars = [.. bars[e.Id], .. seated?.Contains(e.Id) == true ? [] : LeaveOf(e, on)],
            }),
        ];
    }

    /// <summary>Away on the day of the session: he stands in the snapshot, so that the record says why he was not drawn.</summary>
    private static IEnumerable<DrawBar> LeaveOf(Expert expert, DateOnly on) =>
        expert.Leaves.Where(l => l.Covers(on)).Select(l => new DrawBar(string.Empty, "leave", $"请假（{l.From:yyyy-MM-dd} 至 {l.To:yyyy-MM-dd}）"));

    public static string IdOf(Guid expert) => expert.ToString("N");

    /// <summary>Every conflict between an expert and a file keeps him off that file's panel.</summary>
    private async Task<ILookup<Guid, DrawBar>> BarsAsync(IReadOnlyList<DrawGroup> groups, IReadOnlyList<Guid> cases, List<Expert> experts, DateOnly on, CancellationToken ct)
    {
        var table = await conflicts.ForAsync(experts, await db.Applications.AsNoTracking().Where(a => cases.Contains(a.Id)).ToListAsync(ct), ct);
        return groups.SelectMany(g => g.Cases.Where(table.Cases.ContainsKey).SelectMany(c => experts.SelectMany(e => table.Between(e.Id, c, on).Select(found => (e.Id, Bar: new DrawBar(g.Key, found.Rule, found.Fact))))))
            .Distinct().ToLookup(b => b.Id, b => b.Bar);
    }

    /// <summary>Sessions of this calendar year, and which of these enterprises were judged in the last one.</summary>
    private async Task<(Dictionary<Guid, int> Sessions, ILookup<Guid, string> Judged)> PastAsync(List<Guid> cases, DateOnly on, CancellationToken ct)
    {
        var year = ChinaTime.StartOfDay(new DateOnly(on.Year, 1, 1));
        var last = ChinaTime.StartOfDay(new DateOnly(on.Year - 1, 1, 1));
        var sat = await db.Reviews.AsNoTracking().Where(r => r.AssignedAt >= year && r.State != ReviewState.Declined)
            .Select(r => new { r.ExpertId, r.BatchId, r.Round }).Distinct().ToListAsync(ct);
        var judged = await (from r in db.Reviews.AsNoTracking()
                            join a in db.Applications.AsNoTracking() on r.CaseId equals a.Id
                            join e in db.Enterprises.AsNoTracking() on a.EnterpriseId equals e.Id
                            where r.AssignedAt >= last && r.AssignedAt < year && r.State == ReviewState.Locked
                                && db.Applications.Any(c => cases.Contains(c.Id) && c.EnterpriseId == a.EnterpriseId)
                            select new { r.ExpertId, e.Uscc }).Distinct().ToListAsync(ct);
        return (
            sat.GroupBy(s => s.ExpertId).ToDictionary(g => g.Key, g => g.Count()),
            judged.OrderBy(j => j.Uscc, StringComparer.Ordinal).ToLookup(j => j.ExpertId, j => j.Uscc));
    }
}
