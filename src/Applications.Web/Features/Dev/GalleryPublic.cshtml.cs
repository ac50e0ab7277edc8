using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Dev;

/// <summary>The looks of the public pages, in Development only.</summary>
[AllowAnonymous]
public sealed class GalleryPublicModel(IHostEnvironment environment, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Part { get; set; } = "home";

    public DateTime Now => time.GetUtcNow().UtcDateTime;

    public IActionResult OnGet() => environment.IsDevelopment() ? Page() : NotFound();
}
