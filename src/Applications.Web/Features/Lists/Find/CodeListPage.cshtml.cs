using Applications.Domain.Forms.Lists;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Lists.Find;

/// <summary>A code list to look things up in, and the same as data for the page's script.</summary>
[AllowAnonymous]
public sealed class CodeListPageModel : PageModel
{
    private const int MostShown = 200;

    [BindProperty(SupportsGet = true, Name = "list")]
    public string Id { get; set; } = string.Empty;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Codes under which to look.</summary>
    [BindProperty(SupportsGet = true)]
    public List<string> Under { get; set; } = [];

    public CodeList List { get; private set; } = null!;

    public IReadOnlyList<CodeEntry> Found { get; private set; } = [];

    public int Total { get; private set; }

    public IActionResult OnGet()
    {
        if (CodeLists.Find(Id) is not { } list)
        {
            return NotFound();
        }

        List = list;
        var found = list.Search(Q ?? string.Empty, Under).ToList();
        (Found, Total) = ([.. found.Take(MostShown)], found.Count);
        return Page();
    }

    /// <summary>The whole list; an address with the content's hash may be kept for good.</summary>
    public IActionResult OnGetEntries(string? v)
    {
        if (CodeLists.Find(Id) is not { } list)
        {
            return NotFound();
        }

        var payload = CodeListPayload.Of(list);
        Response.Headers.CacheControl = v == payload.Hash ? "public, max-age=31536000, immutable" : "no-cache";
        Response.Headers.Vary = "Accept-Encoding";
        if (!Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            return File(payload.Json, CodeListPayload.ContentType);
        }

        Response.Headers.ContentEncoding = "gzip";
        return File(payload.Zipped, CodeListPayload.ContentType);
    }
}
