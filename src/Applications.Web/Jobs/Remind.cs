using Applications.Data;
using Applications.Data.Calendars;
using Applications.Data.Commands;
using Applications.Data.Outbox;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Enterprises;
using Applications.Domain.Experts;
using Applications.Domain.Reviews.Meetings;
using Applications.Domain.Workflow;
using Applications.Web.Features.Meetings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Applications.Web.Jobs;

/// <summary>
/// Reminds draft owners 10, 3 and 1 working days before filing closes, holders of work due tomorrow or overdue, members of sessions near at hand, and
/// enterprises whose evidence ends within a month. Each intent is one row.
/// </summary>
public sealed class Remind(IServiceScopeFactory scopes, CalendarSource calendars, IOptions<PoolRules> pool, TimeProvider clock)
{
    private static readonly int[] DraftDays = [10, 3, 1];

    public async Task<int> ExecuteAsync(CancellationToken ct)
    {
        var now = UtcMilliseconds.Cut(clock.GetUtcNow().UtcDateTime);
        var today = ChinaTime.DateOf(now);
        var calendar = await calendars.GetAsync(ct);
        var sent = 0;
        foreach (var (key, letter) in await IntentsAsync(now, today, calendar, ct))
        {
            sent += await IntendAsync(key, letter, now, ct) ? 1 : 0;
        }

        return sent;
    }

    private async Task<List<(string Key, SendLetter Letter)>> IntentsAsync(DateTime now, DateOnly today, WorkCalendar calendar, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>();
        var intents = new List<(string, SendLetter)>();
        var drafts = await (
            from a in db.Applications.AsNoTracking()
            join b in db.Batches on a.BatchId equals b.Id
            where a.SubmittedAt == null && a.Result == null && b.FilingClosesAt > now
            select new { a.Id, a.EnterpriseId, a.BatchId, b.FilingClosesAt }).ToListAsync(ct);
        foreach (var draft in drafts)
        {
            // The last moment of a day belongs to that day.
            var left = calendar.WorkingDaysBetween(today, ChinaTime.DateOf(draft.FilingClosesAt.AddTicks(-1)));
            if (DraftDays.Contains(left))
            {
                intents.Add(($"draft:{draft.Id:N}:{left}", new SendLetter(
                    "reminder-draft", Actor.HolderOf(Roles.Applicant, draft.EnterpriseId), draft.BatchId, draft.Id, null, $"距申报截止还有 {left} 个工作日")));
            }
        }

        var tomorrow = ChinaTime.EndOfDay(today.AddDays(1));
        var items = await db.WorkItems.AsNoTracking().Where(w => w.ClosedAt == null && w.StayedAt == null && w.DueAt != null && w.DueAt <= tomorrow && w.Task != Tasks.File).ToListAsync(ct);
        intents.AddRange(items.Select(w => w.DueAt < now
            ? ($"overdue:{w.Id:N}:{today:yyyyMMdd}", new SendLetter("reminder-overdue", DeskOf(w), w.BatchId, w.CaseId, null, $"待办“{w.Title}”已逾期", w.TitleId))
            : ($"due:{w.Id:N}", new SendLetter("reminder-due", DeskOf(w), w.BatchId, w.CaseId, null, $"待办“{w.Title}”将于明天前到期", w.TitleId))));
        intents.AddRange(await SilentAsync(db, today, now, calendar, ct));
        intents.AddRange(await EvidenceAsync(db, today, ct));
        intents.AddRange(await MeetingsAsync(scope.ServiceProvider, now, today, ct));
        return intents;
    }

    /// <summary>Experts who have not acted some working days before their time is up; and once it is, the officer, who may call the reserve.</summary>
    private async Task<IEnumerable<(string, SendLetter)>> SilentAsync(ApplicationsDbContext db, DateOnly today, DateTime now, WorkCalendar calendar, CancellationToken ct)
    {
        var days = pool.Value.RemindDays;
        var horizon = ChinaTime.EndOfDay(today.AddDays((2 * days) + 14));
        var seats = await db.WorkItems.AsNoTracking().Where(w => w.ClosedAt == null && w.StayedAt == null && w.Task == Tasks.Score && w.DueAt != null && w.DueAt <= horizon).ToListAsync(ct);
        return seats.Where(w => w.DueAt < now || calendar.WorkingDaysBetween(today, ChinaTime.DateOf(w.DueAt!.Value.AddTicks(-1))) <= days).Select(w => w.DueAt < now
            ? ($"silent:{w.Id:N}", new SendLetter("silent-expert", Roles.Officer, w.BatchId, w.CaseId, null, "有专家逾期未评，可由候补替换", Path: $"/admin/batches/{w.BatchId}/silent"))
            : ($"early:{w.Id:N}", new SendLetter("reminder-due", DeskOf(w), w.BatchId, w.CaseId, null, $"待办“{w.Title}”还有不到 {days} 个工作日到期")));
    }

    /// <summary>Members of sessions today and tomorrow; and whoever came to a seat after the others were called.</summary>
    private static async Task<IEnumerable<(string, SendLetter)>> MeetingsAsync(IServiceProvider services, DateTime now, DateOnly today, CancellationToken ct)
    {
        var intents = new List<(string, SendLetter)>();
        var meetings = await services.GetRequiredService<ApplicationsDbContext>().Meetings.AsNoTracking().Where(m => m.State == MeetingState.Called && m.StartsAt > now).ToListAsync(ct);
        foreach (var meeting in meetings)
        {
            var called = meeting.Members.Select(m => m.ExpertId).ToHashSet();
            var sitting = await services.GetRequiredService<PanelSittingQuery>().ExecuteAsync(meeting.Round, [.. meeting.Agenda.Select(a => a.CaseId)], ct);
            var isNear = ChinaTime.DateOf(meeting.StartsAt) <= today.AddDays(1);
            intents.AddRange(sitting.Members.Where(m => isNear || !called.Contains(m.ExpertId)).Select(m => (
                $"meeting:{meeting.Id:N}:{meeting.Changes}:{(isNear ? "near" : "new")}:{m.ExpertId:N}", MeetingLetters.ForMember(meeting, m.ExpertId, isNear ? "评审会议提醒" : "评审会议通知"))));
        }

        return intents;
    }

    /// <summary>A document of the locker that ends soon: one letter for each of its last days.</summary>
    private static async Task<IEnumerable<(string, SendLetter)>> EvidenceAsync(ApplicationsDbContext db, DateOnly today, CancellationToken ct)
    {
        var soon = today.AddDays(Evidence.LetterDays);
        var ending = await db.Evidence.AsNoTracking().Where(e => e.RemovedAt == null && e.ValidUntil != null && e.ValidUntil <= soon)
            .Select(e => new { e.Id, e.EnterpriseId, e.Title, e.ValidUntil }).ToListAsync(ct);
        return ending.Select(e => ($"evidence:{e.Id:N}:{e.ValidUntil:yyyyMMdd}", new SendLetter(
            "reminder-evidence", Actor.HolderOf(Roles.Applicant, e.EnterpriseId), null, null, null, $"“{e.Title}”有效期至 {e.ValidUntil:yyyy年M月d日}")));
    }

    private static string DeskOf(WorkItem item) => item.AssigneeId is { } one ? Actor.DeskOf(one) : item.Holder;

    private async Task<bool> IntendAsync(string key, SendLetter letter, DateTime now, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>();
        if (await db.Reminders.AnyAsync(r => r.Key == key, ct))
        {
            return false;
        }

        db.Reminders.Add(new Reminder { Id = Guid.CreateVersion7(), Key = key, CreatedAt = now, UserId = Guid.Empty, Because = letter.Because });
        db.Send(OutboxKinds.SendLetter, letter, $"reminder:{key}", now);
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            return false;
        }
    }
}
