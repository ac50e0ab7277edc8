using Applications.Data;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Trail;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Rounds;

/// <summary>One filing in the history of a case.</summary>
/// <param name="Marks">What it answers: field key → remark.</param>
/// <param name="Returned">The decision that sent it back, if one did.</param>
public sealed record RoundLine(int Round, DateTime FiledAt, string FiledByName, string Digest, IReadOnlyDictionary<string, string> Marks, JournalEntry? Returned);

/// <param name="Rounds">Latest first.</param>
/// <param name="Changes">The two that were asked for, or the last two; null while there is but one.</param>
public sealed record RoundsView(Application Application, string BatchName, IReadOnlyList<RoundLine> Rounds, FilingChanges? Changes);

/// <summary>Every filing of a case, and what differs between two of them.</summary>
public sealed class RoundsQuery(ApplicationsDbContext db, DefinitionCatalog definitions)
{
    /// <exception cref="NotFoundException">Not in the actor's scope, never filed, or no such filing. Experts read what is filed now.</exception>
    public async Task<RoundsView> ExecuteAsync(Guid id, int? from, int? to, Actor actor, CancellationToken ct)
    {
        var found = actor.Role == Roles.Expert
            ? null
            : await (
                from application in db.Applications.AsNoTracking().VisibleTo(db, actor)
                join batch in db.Batches on application.BatchId equals batch.Id
                where application.Id == id && application.FilingRound > 0
                select new { application, batch }).SingleOrDefaultAsync(ct);
        if (found is null)
        {
            throw new NotFoundException();
        }

        var heads = await db.Filings.AsNoTracking().Where(f => f.CaseId == id).OrderByDescending(f => f.Round)
            .Select(f => new { f.Round, f.FiledAt, f.FiledByName, f.Digest, f.Marks }).ToListAsync(ct);
        string[] back = [Outcomes.Return, Outcomes.Supplement];
        var returned = await db.Journal.AsNoTracking().Where(j => j.SubjectId == id && j.Kind == "complete" && back.Contains(j.Outcome)).OrderBy(j => j.Sequence).ToListAsync(ct);
        var rounds = heads.ConvertAll(h => new RoundLine(
            h.Round, h.FiledAt, h.FiledByName, h.Digest, FilingDesk.ReadMarks(h.Marks),
            returned.Find(j => j.At >= h.FiledAt && heads.TrueForAll(n => n.Round != h.Round + 1 || n.FiledAt >= j.At))));
        var (first, last) = (from ?? rounds[0].Round - 1, to ?? rounds[0].Round);
        if (rounds.Count == 1 && from is null && to is null)
        {
            return new RoundsView(found.application, found.batch.Name, rounds, null);
        }

        var pair = await db.Filings.AsNoTracking().Where(f => f.CaseId == id && (f.Round == first || f.Round == last)).OrderBy(f => f.Round).ToListAsync(ct);
        if (pair.Count != 2)
        {
            throw new NotFoundException();
        }

        var files = await db.Attachments.AsNoTracking().Where(a => a.CaseId == id && a.FiledInRound != null).OrderBy(a => a.AddedAt).ToListAsync(ct);
        var asked = rounds.Where(r => r.Round > pair[0].Round && r.Round <= pair[1].Round).SelectMany(r => r.Marks).GroupBy(m => m.Key)
            .ToDictionary(g => g.Key, g => string.Join("；", g.Select(m => m.Value).Distinct()));
        var changes = FilingChanges.Between(definitions.Form(found.batch.FormId), found.batch, pair[0], pair[1], files, asked);
        return new RoundsView(found.application, found.batch.Name, rounds, changes);
    }
}
