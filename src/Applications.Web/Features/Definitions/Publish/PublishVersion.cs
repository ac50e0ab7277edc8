using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Versions;

namespace Applications.Web.Features.Definitions.Publish;

/// <param name="Json">The text of the definition, as it came.</param>
/// <param name="FileName">Named in problems.</param>
public sealed record PublishVersion(string Json, string FileName, Guid IdempotencyKey);

/// <param name="IsNew">False when this very text was published before.</param>
public sealed record PublishedVersion(string Id, bool IsNew);

/// <summary>What publishing would do, worked out without doing it.</summary>
/// <param name="Before">The newest version so far; null when this very text is published already.</param>
/// <param name="Diff">What changes against it.</param>
public sealed record PublicationPreview(WorkflowDefinition Definition, WorkflowDefinition? Before, DefinitionDiff? Diff);

/// <summary>Checks a definition as strictly as the folders are checked and makes it a version that new batches take.</summary>
public sealed class PublishVersionHandler(VersionPublisher versions, DefinitionCatalog catalog, EditionSource editions, CommandPipeline pipeline)
{
    /// <exception cref="DefinitionException">The definition is unsound; every problem is told by activity.</exception>
    /// <exception cref="RuleBrokenException"><c>no-text</c>, <c>text-too-long</c>, <c>unknown-workflow</c>, <c>already-published</c>, <c>version-not-higher</c>.</exception>
    /// <exception cref="NotFoundException">The actor may not publish.</exception>
    public async Task<PublishedVersion> HandleAsync(PublishVersion request, Actor actor, CancellationToken ct)
    {
        var (definition, json) = await CheckAsync(request, actor, ct);
        return await pipeline.RunAsync(
            actor, request.IdempotencyKey, "publish-definition", ("definition", null),
            async c => new PublishedVersion(definition.Id, await versions.PublishAsync(definition, json, actor, c)),
            ct,
            $"{definition.Id}（第 {definition.Version} 版）SHA-256 {VersionPublisher.HashOf(json)[..12]}");
    }

    /// <summary>All that <see cref="HandleAsync"/> checks, and what would change; nothing is written.</summary>
    /// <exception cref="DefinitionException">As <see cref="HandleAsync"/>, as the others.</exception>
    public async Task<PublicationPreview> PreviewAsync(PublishVersion request, Actor actor, CancellationToken ct)
    {
        var (definition, json) = await CheckAsync(request, actor, ct);
        var before = await versions.PredecessorAsync(definition, json, ct) is { } row ? catalog.Workflow(row.Id) : null;
        return new PublicationPreview(definition, before, before is null ? null : DefinitionDiff.Between(before, definition));
    }

    private async Task<(WorkflowDefinition Definition, string Json)> CheckAsync(PublishVersion request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(Roles.Admin))
        {
            throw new NotFoundException();
        }

        var json = (request.Json ?? string.Empty).TrimStart('\uFEFF');
        if (string.IsNullOrWhiteSpace(json))
        {
            throw new RuleBrokenException("no-text", "请选择流程定义文件，或粘贴其内容。", "Document");
        }

        if (json.Length > VersionPublisher.LongestText)
        {
            throw new RuleBrokenException("text-too-long", $"流程定义不能超过 {VersionPublisher.LongestText / 1_000_000} MB。", "Document");
        }

        var definition = VersionPublisher.Check(json, request.FileName);
        await editions.RequirePartnerAsync(definition, request.FileName, ct);
        return (definition, json);
    }
}
