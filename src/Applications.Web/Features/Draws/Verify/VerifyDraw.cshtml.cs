using Applications.Domain.Reviews.Assigning;
using Applications.Domain.Reviews.Draws;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Draws.Verify;

/// <summary>
/// Draws again from an uploaded record and says in words what holds. Nothing is kept and nothing is looked up: the same code as the command <c>verify-draw</c>.
/// Not open to strangers, because a made-up record could ask for a large count.
/// </summary>
[Authorize(Policy = AccountSetup.Policies.PoolReaders)]
public sealed class VerifyDrawModel : PageModel
{
    /// <summary>A record of 3,000 experts and 40 panels has about 2 MB.</summary>
    private const int LargestFile = 16 * 1024 * 1024;

    [BindProperty]
    public IFormFile? Record { get; set; }

    /// <summary>Comes along from the page of a record, so that nobody has to copy it.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Digest { get; set; }

    public DrawVerification? Verification { get; private set; }

    public string? FileName { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Record is not { Length: > 0 })
        {
            ModelState.AddModelError(nameof(Record), "请选择抽取记录文件（JSON）。");
        }
        else if (Record.Length > LargestFile)
        {
            ModelState.AddModelError(nameof(Record), "文件超过 16 MB，不是抽取记录。");
        }

        if (!string.IsNullOrWhiteSpace(Digest) && (Digest.Trim().Length != 64 || !Digest.Trim().All(char.IsAsciiHexDigit)))
        {
            ModelState.AddModelError(nameof(Digest), "承诺摘要是 64 位的数字和字母（a–f），请从办理记录中完整复制。");
        }

        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }

        using var bytes = new MemoryStream();
        await Record!.CopyToAsync(bytes, ct);
        FileName = Path.GetFileName(Record.FileName.Replace('\\', '/'));
        var file = bytes.ToArray();
        Verification = AssignmentVerifier.Recognises(file)
            ? await Task.Run(() => AssignmentVerifier.Verify(file, ct), ct)
            : DrawVerifier.Verify(file, string.IsNullOrWhiteSpace(Digest) ? null : Digest);
        return Page();
    }
}
