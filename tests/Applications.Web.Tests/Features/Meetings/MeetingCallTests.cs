using System.Net;
using Applications.Domain.Reviews.Draws;
using Applications.Domain.Reviews.Meetings;
using Applications.Domain.Workflow;
using Applications.Testing;
using Applications.Web.Infrastructure.Presentation;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Features.Meetings;

/// <summary>When a session may be called, and what is said where it may not.</summary>
public sealed class MeetingCallTests : MeetingScene
{
    [Fact]
    public async Task Call_WithSeveralFaults_TellsThemAtOnce_AndTakesNoNumber()
    {
        var officer = await FormClient.SignInAsync(Host, "jingban");
        var path = $"/meetings/new?DrawId={Called.DrawId}&Panel={Called.Panel}";
        var faulty = await officer.PostAsync(await officer.GetAsync(path), "#meeting", ("Input.Day", "2026-10-01"), ("Input.Time", "09:00"), ("Input.Place", ""), ("Input.Link", ""));
        Assert.Contains("这一天已经过去", FieldOf(faulty, "Input.Day"), StringComparison.Ordinal);
        Assert.Contains("请填写地点", FieldOf(faulty, "Input.Place"), StringComparison.Ordinal);

        // The room is taken by a session of other people and files.
        await Host.InScopeAsync((_, db) => db.Meetings.Where(m => m.Id == Called.Id).ExecuteUpdateAsync(s => s
            .SetProperty(m => m.StartsAt, new DateTime(2026, 10, 15, 6, 0, 0, DateTimeKind.Utc)).SetProperty(m => m.Place, "二楼报告厅")
            .SetProperty(m => m.Members, (IReadOnlyList<MeetingMember>)[]).SetProperty(m => m.Agenda, (IReadOnlyList<AgendaItem>)[new AgendaItem(Guid.NewGuid(), "X", "X", 90, [])])));
        var taken = await officer.PostAsync(faulty, "#meeting", ("Input.Day", "2026-10-15"), ("Input.Time", "14:30"), ("Input.Place", "二楼报告厅"));
        Assert.Contains($"同一时间已有会议 {Called.Number}", FieldOf(taken, "Input.Place"), StringComparison.Ordinal);

        Assert.Contains("会议已安排", (await officer.PostAsync(taken, "#meeting", ("Input.Place", "三楼会议室"))).Body!.TextContent, StringComparison.Ordinal);
        var numbers = await Host.InScopeAsync((_, db) => db.Meetings.Select(m => m.Number).OrderBy(n => n).ToListAsync());
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(n => $"HY-2026-{n:0000}"), numbers);
    }

    [Fact]
    public async Task Call_AfterTheListIsProposed_IsRefused()
    {
        var (draw, panel) = await Host.InScopeAsync(async (_, db) =>
        {
            var one = await db.Draws.AsNoTracking().Where(d => d.Purpose == DrawPurpose.Panels && db.ProposedLists.Any(l => l.BatchId == d.BatchId)).OrderBy(d => d.Number).FirstAsync();
            return (one.Id, one.Groups[0].Key);
        });
        var officer = await FormClient.SignInAsync(Host, "jingban");

        var refused = await officer.PostAsync(await officer.GetAsync($"/meetings/new?DrawId={draw}&Panel={panel}"), "#meeting", ("Input.Day", "2026-10-29"), ("Input.Time", "09:00"), ("Input.Place", "三楼会议室"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("已经提出拟认定名单", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_AtATimeWhenSealedExpertsAreElsewhere_TellsHowManyAndNotWho()
    {
        await Host.InScopeAsync((_, db) => db.Draws.Where(d => d.Id == Called.DrawId).ExecuteUpdateAsync(s => s.SetProperty(d => d.SessionOn, new DateOnly(2026, 10, 20)).SetProperty(d => d.DecidedBy, (Guid?)null).SetProperty(d => d.DrawnBy, (Guid?)null)));
        await Host.InScopeAsync((_, db) => db.Meetings.Where(m => m.Id == Called.Id).ExecuteUpdateAsync(s => s.SetProperty(m => m.StartsAt, new DateTime(2026, 10, 20, 6, 0, 0, DateTimeKind.Utc))));
        var officer = await FormClient.SignInAsync(Host, "jingban");

        var refused = await officer.PostAsync(await officer.GetAsync($"/meetings/new?DrawId={Called.DrawId}&Panel={Called.Panel}"), "#meeting", ("Input.Day", "2026-10-20"), ("Input.Time", "14:10"), ("Input.Place", "三楼会议室"));

        Assert.Contains($"本组有 {Called.Members.Count} 名专家同一时间参加会议 {Called.Number}", FieldOf(refused, "Input.Time"), StringComparison.Ordinal);
        Assert.All(Called.Members, m => Assert.DoesNotContain(m.Name, refused.Body!.TextContent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2026-10-17", "休息日")]
    [InlineData("2026-10-12", "会议就在今天")]
    public async Task Call_OnAnUnusualDay_IsAskedOnce(string day, string words)
    {
        await Host.InScopeAsync((_, db) => db.Meetings.Where(m => m.Id == Called.Id).ExecuteUpdateAsync(s => s.SetProperty(m => m.State, MeetingState.Closed)));
        var officer = await FormClient.SignInAsync(Host, "jingban");
        var path = $"/meetings/new?DrawId={Called.DrawId}&Panel={Called.Panel}";
        (string, string)[] form = [("Input.Day", day), ("Input.Time", "15:00"), ("Input.Place", "三楼会议室")];

        var asked = await officer.PostAsync(await officer.GetAsync(path), "#meeting", form);
        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
        Assert.Contains(words, FieldOf(asked, "Input.Sure"), StringComparison.Ordinal);

        var made = await officer.PostAsync(asked, "#meeting", [.. form, ("Input.Sure", "true")]);
        Assert.Contains("会议已安排", made.Body!.TextContent, StringComparison.Ordinal);
        var edit = new Uri(made.Url).AbsolutePath + "/edit";
        Assert.Contains("都没有变化", FieldOf(await officer.PostAsync(await officer.GetAsync(edit), "#meeting", ("Reason", "点错")), "Input.Day"), StringComparison.Ordinal);
        Assert.Contains("会议已变更", (await officer.PostAsync(await officer.GetAsync(edit), "#meeting", ("Input.Place", "四楼会议室"), ("Reason", "换会议室"))).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WithoutOneOfTheFiles_KeepsItInTheListOfThoseNotCalled()
    {
        await Host.InScopeAsync((_, db) => db.Meetings.Where(m => m.Id == Called.Id).ExecuteUpdateAsync(s => s.SetProperty(m => m.State, MeetingState.Cancelled)));
        var officer = await FormClient.SignInAsync(Host, "jingban");
        var path = $"/meetings/new?DrawId={Called.DrawId}&Panel={Called.Panel}";
        var (left, first, second) = (Called.Agenda[^1].CaseId, Called.Agenda[0].CaseId, Called.Agenda[1].CaseId);
        (string, string)[] form = [("Input.Day", "2026-10-15"), ("Input.Time", "15:00"), ("Input.Place", "三楼会议室"), ($"Input.Order[{left}]", "")];

        var twice = await officer.PostAsync(await officer.GetAsync(path), "#meeting", [.. form, ($"Input.Order[{first}]", "2"), ($"Input.Order[{second}]", "2")]);
        Assert.Contains("有 2 个项目的顺序都是 2", twice.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("会议已安排", (await officer.PostAsync(await officer.GetAsync(path), "#meeting", form)).Body!.TextContent, StringComparison.Ordinal);

        var row = (await officer.GetAsync("/meetings")).QuerySelectorAll("#waiting .desk-row").Single(r => r.QuerySelector("a")!.GetAttribute("href")!.Contains($"{Called.DrawId}", StringComparison.Ordinal));
        Assert.Contains($"{Called.Agenda.Count} 个项目中有 1 个没有列入会议", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_OfAFirm_StandsOnItsDeskUntilTheSessionIsOver()
    {
        var turn = Called.Agenda[0];
        var user = await Host.InScopeAsync((_, db) => db.Users.Where(u => u.Role == Roles.Applicant && db.Applications.Any(a => a.Id == turn.CaseId && a.EnterpriseId == u.ScopeId)).Select(u => u.UserName!).FirstAsync());
        var firm = await FormClient.SignInAsync(Host, user);

        var row = (await firm.GetAsync("/desk")).QuerySelector("[aria-labelledby=called]")!;
        Assert.NotNull(row.QuerySelector($"a[href='/cases/{turn.CaseId}#meetings']"));
        Assert.Contains(ChinaTime.DateAndTime(Called.Plan.StartOf(turn.CaseId)!.Value), row.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(Called.Members, m => row.TextContent.Contains(m.Name, StringComparison.Ordinal));

        await Host.InScopeAsync((_, db) => db.Meetings.Where(m => m.Id == Called.Id).ExecuteUpdateAsync(s => s.SetProperty(m => m.State, MeetingState.Closed)));
        Assert.Null((await firm.GetAsync("/desk")).QuerySelector("[aria-labelledby=called]"));
    }
}
