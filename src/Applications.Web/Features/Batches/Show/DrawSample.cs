using System.Security.Cryptography;
using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Reviews;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Batches.Show;

public sealed record DrawSample(Guid BatchId, Guid IdempotencyKey);

/// <summary>Draws which of the reviewed cases are checked on site. The seed stands in the batch's journal: anybody can draw again with it.</summary>
public sealed class DrawSampleHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DefinitionCatalog definitions)
{
    /// <summary>The gate at which reviewed cases wait for the sample.</summary>
    private const string SampleGate = "site-check";

    /// <returns>How many were drawn.</returns>
    /// <exception cref="RuleBrokenException"><c>reviews-open</c>.</exception>
    public Task<int> HandleAsync(DrawSample request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "draw-sample", ("batch", request.BatchId), c => DrawAsync(request, actor, c), ct);
    }

    private async Task<int> DrawAsync(DrawSample request, Actor actor, CancellationToken ct)
    {
        var (batch, item) = await db.BatchItemAsync(request.BatchId, Tasks.DrawSample, actor, ct);
        var reviewed = await db.Applications.Where(a => a.BatchId == batch.Id && a.Result == null && db.Reviews.Any(r => r.CaseId == a.Id)).ToListAsync(ct);
        var waiting = reviewed.FindAll(a => definitions.Workflow(a.State.DefinitionId).Get(a.Stage) is var stage && stage.Kind.Answers(stage, SampleGate));
        if (waiting.Count < reviewed.Count)
        {
            throw new RuleBrokenException("reviews-open", $"还有 {reviewed.Count - waiting.Count} 个项目评审未完成，不能抽取样本。");
        }

        // Drawn here and written into the journal below, like the panels: nobody can have known it.
        var seed = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var percent = definitions.Programme(batch.ProgrammeId).SiteCheckPercent ?? 100;
        var drawn = SiteCheckSample.Draw(waiting.Select(a => a.Number!), percent, seed);
        foreach (var one in waiting)
        {
            one.Sampled = drawn.Contains(one.Number!);
            one.Version = Guid.NewGuid();
        }

        await host.CompleteAsync(FlowSubjects.Of(batch), item.Token, "Draw", actor, $"{waiting.Count} 个项目按 {percent}% 抽取 {drawn.Count} 个；抽取种子 {seed}", ct);
        return drawn.Count;
    }
}
