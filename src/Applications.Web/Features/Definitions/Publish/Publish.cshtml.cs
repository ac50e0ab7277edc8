using System.Text;
using Applications.Data.Workflow;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Definitions.Publish;

/// <summary>
/// Checks a version from a file or a pasted text, shows what it would change, and publishes it. What is wrong with it is listed by activity, and the text
/// stays in the page.
/// </summary>
[Authorize(Policy = Roles.Admin)]
public sealed class PublishModel(PublishVersionHandler handler, CurrentActor actor) : CommandPage
{
    [BindProperty]
    public IFormFile? Document { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    /// <summary>What the checker has against the text, in its order.</summary>
    public IReadOnlyList<DefinitionProblem> Problems { get; private set; } = [];

    /// <summary>What publishing would do, after a check that found nothing wrong.</summary>
    public PublicationPreview? Preview { get; private set; }

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => TryAsync(
        async request =>
        {
            var published = await handler.HandleAsync(request, actor.Value, ct);
            TempData.Success(published.IsNew ? "新版本已发布，此后新建的批次采用它；进行中的申报件沿用原版本。" : "内容与已发布的版本完全相同，无需再次发布。");
            return LocalRedirect($"/admin/definitions/{published.Id}");
        },
        ct);

    public Task<IActionResult> OnPostCheckAsync(CancellationToken ct) => TryAsync(
        async request =>
        {
            Preview = await handler.PreviewAsync(request, actor.Value, ct);
            return Page();
        },
        ct);

    private Task<IActionResult> TryAsync(Func<PublishVersion, Task<IActionResult>> act, CancellationToken ct) => RunAsync(
        async () =>
        {
            var name = await ReadAsync(ct);
            try
            {
                return await act(new PublishVersion(Text ?? string.Empty, name, IdempotencyKey));
            }
            catch (DefinitionException e)
            {
                Problems = e.Problems;
                Response.StatusCode = StatusCodes.Status400BadRequest;
                return Page();
            }
        },
        ct);

    protected override Task LoadAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>The chosen file's text takes the place of what was in the page, so that it can be mended there.</summary>
    private async Task<string> ReadAsync(CancellationToken ct)
    {
        if (Document is not { Length: > 0 } file)
        {
            return "JSON";
        }

        if (file.Length > VersionPublisher.LongestText * 4L)
        {
            throw new RuleBrokenException("text-too-long", $"流程定义不能超过 {VersionPublisher.LongestText / 1_000_000} MB。", "Document");
        }

        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        Text = (await reader.ReadToEndAsync(ct)).Replace("\0", string.Empty, StringComparison.Ordinal);
        ModelState.Remove(nameof(Text));
        return Path.GetFileName(file.FileName.Replace('\\', '/'));
    }
}
