using Applications.Web.Features.Home;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Notices.List;

/// <summary>Every call, public notice and announcement, newest first.</summary>
[AllowAnonymous]
public sealed class NoticeListModel(NoticeListQuery query) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    public IReadOnlyList<NoticeLine> Lines { get; private set; } = [];

    public string? NextHref { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        (Lines, var next) = await query.ExecuteAsync(Q, Before, ct);
        NextHref = next is null ? null : $"/notices?q={Uri.EscapeDataString(Q ?? string.Empty)}&before={next}";
    }
}
