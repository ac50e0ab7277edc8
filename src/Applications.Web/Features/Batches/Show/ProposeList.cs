using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Common;
using Applications.Domain.Forms;
using Applications.Domain.Rubrics;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Batches.Show;

public sealed record ProposeList(Guid BatchId, IReadOnlySet<Guid> Selected, string? Note, Guid IdempotencyKey);

/// <summary>Ranks what was scored and sends the list up for signature.</summary>
public sealed class ProposeListHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DefinitionCatalog definitions)
{
    /// <summary>The gate at which scored cases wait for their list, in every programme.</summary>
    private const string ListGate = "notice";

    /// <exception cref="RuleBrokenException"><c>reviews-open</c>, <c>list-empty</c>, <c>below-pass-line</c>, <c>departure-needs-reason</c>.</exception>
    public Task<int> HandleAsync(ProposeList request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "propose-list", ("batch", request.BatchId), c => ProposeAsync(request, actor, c), ct);
    }

    /// <summary>Places by score; ties share one.</summary>
    public static IReadOnlyList<Ranked<Application>> Rank(IEnumerable<Application> cases) =>
        Ranking.Rank(cases.Where(c => c.Score is not null).Select(c => new RankEntry<Application>(c, c.Score!.Value, [], c.Number!)));

    /// <summary>The cases that a list can be made of: those that wait for it. In a batch that goes round, cases not yet under review belong to the next list.</summary>
    /// <returns>Those that are ready, and how many are under review but not yet so far.</returns>
    internal static async Task<(List<Application> Ready, int Open)> CandidatesAsync(ApplicationsDbContext db, DefinitionCatalog definitions, Batch batch, CancellationToken ct)
    {
        var reviewed = await db.Applications.AsNoTracking()
            .Where(a => a.BatchId == batch.Id && a.Result == null && a.SuspendedAt == null && db.Reviews.Any(r => r.CaseId == a.Id)).ToListAsync(ct);
        var ready = reviewed.FindAll(a => a.Score is not null && definitions.Workflow(a.State.DefinitionId).Get(a.Stage) is var stage && stage.Kind.Answers(stage, ListGate));
        return (ready, reviewed.Count - ready.Count);
    }

    private async Task<int> ProposeAsync(ProposeList request, Actor actor, CancellationToken ct)
    {
        var (batch, item) = await db.BatchItemAsync(request.BatchId, Tasks.ProposeList, actor, ct);
        var (ready, open) = await CandidatesAsync(db, definitions, batch, ct);
        if (open > 0)
        {
            throw new RuleBrokenException("reviews-open", $"还有 {open} 个项目评审或核查未完成，不能拟定名单。");
        }

        var ranked = Rank(ready);
        if (!ranked.Any(r => request.Selected.Contains(r.Entry.Item.Id)))
        {
            throw new RuleBrokenException("list-empty", "请至少选择一项列入拟认定名单。");
        }

        var programme = definitions.Programme(batch.ProgrammeId);
        var passLine = programme.PassLine * 100;
        if (ranked.FirstOrDefault(r => request.Selected.Contains(r.Entry.Item.Id) && r.Entry.Score < passLine) is { } below)
        {
            throw new RuleBrokenException("below-pass-line", $"{below.Entry.Item.EnterpriseName} 得分 {below.Entry.Score / 100m:0.00}，低于 {passLine / 100} 分，不能列入名单。", "Selected");
        }

        // A lower score taken while a higher one is left is a departure from the ranking and must be explained.
        var lowest = ranked.Where(r => request.Selected.Contains(r.Entry.Item.Id)).Min(r => r.Entry.Score);
        if (ranked.Any(r => !request.Selected.Contains(r.Entry.Item.Id) && r.Entry.Score > lowest) && string.IsNullOrWhiteSpace(request.Note))
        {
            throw new RuleBrokenException("departure-needs-reason", "所选名单与得分排名不一致，请写明理由。", "Note");
        }

        db.ProposedLists.Add(new ProposedList
        {
            Id = Guid.CreateVersion7(),
            BatchId = batch.Id,
            Round = 1 + await db.ProposedLists.CountAsync(l => l.BatchId == batch.Id, ct),
            ProposedAt = host.Now,
            ProposedBy = actor.Name,
            Note = request.Note ?? string.Empty,
            Entries = [.. ranked.Select(r => new ListEntry(
                r.Place, r.Entry.Item.Id, r.Entry.Item.Number!, r.Entry.Item.EnterpriseName, r.Entry.Item.CityName, r.Entry.Score, request.Selected.Contains(r.Entry.Item.Id),
                Object: programme.ObjectOf(Answers.Parse(r.Entry.Item.Answers))))],
        });
        await host.CompleteAsync(FlowSubjects.Of(batch), item.Token, "Propose", actor, request.Note, ct);
        return ranked.Count(r => request.Selected.Contains(r.Entry.Item.Id));
    }
}
