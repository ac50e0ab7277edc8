using Applications.Domain.Batches;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Home;

/// <summary>The public front page: what is open, what was announced, how it goes.</summary>
[AllowAnonymous]
public sealed class HomeModel(HomeQuery query) : PageModel
{
    public HomeView View { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct) => View = await query.ExecuteAsync(ct);

    public static string KindOf(NoticeKind kind) => kind switch
    {
        NoticeKind.Call => "通知",
        NoticeKind.PublicNotice => "公示",
        _ => "公告",
    };
}
