using System.Net;
using Applications.Domain.Reviews.Meetings;
using Applications.Testing;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Features.Meetings;

/// <summary>What members answer to the opinion, and what the letters say.</summary>
public sealed class MeetingAnswerTests : MeetingScene
{
    [Fact]
    public async Task Agreeing_WithADissentTyped_IsRefusedAtTheField_AndAnswersMayChangeUntilTheLeaderCloses()
    {
        var path = $"/meetings/{Called.Id}";
        var experts = new List<FormClient>();
        foreach (var member in Called.Members.OrderByDescending(m => m.ExpertId == Called.LeaderId))
        {
            experts.Add(await ExpertAsync(member.ExpertId));
            await experts[^1].PostAsync(await experts[^1].GetAsync(path), "#sign-in");
        }

        var (leader, last) = (experts[0], experts[^1]);
        await leader.PostAsync(await leader.GetAsync(path), "#write", [("Step", "Write"), ("Sure", "true"), .. Called.Agenda.Select(a => ($"Opinions[{a.CaseId}]", $"同意{a.Name}"))]);
        foreach (var expert in experts.Skip(1).SkipLast(1))
        {
            await expert.PostAsync(await expert.GetAsync(path), "#answer", ("Step", "Confirm"));
        }

        Assert.Null((await leader.GetAsync(path)).QuerySelector("#conclude"));
        var refused = await last.PostAsync(await last.GetAsync(path), "#answer", ("Step", "Confirm"), ("Dissent", "检测报告过期"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("您写了保留意见；要保留请按“提出保留意见”，否则请清空。", FieldOf(refused, "Dissent"), StringComparison.Ordinal);
        Assert.Equal("检测报告过期", refused.QuerySelector("[name=Dissent]")!.TextContent.Trim());
        Assert.Null((await ReadAsync(m => m.Id == Called.Id)).Members.Single(m => m.AnsweredAt is null).Dissent);

        // All have answered, and still nothing is closed: the last may think better of it twice.
        await last.PostAsync(refused, "#answer", ("Step", "Confirm"), ("Dissent", ""));
        Assert.Equal(MeetingState.Written, (await ReadAsync(m => m.Id == Called.Id)).State);
        var closing = await leader.GetAsync(path);
        var again = await last.GetAsync(path);
        Assert.Contains("您已同意", again.QuerySelector("#answer")!.TextContent, StringComparison.Ordinal);
        await last.PostAsync(again, "#answer", ("Step", "Dissent"), ("Dissent", "检测报告过期"));
        Assert.Equal("检测报告过期", (await last.GetAsync(path)).QuerySelector("[name=Dissent]")!.TextContent.Trim());

        var unseen = await leader.PostAsync(closing, "#conclude", ("Step", "Close"));
        Assert.Equal((HttpStatusCode.Conflict, MeetingState.Written), (unseen.StatusCode, (await ReadAsync(m => m.Id == Called.Id)).State));
        Assert.Contains("检测报告过期", unseen.QuerySelector("#answers")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("会议结束", (await leader.PostAsync(unseen, "#conclude", ("Step", "Close"))).Body!.TextContent, StringComparison.Ordinal);
        var closed = await ReadAsync(m => m.Id == Called.Id);
        Assert.Equal((MeetingState.Closed, 1), (closed.State, closed.Members.Count(m => m.Dissent == "检测报告过期")));
        Assert.Null((await last.GetAsync(path)).QuerySelector("#answer"));
        var note = await Host.InScopeAsync((_, db) => db.Journal.AsNoTracking().SingleAsync(j => j.SubjectId == Called.BatchId && j.Outcome == "CloseMeeting"));
        Assert.Contains("到会 5 人，1 人有保留意见", note.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letters_OfAChangeNameBothTimes_AndOfACancellationAskNobodyToCome()
    {
        var officer = await FormClient.SignInAsync(Host, "jingban");
        var dropped = Called.Agenda[^1].CaseId;
        await officer.PostAsync(await officer.GetAsync($"/meetings/{Called.Id}/edit"), "#meeting", ("Input.Day", "2026-10-16"), ("Input.Time", "14:00"), ($"Input.Order[{dropped}]", ""), ("Reason", "会议室检修"));
        var was = ChinaTime.DateAndTime(Called.StartsAt);
        var changed = await LettersAsync();
        Assert.All(changed.Where(l => l.Contains("\"expert:", StringComparison.Ordinal)), l => Assert.Contains($"原定时间：{was}（作废）\\n现定时间：2026年10月16日 14:00", l, StringComparison.Ordinal));
        var told = changed.Where(l => l.Contains("meeting-applicant", StringComparison.Ordinal)).ToList();
        Assert.Equal(Called.Agenda.Count, told.Count);
        var off = Assert.Single(told, l => l.Contains("meeting-applicant-cancelled", StringComparison.Ordinal));
        Assert.Contains($"{dropped}", off, StringComparison.Ordinal);
        Assert.Contains($"原定时间：{ChinaTime.DateAndTime(Called.Plan.StartOf(dropped)!.Value)}", off, StringComparison.Ordinal);

        await officer.PostAsync(await officer.GetAsync($"/meetings/{Called.Id}"), "form:has([value=Cancel])", ("CancelReason", "批次中止"));
        await Host.Services.GetRequiredService<DrainOutbox>().ExecuteAsync(CancellationToken.None);
        var mails = await Host.InScopeAsync((_, db) => db.Mails.AsNoTracking().Where(m => m.Because.EndsWith("取消")).OrderBy(m => m.CreatedAt).ToListAsync());
        Assert.Equal(2, mails.Select(m => m.Template).Distinct().Count());
        Assert.All(mails, m =>
        {
            Assert.DoesNotContain("请按时参加", m.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("提前做好准备", m.Body, StringComparison.Ordinal);
            Assert.Contains("已取消", m.Body, StringComparison.Ordinal);
            Assert.Contains("如另行安排，会重新通知", m.Body, StringComparison.Ordinal);
        });
        var toExpert = mails.First(m => m.Template == "meeting-cancelled");
        Assert.Contains("原定时间：2026年10月16日 14:00", toExpert.Body, StringComparison.Ordinal);
        Assert.Contains("取消原因：批次中止", toExpert.Body, StringComparison.Ordinal);
    }
}
