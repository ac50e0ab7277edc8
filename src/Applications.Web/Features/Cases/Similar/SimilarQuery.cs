using Applications.Data;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Data.Similarity;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Forms;
using Applications.Domain.Similarity;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Similar;

/// <param name="Compared">False while the comparison is still to come.</param>
/// <param name="Alike">Earlier applications of other enterprises that share words.</param>
/// <param name="Highest">Largest share of copied letters among them, in ten-thousandths.</param>
/// <param name="Own">Earlier applications of the same enterprise that share words.</param>
/// <param name="Claimed">Values, such as patents, that also stand in an application of another enterprise.</param>
/// <param name="Suspected">Pairs that an officer takes for copies; with <paramref name="Reasonable"/> those he does not. Null for readers outside the department.</param>
public sealed record SimilarSummary(bool Compared, int Alike, int Highest, int Own, int Claimed, int? Suspected, int? Reasonable);

/// <summary>An earlier application that shares words with the one looked at.</summary>
/// <param name="Enterprise">Null where the reader may not know whose it is; then there is no number either.</param>
/// <param name="Fields">In which fields of the application looked at, with how many letters.</param>
/// <param name="Pair">Without what officers said, for readers outside the department.</param>
public sealed record SimilarLine(
    SimilarPair Pair, string Programme, int Year, DateTime? FiledAt, string? Enterprise, string? Number, IReadOnlyList<(string Label, int Characters)> Fields)
{
    /// <summary>Ten-thousandths as per cent; what is there but rounds to nothing is said so.</summary>
    public static string Percent(int share) => share is > 0 and < 50 ? "不足 1%" : $"{(share + 50) / 100}%";
}

/// <param name="Compared">Texts in the comparison; with <paramref name="Waiting"/> those filed that are still to come.</param>
public sealed record SimilarView(Application Application, string Batch, bool IsCompared, IReadOnlyList<SimilarLine> Lines, int Compared, int Waiting);

/// <summary>Two applications side by side.</summary>
/// <param name="Other">The earlier one's parts; only the passages themselves where the reader may not see more.</param>
/// <param name="SameTitle">Both are called the same.</param>
public sealed record SimilarPairView(
    Application Application, string Batch, SimilarLine Line, IReadOnlyList<MarkedPart> Own, IReadOnlyList<MarkedPart> Other, string? SameTitle, bool IsWhole);

/// <summary>
/// What the comparison of texts found, cut to what the reader may know: the department everything; a city for its own cases everything about its own firms, and
/// of another city's application only the words that are equal, the programme and the year. Nobody else learns anything, applicants and experts least.
/// </summary>
public sealed class SimilarQuery(ApplicationsDbContext db, DefinitionCatalog definitions, CaseTexts texts)
{
    public static bool May(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.IsDepartment || actor.Role == Roles.City;
    }

    /// <exception cref="NotFoundException">There is no such case, or the comparison is not the reader's to see.</exception>
    public async Task<SimilarView> ListAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var (application, batch, form) = await CaseAsync(id, actor, ct);
        var pairs = await (
            from p in db.SimilarPairs.AsNoTracking()
            join o in db.Applications.AsNoTracking() on p.OtherId equals o.Id
            join b in db.Batches.AsNoTracking() on o.BatchId equals b.Id
            where p.CaseId == id
            orderby p.IsOwn, p.Characters descending, p.OtherId
            select new { Pair = p, Other = o, b.ProgrammeId, b.Year }).ToListAsync(ct);
        var counts = await db.Applications.Where(a => a.SubmittedAt != null).GroupBy(a => 1)
            .Select(g => new { Compared = db.CaseTexts.Count(t => t.ComparedAt != null), Filed = g.Count() }).SingleOrDefaultAsync(ct);
        var compared = await db.CaseTexts.AnyAsync(t => t.CaseId == id && t.ComparedAt != null, ct);
        return new SimilarView(
            application, batch, compared, [.. pairs.Select(p => Line(p.Pair, p.Other, definitions.Programme(p.ProgrammeId).Name, p.Year, form, actor))],
            counts?.Compared ?? 0, (counts?.Filed ?? 0) - (counts?.Compared ?? 0));
    }

    /// <exception cref="NotFoundException">There is no such pair, or it is not the reader's to see.</exception>
    public async Task<SimilarPairView> PairAsync(Guid id, Guid otherId, Actor actor, CancellationToken ct)
    {
        var (application, batch, form) = await CaseAsync(id, actor, ct);
        var pair = await db.SimilarPairs.AsNoTracking().SingleOrDefaultAsync(p => p.CaseId == id && p.OtherId == otherId, ct) ?? throw new NotFoundException();
        var own = await texts.OneAsync(id, pair.Round, ct) ?? throw new NotFoundException();
        var other = await texts.OneAsync(otherId, pair.OtherRound, ct) ?? throw new NotFoundException();
        var whole = Knows(actor, other.Application);
        var line = Line(pair, other.Application, definitions.Programme(other.Batch.ProgrammeId).Name, other.Batch.Year, form, actor);
        return new SimilarPairView(
            application, batch, line,
            MarkedText.Parts(own.Text.Parts, pair.Passages, p => p.Own),
            whole ? MarkedText.Parts(other.Text.Parts, pair.Passages, p => p.Other) : MarkedText.Excerpts(other.Text.Parts, pair.Passages),
            own.Title is { } title && other.Title is { } called && ComparedText.Normalise(title) == ComparedText.Normalise(called) ? title : null,
            whole);
    }

    private async Task<(Application Application, string Batch, FormDefinition Form)> CaseAsync(Guid id, Actor actor, CancellationToken ct)
    {
        if (!May(actor))
        {
            throw new NotFoundException();
        }

        var found = await (
            from a in db.Applications.AsNoTracking().VisibleTo(db, actor)
            join b in db.Batches.AsNoTracking() on a.BatchId equals b.Id
            where a.Id == id
            select new { Application = a, b.Name, b.FormId }).SingleOrDefaultAsync(ct) ?? throw new NotFoundException();
        return (found.Application, found.Name, definitions.Form(found.FormId));
    }

    private static bool Knows(Actor actor, Application other) => actor.IsDepartment || other.CityId == actor.ScopeId;

    private static SimilarLine Line(SimilarPair pair, Application other, string programme, int year, FormDefinition form, Actor actor)
    {
        if (!actor.IsDepartment)
        {
            (pair.Verdict, pair.Word, pair.JudgedBy, pair.JudgedByName, pair.JudgedAt, pair.JudgedRound) = (null, null, null, null, null, null);
        }

        var knows = Knows(actor, other);
        return new SimilarLine(
            pair, programme, year, knows ? other.SubmittedAt : null, knows ? other.EnterpriseName : null, knows ? other.Number : null,
            [.. pair.Passages.Where(p => !p.IsCommon).GroupBy(p => LabelOf(form, p.Own.Part)).Select(g => (g.Key, g.Sum(p => p.Characters)))]);
    }

    internal static string LabelOf(FormDefinition form, string part) =>
        part == CaseTexts.Title ? "名称" : form.FindField(part.Split('.')[0])?.Label ?? part;
}
