using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Batches.Change;

/// <summary>New days and quotas of a running batch. Days are Chinese calendar days; a closing day counts to its end.</summary>
/// <param name="FilingClosesOn">Null: as it is.</param>
/// <param name="Quotas">City bureau → its new quota; cities that are not named keep theirs.</param>
/// <param name="Version">The batch as the officer saw it.</param>
public sealed record ChangeBatch(
    Guid BatchId, DateOnly? FilingClosesOn, DateOnly? RecommendationClosesOn, IReadOnlyDictionary<Guid, int?> Quotas, string? Reason, Guid Version, Guid IdempotencyKey);

/// <summary>
/// Changes what a call announced: days that have not come yet, and quotas no lower than what is used. What waits for these days, here and in the files, waits for the new ones; the call says so.
/// A day that has passed stays, and so does a public notice that runs.
/// </summary>
public sealed class ChangeBatchHandler(ApplicationsDbContext db, ApprovalHost approvals, WorkflowHost host, CommandPipeline pipeline)
{
    public const int LongestReason = 500;
    public const int MostQuota = 500;

    /// <exception cref="RuleBrokenException">
    /// <c>reason-required</c>, <c>text-too-long</c>, <c>batch-over</c>, <c>day-past</c>, <c>day-required</c>, <c>day-order</c>, <c>quota-range</c>, <c>quota-used</c>, <c>nothing-changed</c>.
    /// </exception>
    public Task<string> HandleAsync(ChangeBatch request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "change-batch", ("batch", request.BatchId), c => ChangeAsync(request, actor, c), ct, request.Reason?.Trim());
    }

    private async Task<string> ChangeAsync(ChangeBatch request, Actor actor, CancellationToken ct)
    {
        var batch = (actor.Is(Roles.Officer) ? await db.Batches.SingleOrDefaultAsync(b => b.Id == request.BatchId, ct) : null) ?? throw new NotFoundException();
        StaleVersionException.ThrowIfStale(request.Version, batch.Version, "批次");
        var reason = ReasonOf(request);
        if (batch.Result is not null)
        {
            throw new RuleBrokenException("batch-over", "本批次已经办结，不能变更。");
        }

        var (facts, changes) = MoveDays(batch, request);
        changes.AddRange(await SetQuotasAsync(batch, request, ct));
        if (changes.Count == 0)
        {
            throw new RuleBrokenException("nothing-changed", "日期和名额都没有改动。");
        }

        var text = $"{string.Join("；", changes)}。{reason}";
        if (facts.Count > 0)
        {
            await FollowAsync(batch, facts, changes, text, actor, ct);
        }

        await approvals.RescheduleAsync(FlowSubjects.Of(batch), facts, actor, text, ct);
        batch.Version = Guid.NewGuid();
        return string.Join("；", changes);
    }

    private static string ReasonOf(ChangeBatch request)
    {
        var reason = request.Reason?.Trim() ?? string.Empty;
        return reason.Length switch
        {
            0 => throw new RuleBrokenException("reason-required", "请写明变更理由，将记入办理记录。", "Reason"),
            > LongestReason => throw new RuleBrokenException("text-too-long", $"理由不超过 {LongestReason} 字。", "Reason"),
            _ => reason,
        };
    }

    private (HashSet<string> Facts, List<string> Changes) MoveDays(Batch batch, ChangeBatch request)
    {
        var (facts, changes) = (new HashSet<string>(StringComparer.Ordinal), new List<string>());
        var filing = Day("FilingClosesOn", "申报截止", batch.FilingClosesAt, request.FilingClosesOn);
        var recommendation = Day("RecommendationClosesOn", "推荐截止", batch.RecommendationClosesAt, request.RecommendationClosesOn);
        if (filing < ChinaTime.DateOf(batch.OpensAt))
        {
            throw new RuleBrokenException("day-order", "申报截止日期不能早于开始日期。", "FilingClosesOn");
        }

        if (recommendation <= filing)
        {
            throw new RuleBrokenException("day-order", "推荐截止日期应晚于申报截止日期。", "RecommendationClosesOn");
        }

        batch.FilingClosesAt = Moved("filingClosesAt", "申报截止", batch.FilingClosesAt, filing);
        batch.RecommendationClosesAt = Moved("recommendationClosesAt", "推荐截止", batch.RecommendationClosesAt, recommendation);
        return (facts, changes);

        DateOnly Day(string field, string what, DateTime now, DateOnly? wanted)
        {
            var current = LastDay(now);
            if (wanted is not { } day || day == current)
            {
                return current;
            }

            if (now <= host.Now)
            {
                throw new RuleBrokenException("day-past", $"{what}日期已过，不能再改。", field);
            }

            return day >= ChinaTime.DateOf(host.Now) ? day : throw new RuleBrokenException("day-past", $"{what}日期不能早于今天。", field);
        }

        DateTime Moved(string fact, string what, DateTime now, DateOnly day)
        {
            if (day == LastDay(now))
            {
                return now;
            }

            facts.Add(fact);
            changes.Add($"{what}由 {ChinaTime.FormatDate(LastDay(now))} 调整为 {ChinaTime.FormatDate(day)}");
            return ChinaTime.EndOfDay(day);
        }
    }

    /// <summary>The day to whose end a moment belongs.</summary>
    public static DateOnly LastDay(DateTime closes) => ChinaTime.DateOf(closes.AddTicks(-1));

    /// <summary>Each row has a version of its own: a recommendation at the same moment makes this look again.</summary>
    private async Task<List<string>> SetQuotasAsync(Batch batch, ChangeBatch request, CancellationToken ct)
    {
        List<string> changes = [];
        var names = await db.Organisations.AsNoTracking().Where(o => request.Quotas.Keys.Contains(o.Id)).OrderBy(o => o.DivisionCode).Select(o => new { o.Id, o.Name }).ToListAsync(ct);
        var quotas = await db.Quotas.Where(q => q.BatchId == batch.Id).ToDictionaryAsync(q => q.CityId, ct);
        foreach (var city in names)
        {
            if (request.Quotas[city.Id] is not { } wanted || !quotas.TryGetValue(city.Id, out var quota) || wanted == quota.Limit)
            {
                continue;
            }

            if (batch.RecommendationClosesAt <= host.Now)
            {
                throw new RuleBrokenException("day-past", "推荐已经截止，名额不能再改。", $"Quotas[{city.Id}]");
            }

            if (wanted is < 0 or > MostQuota)
            {
                throw new RuleBrokenException("quota-range", $"名额应在 0 至 {MostQuota} 之间。", $"Quotas[{city.Id}]");
            }

            if (wanted < quota.Used)
            {
                throw new RuleBrokenException("quota-used", $"{city.Name}已推荐 {quota.Used} 个，名额不能少于 {quota.Used}。", $"Quotas[{city.Id}]");
            }

            changes.Add($"{city.Name}名额由 {quota.Limit} 个调整为 {wanted} 个");
            (quota.Limit, quota.Version) = (wanted, Guid.NewGuid());
        }

        return changes;
    }

    /// <summary>Files that wait for the days that changed, and the published call.</summary>
    private async Task FollowAsync(Batch batch, HashSet<string> facts, List<string> changes, string text, Actor actor, CancellationToken ct)
    {
        foreach (var application in await db.Applications.Where(a => a.BatchId == batch.Id && a.Result == null).ToListAsync(ct))
        {
            var subject = FlowSubjects.Of(application, batch);
            if (approvals.WaitsFor(subject, facts))
            {
                await approvals.RescheduleAsync(subject, facts, actor, text, ct);
            }
        }

        if (await db.Notices.SingleOrDefaultAsync(n => n.BatchId == batch.Id && n.Kind == NoticeKind.Call, ct) is { } call)
        {
            var days = changes.Where(c => c.Contains("截止", StringComparison.Ordinal));
            call.Body = $"{call.Body}\n\n【{ChinaTime.FormatDate(host.Now)}变更】{string.Join("；", days)}。";
            call.ClosesAt = batch.FilingClosesAt;
        }
    }
}
