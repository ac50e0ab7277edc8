using Applications.Data;
using Applications.Data.Draws;
using Applications.Domain.Cases;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Assigning;
using Applications.Domain.Reviews.Draws;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Draws.Supplement;

/// <summary>Who could still take a seat of a batch. Draws, assignments and experts are read once, each record is parsed once, and nothing is written.</summary>
internal sealed class BatchReserves(IReadOnlyDictionary<Guid, DrawRecord> draws, IReadOnlyDictionary<Guid, AssignmentRecord> assignments, IReadOnlySet<string> available)
{
    private readonly Dictionary<Guid, (AssignmentReport Report, List<string> Files, List<string> Experts)> _reports = [];

    /// <param name="leaving">The seats in question.</param>
    /// <param name="today">In China.</param>
    public static async Task<BatchReserves> ReadAsync(ApplicationsDbContext db, IReadOnlyCollection<Review> leaving, DateOnly today, CancellationToken ct)
    {
        var (drawn, given) = (leaving.Select(r => r.DrawId).OfType<Guid>().Distinct().ToList(), leaving.Select(r => r.AssignmentId).OfType<Guid>().Distinct().ToList());
        var draws = drawn.Count == 0 ? [] : (await db.Draws.AsNoTracking().Where(d => drawn.Contains(d.Id) && d.Record != null).Select(d => new { d.Id, d.Record }).ToListAsync(ct)).ToDictionary(d => d.Id, d => DrawRecordJson.Read(d.Record!));
        var assignments = given.Count == 0 ? [] : (await db.Assignments.AsNoTracking().Where(a => given.Contains(a.Id) && a.Record != null).Select(a => new { a.Id, a.Record }).ToListAsync(ct)).ToDictionary(a => a.Id, a => AssignmentRecordJson.Read(a.Record!));
        var reserves = draws.Values.SelectMany(d => d.Panels).SelectMany(p => p.Reserves).Select(r => Guid.ParseExact(r.ExpertId, "N")).Distinct().ToList();
        var experts = reserves.Count == 0 ? [] : await db.Experts.AsNoTracking().Where(e => reserves.Contains(e.Id)).ToListAsync(ct);
        return new BatchReserves(draws, assignments, experts.Where(e => e.IsAvailableOn(today)).Select(e => DrawPool.IdOf(e.Id)).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Whoever sat in this round or stepped down from the case in any is passed over, and so is who has left the pool.</summary>
    /// <param name="ofCase">All reviews of the case.</param>
    public bool Has(Application application, Review leaving, IEnumerable<Review> ofCase)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentNullException.ThrowIfNull(leaving);
        var sat = ofCase.Where(r => r.Id != leaving.Id && (r.Round == leaving.Round || r.State == ReviewState.Declined)).Select(r => DrawPool.IdOf(r.ExpertId)).ToHashSet(StringComparer.Ordinal);
        if (leaving is { DrawId: { } draw, Panel: { } panel })
        {
            sat.UnionWith(draws[draw].Panels.Single(p => p.Key == panel).Reserves.Select(r => r.ExpertId).Where(r => !available.Contains(r)));
            return ExpertDraw.Next(draws[draw], panel, DrawPool.IdOf(leaving.ExpertId), sat, application.Number!) is not null;
        }

        if (leaving is not { AssignmentId: { } assignment })
        {
            return false;
        }

        var (report, files, experts) = ReportOf(assignment);
        return report.Next(files.IndexOf(application.Id.ToString("N")), experts.IndexOf(DrawPool.IdOf(leaving.ExpertId)), sat.Select(e => experts.IndexOf(e)).ToHashSet()) is not null;
    }

    private (AssignmentReport Report, List<string> Files, List<string> Experts) ReportOf(Guid assignment)
    {
        if (!_reports.TryGetValue(assignment, out var found))
        {
            var record = assignments[assignment];
            found = (new AssignmentReport(record), [.. record.Snapshot.Files.Select(f => f.Id)], [.. record.Snapshot.Experts.Select(e => e.Id)]);
            _reports.Add(assignment, found);
        }

        return found;
    }
}
