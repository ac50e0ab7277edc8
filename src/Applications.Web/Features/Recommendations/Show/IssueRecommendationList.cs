using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Recommendations.Show;

/// <param name="Ranks">Case id → place, 1 first.</param>
public sealed record IssueRecommendationList(Guid BatchId, string DocumentNumber, IReadOnlyDictionary<Guid, int> Ranks, Guid IdempotencyKey);

/// <summary>Issues the city's ranked list (推荐文件): every case on it goes up to the department in the same commit.</summary>
public sealed class IssueRecommendationListHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline)
{
    /// <exception cref="RuleBrokenException"><c>document-number-required</c>, <c>list-empty</c>, <c>ranks-not-1-to-n</c>.</exception>
    public Task<int> HandleAsync(IssueRecommendationList request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "issue-recommendation-list", ("batch", request.BatchId), c => IssueAsync(request, actor, c), ct);
    }

    private async Task<int> IssueAsync(IssueRecommendationList request, Actor actor, CancellationToken ct)
    {
        if (actor.Role != Roles.City)
        {
            throw new NotFoundException();
        }

        if (string.IsNullOrWhiteSpace(request.DocumentNumber) || request.DocumentNumber.Length > 60)
        {
            throw new RuleBrokenException("document-number-required", "请填写推荐文件的文号（60 字以内）。", "DocumentNumber");
        }

        var batch = await db.Batches.SingleOrDefaultAsync(b => b.Id == request.BatchId, ct) ?? throw new NotFoundException();
        var items = await db.WorkItems.Where(w => w.BatchId == batch.Id && w.Holder == actor.Holder && w.Task == Tasks.CityList && w.ClosedAt == null).ToListAsync(ct);
        if (items.Count == 0)
        {
            throw new RuleBrokenException("list-empty", "没有待列入推荐名单的申报。");
        }

        var ranks = items.Select(i => request.Ranks.GetValueOrDefault(i.CaseId!.Value)).Order().ToList();
        if (!ranks.SequenceEqual(Enumerable.Range(1, items.Count)))
        {
            throw new RuleBrokenException("ranks-not-1-to-n", $"请为 {items.Count} 项申报排出 1 至 {items.Count} 的名次，不能重复或遗漏。", "Ranks");
        }

        var cases = await db.Applications.Where(a => a.BatchId == batch.Id && a.CityId == actor.ScopeId && a.Result == null).ToDictionaryAsync(a => a.Id, ct);
        List<ListEntry> entries = [];
        foreach (var item in items.OrderBy(i => request.Ranks[i.CaseId!.Value]))
        {
            var application = cases[item.CaseId!.Value];
            application.CityRank = request.Ranks[application.Id];
            entries.Add(new ListEntry(application.CityRank.Value, application.Id, application.Number!, application.EnterpriseName, application.CityName));
            await host.CompleteAsync(FlowSubjects.Of(application, batch), item.Token, "List", actor, null, ct);
        }

        db.RecommendationLists.Add(new RecommendationList
        {
            Id = Guid.CreateVersion7(),
            BatchId = batch.Id,
            CityId = actor.ScopeId!.Value,
            CityName = entries[0].CityName,
            DocumentNumber = request.DocumentNumber.Trim(),
            IssuedAt = host.Now,
            IssuedBy = actor.Name,
            Entries = entries,
        });
        return entries.Count;
    }
}
