using Applications.Data;
using Applications.Data.Cases;
using Applications.Domain.Cases;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Filings.Check;

/// <summary>Whoever holds a filed application on paper may check it; number and code stand on each of its pages.</summary>
[AllowAnonymous]
public sealed class CheckFilingModel(CheckFilingQuery query) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Number { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    public bool WasAsked { get; private set; }

    public CheckedFiling? Found { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        WasAsked = !string.IsNullOrWhiteSpace(Number) || !string.IsNullOrWhiteSpace(Code);
        Found = WasAsked ? await query.ExecuteAsync(Number?.Trim().ToUpperInvariant() ?? string.Empty, Code ?? string.Empty, ct) : null;
    }
}

/// <param name="IsIntact">What is stored still hashes to what was filed.</param>
public sealed record CheckedFiling(string Enterprise, string Batch, string Number, DateTime FiledAt, int Round, bool IsLatest, int Files, string Digest, bool IsIntact);

/// <summary>A filing by the number and the code on its paper; what is stored is hashed anew.</summary>
public sealed class CheckFilingQuery(ApplicationsDbContext db)
{
    public async Task<CheckedFiling?> ExecuteAsync(string number, string code, CancellationToken ct)
    {
        var given = Filing.NormalCode(code);
        var filings = await (
            from application in db.Applications.AsNoTracking()
            join batch in db.Batches on application.BatchId equals batch.Id
            join filing in db.Filings on application.Id equals filing.CaseId
            where application.Number == number
            select new { application.Id, application.EnterpriseName, application.FilingRound, Batch = batch.Name, Filing = filing }).ToListAsync(ct);
        if (filings.Find(f => Filing.NormalCode(f.Filing.CheckCode) == given) is not { } found)
        {
            return null;
        }

        var files = await db.Attachments.AsNoTracking().Where(a => a.CaseId == found.Id).InFiling(found.Filing.Round).Select(a => a.Sha256).ToListAsync(ct);
        var digest = Filing.DigestOf(found.Filing.Answers, found.Filing.Enterprise, files);
        return new CheckedFiling(
            found.EnterpriseName, found.Batch, number, found.Filing.FiledAt, found.Filing.Round, found.Filing.Round == found.FilingRound, files.Count, found.Filing.Digest,
            digest == found.Filing.Digest);
    }
}
