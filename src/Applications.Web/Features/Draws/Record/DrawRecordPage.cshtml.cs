using System.Text;
using Applications.Data.Commands;
using Applications.Web.Features.Draws.Show;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Draws.Record;

/// <summary>The record of a draw (抽取记录) for printing and signing, and as the file that can be checked.</summary>
[Authorize(Policy = AccountSetup.Policies.PoolReaders)]
public sealed class DrawRecordPageModel(ShowDrawQuery query, CurrentActor actor) : PageModel
{
    public DrawView View { get; private set; } = null!;

    public async Task OnGetAsync(Guid id, CancellationToken ct) => View = await OpenAsync(id, ct);

    /// <summary>The file, byte for byte as it was sealed.</summary>
    public async Task<IActionResult> OnGetFileAsync(Guid id, CancellationToken ct)
    {
        var draw = (await OpenAsync(id, ct)).Draw;
        return File(Encoding.UTF8.GetBytes(draw.Record!), "application/json", $"{draw.Number}.json");
    }

    /// <summary>A record that is not there yet, or still sealed for this reader, is not found.</summary>
    private async Task<DrawView> OpenAsync(Guid id, CancellationToken ct)
    {
        var view = await query.ExecuteAsync(id, actor.Value, ct);
        return view is { IsOpen: true, Record: not null } ? view : throw new NotFoundException();
    }
}
