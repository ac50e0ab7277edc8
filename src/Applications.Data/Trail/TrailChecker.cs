using System.Globalization;
using Applications.Domain.Accounts;
using Applications.Domain.Trail;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Trail;

/// <summary>Checks the audit chain and the journal of every case, batch and title against hashes, lengths and heads. Reads in parts, changes nothing but the note of the check.</summary>
public sealed class TrailChecker(ApplicationsDbContext db, AuditWriter audit, TimeProvider clock)
{
    private const int AuditPart = 2000;
    private const int SubjectPart = 200;
    private const int MostLooks = 5;

    private long subjects;
    private long entries;

    /// <summary>Checks everything, notes time and finding beside the seal, and records that <paramref name="actor"/> had it checked.</summary>
    public async Task<TrailReport> ExecuteAsync(Actor actor, CancellationToken ct)
    {
        var end = await db.AuditSeals.AsNoTracking().SingleAsync(s => s.Id == AuditSeal.TheOne, ct);
        var auditFault = await CheckAuditAsync(end, ct);
        (subjects, entries) = (0, 0);
        var journalFault = await CheckCasesAsync(ct);
        journalFault = await CheckBatchesAsync(ct) is { } fault ? journalFault ?? fault : journalFault;
        journalFault = await CheckTitlesAsync(ct) is { } third ? journalFault ?? third : journalFault;
        journalFault ??= await FindStrayAsync(ct);
        var report = new TrailReport(
            end.Number, await db.Audit.LongCountAsync(a => a.SealNumber == null, ct), end.Hash, subjects, entries, auditFault, journalFault);

        var (now, words) = (UtcMilliseconds.Cut(clock.GetUtcNow().UtcDateTime), report.FaultText);
        await db.AuditSeals.Where(s => s.Id == AuditSeal.TheOne)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.CheckedAt, now).SetProperty(s => s.CheckedFault, words), ct);
        await audit.WriteAsync(actor, "verify-trail", ("trail", null), ct, words ?? "完整");
        return report;
    }

    private async Task<TrailFault?> CheckAuditAsync(AuditSeal end, CancellationToken ct)
    {
        var (last, hash) = (0L, string.Empty);
        while (last < end.Number)
        {
            var part = await db.Audit.AsNoTracking()
                .Where(a => a.SealNumber > last && a.SealNumber <= end.Number)
                .OrderBy(a => a.SealNumber).ThenBy(a => a.Id).Take(AuditPart).ToListAsync(ct);
            if (part.Count == 0)
            {
                return new TrailFault(Text(last + 1), "缺失");
            }

            foreach (var one in part)
            {
                if (one.SealNumber != last + 1)
                {
                    return one.SealNumber == last ? new TrailFault(Text(last), "重复") : new TrailFault(Text(last + 1), "缺失");
                }

                if (one.PreviousHash != hash || one.Hash != one.ComputeHash())
                {
                    return new TrailFault(Text(last + 1), "内容与封存时不一致");
                }

                (last, hash) = (last + 1, one.Hash);
            }
        }

        return hash == end.Hash ? null : new TrailFault(Text(end.Number), "与链尾不一致");
    }

    private async Task<TrailFault?> CheckCasesAsync(CancellationToken ct)
    {
        TrailFault? first = null;
        for (var last = Guid.Empty; ;)
        {
            var part = await db.Applications.AsNoTracking().Where(a => a.Id.CompareTo(last) > 0).OrderBy(a => a.Id)
                .Select(a => new Head(a.Id, a.JournalLength, a.JournalHead)).Take(SubjectPart).ToListAsync(ct);
            if (part.Count == 0)
            {
                return first;
            }

            first = await CheckPartAsync(part, ct) is { } fault ? first ?? fault : first;
            last = part[^1].Id;
        }
    }

    private async Task<TrailFault?> CheckTitlesAsync(CancellationToken ct)
    {
        TrailFault? first = null;
        for (var last = Guid.Empty; ;)
        {
            var part = await db.Certificates.AsNoTracking().Where(c => c.Id.CompareTo(last) > 0).OrderBy(c => c.Id)
                .Select(c => new Head(c.Id, c.JournalLength, c.JournalHead)).Take(SubjectPart).ToListAsync(ct);
            if (part.Count == 0)
            {
                return first;
            }

            first = await CheckPartAsync(part, ct) is { } fault ? first ?? fault : first;
            last = part[^1].Id;
        }
    }

    private async Task<TrailFault?> CheckBatchesAsync(CancellationToken ct) => await CheckPartAsync(
        await db.Batches.AsNoTracking().OrderBy(b => b.Id).Select(b => new Head(b.Id, b.JournalLength, b.JournalHead)).ToListAsync(ct), ct);

    private async Task<TrailFault?> CheckPartAsync(List<Head> heads, CancellationToken ct)
    {
        var ids = heads.ConvertAll(h => h.Id);
        var chains = ids.ToDictionary(id => id, _ => new Chain());
        await foreach (var entry in db.Journal.AsNoTracking().Where(j => ids.Contains(j.SubjectId)).OrderBy(j => j.SubjectId).ThenBy(j => j.Sequence)
            .AsAsyncEnumerable().WithCancellation(ct))
        {
            chains[entry.SubjectId].Add(entry);
            entries++;
        }

        subjects += heads.Count;
        TrailFault? first = null;
        foreach (var head in heads)
        {
            var found = chains[head.Id].FaultAgainst(head);
            first ??= found is null ? null : await LookAgainAsync(head.Id, ct);
        }

        return first;
    }

    /// <summary>People work on while we read: a journal is broken only when it does not fit a head that stood still meanwhile.</summary>
    private async Task<TrailFault?> LookAgainAsync(Guid id, CancellationToken ct)
    {
        for (var look = 1; ; look++)
        {
            var before = await HeadOfAsync(id, ct);
            var chain = new Chain();
            foreach (var entry in await db.Journal.AsNoTracking().Where(j => j.SubjectId == id).OrderBy(j => j.Sequence).ToListAsync(ct))
            {
                chain.Add(entry);
            }

            var fault = chain.FaultAgainst(before);
            if (fault is null || look == MostLooks || before == await HeadOfAsync(id, ct))
            {
                return fault;
            }
        }
    }

    private async Task<Head> HeadOfAsync(Guid id, CancellationToken ct) =>
        await db.Applications.AsNoTracking().Where(a => a.Id == id).Select(a => new Head(a.Id, a.JournalLength, a.JournalHead)).SingleOrDefaultAsync(ct)
        ?? await db.Batches.AsNoTracking().Where(b => b.Id == id).Select(b => new Head(b.Id, b.JournalLength, b.JournalHead)).SingleOrDefaultAsync(ct)
        ?? await db.Certificates.AsNoTracking().Where(c => c.Id == id).Select(c => new Head(c.Id, c.JournalLength, c.JournalHead)).SingleAsync(ct);

    /// <summary>An entry of no case, no batch and no title: its subject was deleted, or it was put in.</summary>
    private async Task<TrailFault?> FindStrayAsync(CancellationToken ct)
    {
        var stray = await db.Journal.AsNoTracking()
            .Where(j => !db.Applications.Any(a => a.Id == j.SubjectId) && !db.Batches.Any(b => b.Id == j.SubjectId) && !db.Certificates.Any(c => c.Id == j.SubjectId))
            .OrderBy(j => j.SubjectId).Select(j => (Guid?)j.SubjectId).FirstOrDefaultAsync(ct);
        return stray is { } id ? new TrailFault(id.ToString("N"), "所属申报、批次或称号缺失") : null;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where a subject says its journal ends.</summary>
    private sealed record Head(Guid Id, int Length, string Hash);

    /// <summary>A journal read line by line; keeps only where it ends and where it first broke.</summary>
    private sealed class Chain
    {
        private int length;
        private string hash = string.Empty;
        private int? broken;

        public void Add(JournalEntry entry)
        {
            if (broken is null && (entry.Sequence != length + 1 || entry.PreviousHash != hash || entry.Hash != entry.ComputeHash()))
            {
                broken = length + 1;
            }

            (length, hash) = (length + 1, entry.Hash);
        }

        public TrailFault? FaultAgainst(Head head)
        {
            if (broken is { } sequence)
            {
                return new TrailFault($"{head.Id:N} 第 {sequence} 条", "内容被改动或缺失");
            }

            return length == head.Length && hash == head.Hash ? null : new TrailFault($"{head.Id:N} 第 {length} 条", "与登记的条数或末条不一致");
        }
    }
}
