using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Certificates.Find;

/// <summary>Anyone may check a certificate by its number.</summary>
[AllowAnonymous]
public sealed class FindCertificateModel(Show.ShowCertificateQuery query) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Number { get; set; }

    public bool NotFoundHere { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Number))
        {
            return Page();
        }

        if (await query.ExecuteAsync(Number.Trim(), ct) is { } found)
        {
            return LocalRedirect($"/certificates/{Uri.EscapeDataString(found.Certificate.Number)}");
        }

        NotFoundHere = true;
        return Page();
    }
}
