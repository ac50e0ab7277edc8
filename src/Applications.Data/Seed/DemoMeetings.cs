using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Draws;
using Applications.Domain.Reviews.Meetings;
using Applications.Domain.Rubrics;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Seed;

/// <summary>Sessions of the demonstration: one that is about to begin where experts are at work, one that is over where all have scored.</summary>
internal sealed class DemoMeetings(ApplicationsDbContext db, NumberAllocator numbers)
{
    public async Task PlantAsync(DateTime now, CancellationToken ct)
    {
        var draws = await db.Draws.AsNoTracking().Where(d => d.State == DrawState.Drawn && d.Round == ReviewRound.Default && db.Batches.Any(b => b.Id == d.BatchId && b.Result == null)).OrderBy(d => d.RequestedAt).ToListAsync(ct);
        foreach (var draw in draws)
        {
            var batch = await db.Batches.SingleAsync(b => b.Id == draw.BatchId, ct);
            var cases = draw.Groups[0].Cases;
            var reviews = await db.Reviews.AsNoTracking().Where(r => r.DrawId == draw.Id && r.State != ReviewState.Declined).OrderBy(r => r.AssignedAt).ThenBy(r => r.Id).ToListAsync(ct);
            var members = reviews.DistinctBy(r => r.ExpertId).Select(r => new MeetingMember(r.ExpertId, r.ExpertName)).ToList();
            if (reviews.Exists(r => r.State != ReviewState.Locked))
            {
                await CallAsync(batch, draw, cases, SoonAfter(now), members, now.AddDays(-1), ct);
            }
            else if (batch.Stage == "proposeList")
            {
                var held = ChinaTime.ToUtc(draw.SessionOn.AddDays(1), new TimeOnly(9, 0));
                Hold(await CallAsync(batch, draw, cases, held, members, held.AddDays(-1), ct), held);
            }
        }

        await db.SaveChangesAsync(ct);
    }

    private async Task<PanelMeeting> CallAsync(Batch batch, PanelDraw draw, IReadOnlyList<Guid> cases, DateTime starts, List<MeetingMember> members, DateTime called, CancellationToken ct)
    {
        var files = await db.Applications.AsNoTracking().Where(a => cases.Contains(a.Id)).OrderBy(a => a.Number).Select(a => new { a.Id, a.Number, a.EnterpriseName }).ToListAsync(ct);
        var year = ChinaTime.DateOf(called).Year;
        var meeting = new PanelMeeting
        {
            Id = Guid.CreateVersion7(),
            BatchId = batch.Id,
            Round = draw.Round,
            DrawId = draw.Id,
            Panel = draw.Groups[0].Key,
            Number = $"HY-{year}-{await numbers.NextAsync($"meeting-{year}", ct):0000}",
            Title = $"{batch.Name} {draw.Groups[0].Title}",
            Kind = MeetingKind.Defence,
            CalledBy = DemoFlow.Officer.Name,
            CalledAt = called,
            Version = Guid.NewGuid(),
        };
        meeting.Seat(new MeetingPlan(starts, "厅机关 305 会议室（演示）", null, [.. files.Select(f => new AgendaItem(f.Id, f.Number!, f.EnterpriseName, 20, []))]), members, members[0].ExpertId);
        db.Meetings.Add(meeting);
        return meeting;
    }

    /// <summary>The next hour of the day, or tomorrow morning when it is late.</summary>
    private static DateTime SoonAfter(DateTime now)
    {
        var (day, next) = (ChinaTime.DateOf(now), now.Date.AddHours(now.Hour + 1));
        var morning = ChinaTime.ToUtc(day, new TimeOnly(9, 0));
        return next < morning ? morning : ChinaTime.DateOf(next) == day ? next : morning.AddDays(1);
    }

    /// <summary>All but one came; one of them holds something against the opinion.</summary>
    private static void Hold(PanelMeeting meeting, DateTime starts)
    {
        var day = ChinaTime.DateOf(starts);
        foreach (var (member, i) in meeting.Members.SkipLast(1).Select((m, i) => (m, i)).ToList())
        {
            meeting.SignIn(member.ExpertId, day, day, starts.AddMinutes(i - 12));
        }

        meeting.Mark(meeting.Members[^1].ExpertId, false, "出差返程航班取消，已电话请假", DemoFlow.Officer.Name, starts);
        meeting.Write(
            meeting.LeaderId!.Value,
            new PanelWords([], [.. meeting.Agenda.Select(a => new FileOpinion(a.CaseId, "技术目标明确，研发条件具备，答辩回答清楚；建议补充近两年的市场应用数据。（演示）"))], "本组项目总体水平较高，均具备培育条件。（演示）"),
            meeting.Plan.EndsAt);
        foreach (var (member, i) in meeting.Present.Where(m => m.AnsweredAt is null).Select((m, i) => (m, i)).ToList())
        {
            meeting.Answer(member.ExpertId, i == 0 ? "第二个项目的检测报告不是近一年的，建议核实。（演示）" : null, meeting.Plan.EndsAt.AddMinutes(5 + i));
        }

        meeting.Conclude(meeting.LeaderId.Value, meeting.Plan.EndsAt.AddMinutes(15));
    }
}
