using Applications.Domain.Similarity;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Similarity;

/// <summary>
/// Compares a filed text with all others and writes down the pairs. The text's own row is committed before the others are looked at, so that of two texts
/// compared at the same time on two nodes the one that commits later sees the other. Doing it again changes nothing.
/// </summary>
public sealed class TextComparer(ApplicationsDbContext db, CaseTexts texts, SimilarityIndex index, TimeProvider clock)
{
    /// <summary>How many texts that share marks are compared letter by letter.</summary>
    public const int MostCandidates = 100;

    /// <summary>How many pairs are kept of one comparison, those with most copied letters first.</summary>
    public const int MostPairs = 50;

    /// <summary>How many passages of a pair are kept.</summary>
    public const int MostPassages = 200;

    private DateTime Now => UtcMilliseconds.Cut(clock.GetUtcNow().UtcDateTime);

    /// <returns>How many pairs the case has part in.</returns>
    public async Task<int> CompareAsync(Guid caseId, CancellationToken ct)
    {
        if ((await texts.LastAsync([caseId], ct)).SingleOrDefault() is not { } own)
        {
            return 0;
        }

        var marks = Fingerprint.Of(own.Text);
        await KeepAsync(own, marks, ct);
        var answer = (await index.GetAsync(db, ct)).Find(marks, caseId, MostCandidates);
        var others = await texts.LastAsync([.. answer.Candidates.Select(c => c.Id)], ct);
        var found = others.Select(o => Pair(own, o, answer.Common)).Where(p => p.Result.IsFinding)
            .OrderByDescending(p => p.Result.Characters).ThenBy(p => p.Other.Application.Id).Take(MostPairs).ToList();
        await WriteAsync(caseId, found, ct);
        return found.Count;
    }

    /// <summary>Forgets all texts, so that they are read anew; what officers said stays.</summary>
    public Task<int> ForgetAsync(CancellationToken ct) =>
        db.CaseTexts.ExecuteUpdateAsync(set => set.SetProperty(t => t.ComparedAt, (DateTime?)null), ct);

    private async Task KeepAsync(FiledText own, uint[] marks, CancellationToken ct)
    {
        var row = await db.CaseTexts.SingleOrDefaultAsync(t => t.CaseId == own.Application.Id, ct);
        if (row is null)
        {
            row = new CaseText { CaseId = own.Application.Id, Round = 0, Characters = 0, Marks = [], IndexedAt = Now };
            db.CaseTexts.Add(row);
        }

        var claims = own.Claims.ToDictionary(c => (c.Kind, c.Text));
        foreach (var old in await db.CaseClaims.Where(c => c.CaseId == own.Application.Id).ToListAsync(ct))
        {
            if (!claims.Remove((old.Kind, old.Text)))
            {
                db.CaseClaims.Remove(old);
            }
        }

        db.CaseClaims.AddRange(claims.Keys.Select(c => new CaseClaim { CaseId = own.Application.Id, Kind = c.Kind, Text = c.Text, EnterpriseId = own.Application.EnterpriseId }));
        (row.Round, row.Characters, row.Marks, row.IndexedAt, row.ComparedAt) = (own.Round, own.Text.Length, Fingerprint.ToBytes(marks), Now, null);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The pair from the side of the one that was filed first later.</summary>
    private static (FiledText Later, FiledText Other, ComparisonResult Result) Pair(FiledText one, FiledText two, IReadOnlySet<uint> common)
    {
        var (later, earlier) = (one.Application.SubmittedAt, one.Application.Id).CompareTo((two.Application.SubmittedAt, two.Application.Id)) > 0 ? (one, two) : (two, one);
        return (later, earlier, TextComparison.Compare(later.Text, earlier.Text, common));
    }

    private async Task WriteAsync(Guid caseId, List<(FiledText Later, FiledText Other, ComparisonResult Result)> found, CancellationToken ct)
    {
        var pairs = await db.SimilarPairs.Where(p => p.CaseId == caseId || p.OtherId == caseId).ToListAsync(ct);
        foreach (var (later, other, result) in found)
        {
            var pair = pairs.Find(p => p.CaseId == later.Application.Id && p.OtherId == other.Application.Id);
            if (pair is null)
            {
                pair = new SimilarPair
                {
                    CaseId = later.Application.Id,
                    OtherId = other.Application.Id,
                    Round = later.Round,
                    OtherRound = other.Round,
                    IsOwn = later.Application.EnterpriseId == other.Application.EnterpriseId,
                };
                db.SimilarPairs.Add(pair);
            }

            pairs.Remove(pair);
            (pair.Round, pair.OtherRound, pair.FoundAt, pair.Version) = (later.Round, other.Round, Now, Guid.NewGuid());
            (pair.Share, pair.Resemblance, pair.Characters) = ((int)Math.Round(result.Share * 10_000), (int)Math.Round(result.Resemblance * 10_000), result.Characters);
            pair.Passages = [.. result.Passages.Take(MostPassages)];
        }

        // A correction has removed the words. What somebody has judged stays in sight; the rest never was anybody's business.
        foreach (var gone in pairs)
        {
            if (gone.Verdict is null)
            {
                db.SimilarPairs.Remove(gone);
            }
            else
            {
                (gone.Share, gone.Resemblance, gone.Characters, gone.Passages, gone.FoundAt, gone.Version) = (0, 0, 0, [], Now, Guid.NewGuid());
            }
        }

        (await db.CaseTexts.SingleAsync(t => t.CaseId == caseId, ct)).ComparedAt = Now;
        await db.SaveChangesAsync(ct);
    }
}
