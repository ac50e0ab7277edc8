using System.Globalization;
using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Outbox;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Reviews.Urge;

/// <param name="ReviewId">A seat of the expert who is urged; everybody with an open sheet when null.</param>
public sealed record UrgeExperts(Guid BatchId, Guid? ReviewId, Guid IdempotencyKey);

/// <summary>A letter to experts whose sheets are open, beside those that go out by themselves: one a day for each expert and batch, however many files he has.</summary>
public sealed class UrgeExpertsHandler(ApplicationsDbContext db, CommandPipeline pipeline, TimeProvider clock)
{
    /// <returns>How many were written to.</returns>
    /// <exception cref="RuleBrokenException"><c>urged-today</c>, <c>nobody-to-urge</c>.</exception>
    public Task<int> HandleAsync(UrgeExperts request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "urge-experts", ("batch", request.BatchId), c => UrgeAsync(request, actor, c), ct, request.ReviewId is { } one ? $"评审任务 {one:N}" : "全部未完成的专家");
    }

    /// <summary>What marks that an expert was urged on a day.</summary>
    public static string KeyOf(Guid batchId, string expert, DateOnly day) => $"{PrefixOf(batchId)}{expert}:{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";

    /// <summary>What the marks of a batch begin with.</summary>
    public static string PrefixOf(Guid batchId) => $"urge:{batchId:N}:";

    private async Task<int> UrgeAsync(UrgeExperts request, Actor actor, CancellationToken ct)
    {
        var batch = (actor.Is(Roles.Officer) ? await db.Batches.AsNoTracking().SingleOrDefaultAsync(b => b.Id == request.BatchId, ct) : null) ?? throw new NotFoundException();
        var expert = request.ReviewId is not { } review ? null
            : (await db.Reviews.AsNoTracking().Where(r => r.Id == review && r.BatchId == batch.Id).Select(r => (Guid?)r.ExpertId).SingleOrDefaultAsync(ct) ?? throw new NotFoundException()).ToString("N");
        var seats = (await db.WorkItems.AsNoTracking()
            .Where(w => w.BatchId == batch.Id && w.Task == Tasks.Score && w.ClosedAt == null && w.StayedAt == null && w.Participant != null && (expert == null || w.Participant == expert))
            .OrderBy(w => w.DueAt).Select(w => new { w.CaseId, w.Participant, w.Holder }).ToListAsync(ct)).GroupBy(w => w.Participant!).ToList();
        if (seats.Count == 0)
        {
            throw new RuleBrokenException("nobody-to-urge", "没有未完成评审的专家，无需催办。");
        }

        var now = UtcMilliseconds.Cut(clock.GetUtcNow().UtcDateTime);
        var today = ChinaTime.DateOf(now);
        var keys = seats.ConvertAll(s => KeyOf(batch.Id, s.Key, today));
        var done = await db.Reminders.AsNoTracking().Where(r => keys.Contains(r.Key)).Select(r => r.Key).ToListAsync(ct);
        var open = seats.FindAll(s => !done.Contains(KeyOf(batch.Id, s.Key, today)));
        if (open.Count == 0)
        {
            throw new RuleBrokenException("urged-today", expert is null ? "未完成评审的专家今天都已催办，每人每天一次。" : "该专家今天已经催办，每天一次。");
        }

        foreach (var one in open)
        {
            // The letter is about one of his files, so that it stays as sealed as his name.
            var key = KeyOf(batch.Id, one.Key, today);
            var because = $"专家评审，您还有 {one.Count()} 个项目未完成";
            db.Reminders.Add(new Reminder { Id = Guid.CreateVersion7(), Key = key, CreatedAt = now, UserId = Guid.Empty, Because = because });
            db.Send(OutboxKinds.SendLetter, new SendLetter("urged", one.First().Holder, batch.Id, one.First().CaseId, null, because, Path: "/reviews"), $"reminder:{key}", now);
        }

        return open.Count;
    }
}
