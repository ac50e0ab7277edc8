using Applications.Data;
using Applications.Data.Similarity;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Forms;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Similar.All;

/// <summary>What an officer has said of a pair, as a filter.</summary>
public enum VerdictFilter
{
    All,
    Open,
    Suspected,
    Reasonable,
}

/// <param name="Batch">Of the later application.</param>
/// <param name="Least">Least similarity, in per cent.</param>
/// <param name="WithOwn">Pairs of one enterprise's own applications too.</param>
/// <param name="Newest">By the day they were found; else by similarity.</param>
/// <param name="After">Key of the last line of the page before: similarity or UTC ticks, and both ids.</param>
public sealed record SimilarPairFilter(string? Q, Guid? Batch, VerdictFilter Verdict, int Least, bool WithOwn, bool Newest, (long Key, Guid CaseId, Guid OtherId)? After);

/// <param name="Fields">Where in the later application the passages stand, with how many letters.</param>
public sealed record SimilarPairLine(
    SimilarPair Pair, string Enterprise, string? Number, string Batch, string OtherEnterprise, string? OtherNumber, string OtherBatch, IReadOnlyList<(string Label, int Characters)> Fields);

/// <summary>All pairs of applications that share words, for the department: by similarity or by day, filtered, by key.</summary>
public sealed class SimilarPairsQuery(ApplicationsDbContext db, DefinitionCatalog definitions)
{
    private const int PageSize = 50;
    private const int ShareOfPercent = 100;

    public async Task<(IReadOnlyList<SimilarPairLine> Lines, bool More)> ExecuteAsync(SimilarPairFilter filter, Actor actor, CancellationToken ct, int size = PageSize)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.IsDepartment)
        {
            return ([], false);
        }

        var pairs =
            from p in Ordered(After(Filter(db.SimilarPairs.AsNoTracking(), filter), filter), filter)
            join a in db.Applications on p.CaseId equals a.Id
            join b in db.Batches on a.BatchId equals b.Id
            join o in db.Applications on p.OtherId equals o.Id
            join ob in db.Batches on o.BatchId equals ob.Id
            select new { Pair = p, a.EnterpriseName, a.Number, Batch = b.Name, b.FormId, Other = o.EnterpriseName, OtherNumber = o.Number, OtherBatch = ob.Name };
        var found = await pairs.Take(size + 1).ToListAsync(ct);
        var lines = found.Take(size).Select(f => new SimilarPairLine(f.Pair, f.EnterpriseName, f.Number, f.Batch, f.Other, f.OtherNumber, f.OtherBatch, Fields(f.Pair, definitions.Form(f.FormId)))).ToList();
        return (lines, found.Count > size);
    }

    private IQueryable<SimilarPair> Filter(IQueryable<SimilarPair> pairs, SimilarPairFilter filter)
    {
        var least = filter.Least * ShareOfPercent;
        pairs = pairs.Where(p => p.Share >= least && (p.Characters > 0 || p.Verdict != null));
        pairs = filter.Verdict switch
        {
            VerdictFilter.Open => pairs.Where(p => p.Verdict == null),
            VerdictFilter.Suspected => pairs.Where(p => p.Verdict == SimilarityVerdict.Suspected),
            VerdictFilter.Reasonable => pairs.Where(p => p.Verdict == SimilarityVerdict.Reasonable),
            _ => pairs,
        };
        if (!filter.WithOwn)
        {
            pairs = pairs.Where(p => !p.IsOwn);
        }

        if (filter.Batch is { } batch)
        {
            pairs = pairs.Where(p => db.Applications.Any(a => a.Id == p.CaseId && a.BatchId == batch));
        }

        if (!string.IsNullOrWhiteSpace(filter.Q))
        {
            var text = filter.Q.Trim();
            pairs = pairs.Where(p => db.Applications.Any(a => (a.Id == p.CaseId || a.Id == p.OtherId) && (a.EnterpriseName.Contains(text) || a.Number!.Contains(text))));
        }

        return pairs;
    }

    private static IQueryable<SimilarPair> Ordered(IQueryable<SimilarPair> pairs, SimilarPairFilter filter) => filter.Newest
        ? pairs.OrderByDescending(p => p.FoundAt).ThenBy(p => p.CaseId).ThenBy(p => p.OtherId)
        : pairs.OrderByDescending(p => p.Share).ThenBy(p => p.CaseId).ThenBy(p => p.OtherId);

    private static IQueryable<SimilarPair> After(IQueryable<SimilarPair> pairs, SimilarPairFilter filter)
    {
        if (filter.After is not { } after || after.Key < 0 || after.Key > DateTime.MaxValue.Ticks)
        {
            return pairs;
        }

        var (caseId, otherId) = (after.CaseId, after.OtherId);
        if (filter.Newest)
        {
            var moment = new DateTime(after.Key, DateTimeKind.Utc);
            return pairs.Where(p => p.FoundAt < moment || (p.FoundAt == moment && (p.CaseId.CompareTo(caseId) > 0 || (p.CaseId == caseId && p.OtherId.CompareTo(otherId) > 0))));
        }

        var share = (int)Math.Min(after.Key, int.MaxValue);
        return pairs.Where(p => p.Share < share || (p.Share == share && (p.CaseId.CompareTo(caseId) > 0 || (p.CaseId == caseId && p.OtherId.CompareTo(otherId) > 0))));
    }

    private static IReadOnlyList<(string Label, int Characters)> Fields(SimilarPair pair, FormDefinition form) =>
        [.. pair.Passages.Where(p => !p.IsCommon).GroupBy(p => SimilarQuery.LabelOf(form, p.Own.Part)).Select(g => (g.Key, g.Sum(p => p.Characters)))];
}
