using Applications.Data;
using Applications.Data.Workflow;
using Applications.Domain.Titles;
using Applications.Web.Infrastructure.Startup;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using QRCoder;

namespace Applications.Web.Features.Certificates.Show;

/// <summary>A certificate as it is printed, with its present standing.</summary>
[AllowAnonymous]
public sealed class ShowCertificateModel(ShowCertificateQuery query, TimeProvider clock, IOptions<SiteSettings> site) : PageModel
{
    public Certificate Certificate { get; private set; } = null!;

    public string Standing { get; private set; } = string.Empty;

    public bool IsValid { get; private set; }

    /// <summary>Why the title was revoked, in words.</summary>
    public string? Ground { get; private set; }

    /// <summary>A data address of the picture that leads back here.</summary>
    public string QrCode { get; private set; } = string.Empty;

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken ct)
    {
        if (await query.ExecuteAsync(number, ct) is not ({ } found, var ground))
        {
            return NotFound();
        }

        (Certificate, Ground) = (found, ground);
        var expired = found.ValidUntil is { } until && until < clock.GetUtcNow().UtcDateTime;
        IsValid = found.RevokedAt is null && !expired;
        Standing = found.RevokedAt is not null ? "已撤销" : expired ? (IsUnderEvaluation(found) ? "有效期届满，正在评价" : "已到期") : "有效";
        var root = site.Value.BaseUrl.Length > 0 ? site.Value.BaseUrl.TrimEnd('/') : $"{Request.Scheme}://{Request.Host}";
        using var data = QRCodeGenerator.GenerateQrCode($"{root}/certificates/{Uri.EscapeDataString(found.Number)}", QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        QrCode = $"data:image/png;base64,{Convert.ToBase64String(code.GetGraphic(4))}";
        return Page();
    }

    /// <summary>The evaluation begins when the term ends; until it is over the title neither holds nor has lapsed.</summary>
    private static bool IsUnderEvaluation(Certificate title) => title is { State: not null, Result: null };
}

/// <summary>A certificate by its number, with the ground of its revocation in words.</summary>
public sealed class ShowCertificateQuery(ApplicationsDbContext db, DefinitionCatalog definitions)
{
    public async Task<(Certificate Certificate, string? Ground)?> ExecuteAsync(string number, CancellationToken ct)
    {
        var found = await (
            from c in db.Certificates.AsNoTracking()
            join a in db.Applications on c.CaseId equals a.Id
            join b in db.Batches on a.BatchId equals b.Id
            where c.Number == number
            select new { c, b.ProgrammeId }).SingleOrDefaultAsync(ct);
        return found is null ? null : (
            found.c, definitions.Programme(found.ProgrammeId).RevocationGrounds.FirstOrDefault(g => g.Key == found.c.RevokedBecause)?.Text ?? found.c.RevokedBecause);
    }
}
