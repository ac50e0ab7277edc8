using Applications.Data;
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

    /// <summary>A data address of the picture that leads back here.</summary>
    public string QrCode { get; private set; } = string.Empty;

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken ct)
    {
        if (await query.ExecuteAsync(number, ct) is not { } found)
        {
            return NotFound();
        }

        Certificate = found;
        var expired = found.ValidUntil is { } until && until < clock.GetUtcNow().UtcDateTime;
        IsValid = found.RevokedAt is null && !expired;
        Standing = found.RevokedAt is not null ? "已撤销" : expired ? "已到期" : "有效";
        var root = site.Value.BaseUrl.Length > 0 ? site.Value.BaseUrl.TrimEnd('/') : $"{Request.Scheme}://{Request.Host}";
        using var data = QRCodeGenerator.GenerateQrCode($"{root}/certificates/{Uri.EscapeDataString(found.Number)}", QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        QrCode = $"data:image/png;base64,{Convert.ToBase64String(code.GetGraphic(4))}";
        return Page();
    }
}

/// <summary>A certificate by its number.</summary>
public sealed class ShowCertificateQuery(ApplicationsDbContext db)
{
    public Task<Certificate?> ExecuteAsync(string number, CancellationToken ct) =>
        db.Certificates.AsNoTracking().SingleOrDefaultAsync(c => c.Number == number, ct);
}
