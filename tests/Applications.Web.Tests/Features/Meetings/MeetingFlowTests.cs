using System.Net;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Meetings;
using Applications.Domain.Workflow;
using Applications.Testing;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Features.Meetings;

/// <summary>A session from its call to its minutes, through the pages of everybody who takes part.</summary>
public sealed class MeetingFlowTests : MeetingScene
{
    [Fact]
    public async Task Call_AtATimeWhenTheyAreElsewhere_IsRefusedAtTheField_AndAnotherDayTellsEverybody()
    {
        var officer = await FormClient.SignInAsync(Host, "jingban");
        var page = await officer.GetAsync($"/meetings/new?DrawId={Called.DrawId}&Panel={Called.Panel}");
        var refused = await officer.PostAsync(page, "#meeting", ("Input.Day", "2026-10-12"), ("Input.Time", "11:10"), ("Input.Place", "二楼报告厅"), ("Input.Link", "javascript:alert(1)"));
        Assert.Contains("链接应以 https:// 开头", FieldOf(refused, "Input.Link"), StringComparison.Ordinal);
        refused = await officer.PostAsync(refused, "#meeting", ("Input.Link", ""));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(Called.Number, FieldOf(refused, "Input.Time"), StringComparison.Ordinal);
        Assert.Contains(Called.Members[0].Name, FieldOf(refused, "Input.Time"), StringComparison.Ordinal);
        Assert.Equal("二楼报告厅", refused.QuerySelector("[name='Input.Place']")!.GetAttribute("value"));

        var before = await LettersAsync();
        var first = Called.Agenda[0].CaseId;
        var made = await officer.PostAsync(refused, "#meeting", ("Input.Day", "2026-10-15"), ("Input.Time", "14:30"), ($"Input.Order[{first}]", "9"), ($"Input.Minutes[{first}]", "45"));

        Assert.Contains("会议已安排", made.Body!.TextContent, StringComparison.Ordinal);
        var meeting = await ReadAsync(m => m.Id != Called.Id && m.State == MeetingState.Called);
        Assert.Equal(first, meeting.Agenda[^1].CaseId);
        Assert.Equal(new DateTime(2026, 10, 15, 6, 30, 0), meeting.StartsAt);
        Assert.Equal(new DateTime(2026, 10, 15, 7, 30, 0), meeting.Plan.StartOf(first));
        var letters = (await LettersAsync()).Skip(before.Count).ToList();
        Assert.Equal(meeting.Members.Count, letters.Count(l => l.Contains("\"expert:", StringComparison.Ordinal)));
        var toApplicants = letters.Where(l => l.Contains("meeting-applicant", StringComparison.Ordinal)).ToList();
        Assert.Equal(meeting.Agenda.Count, toApplicants.Count);
        Assert.Contains(toApplicants, l => l.Contains("2026年10月15日 15:30", StringComparison.Ordinal));
        Assert.All(toApplicants, l => Assert.All(meeting.Members, m => Assert.DoesNotContain(m.Name, l, StringComparison.Ordinal)));
        await Host.InScopeAsync(async (_, db) =>
        {
            var note = await db.Journal.AsNoTracking().Where(j => j.SubjectId == meeting.BatchId && j.Outcome == "CallMeeting").SingleAsync();
            Assert.All(meeting.Members, m => Assert.DoesNotContain(m.Name, note.Reason!, StringComparison.Ordinal));
            Assert.True(await db.Audit.AnyAsync(a => a.Action == "call-meeting"));
            return true;
        });
    }

    [Fact]
    public async Task Applicant_SeesHisOwnTurn_AndNeitherNamesNorTheMeeting()
    {
        var item = Called.Agenda[1];
        var owner = await FormClient.SignInAsync(Host, await Host.InScopeAsync((_, db) => db.Users.Where(u => u.Role == Roles.Applicant && db.Applications.Any(a => a.Id == item.CaseId && a.EnterpriseId == u.ScopeId)).Select(u => u.UserName!).FirstAsync()));

        var page = await owner.GetAsync($"/cases/{item.CaseId}");

        var card = page.QuerySelector("#meetings")!.TextContent;
        Assert.Contains("答辩", card, StringComparison.Ordinal);
        Assert.Contains(ChinaTime.DateAndTime(Called.Plan.StartOf(item.CaseId)!.Value), card, StringComparison.Ordinal);
        Assert.All(Called.Members, m => Assert.DoesNotContain(m.Name, page.Body!.TextContent, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, (await owner.GetAsync($"/meetings/{Called.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await owner.GetAsync("/meetings")).StatusCode);
    }

    [Fact]
    public async Task Session_FromSignInToMinutes_KeepsTheLeadersDraftToHimself_AndAnswersOnlyWhatWasRead()
    {
        var path = $"/meetings/{Called.Id}";
        Assert.Contains(Called.Title, (await (await ExpertAsync(Called.LeaderId!.Value)).GetAsync("/desk")).QuerySelector("[aria-labelledby=sessions]")!.TextContent, StringComparison.Ordinal);
        var (leader, second) = (await ExpertAsync(Called.LeaderId!.Value), await ExpertAsync(Called.Members[1].ExpertId));
        await leader.PostAsync(await leader.GetAsync(path), "#sign-in");
        await second.PostAsync(await second.GetAsync(path), "#sign-in");
        var officer = await FormClient.SignInAsync(Host, "jingban");
        var noReason = await officer.PostAsync(await officer.GetAsync(path), "#mark", ("Expert", $"{Called.Members[2].ExpertId}"), ("Step", "Present"));
        Assert.Contains("请写明为何代为签到", noReason.QuerySelector("#attendance details[open] .field-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("#MarkReason", noReason.QuerySelector(".error-summary a")!.GetAttribute("href"));
        Assert.Contains("还差 2 人", noReason.QuerySelector("#attendance")!.TextContent, StringComparison.Ordinal);
        await officer.PostAsync(noReason, "#mark", ("Expert", $"{Called.Members[2].ExpertId}"), ("Step", "Present"), ("MarkReason", "手机没电"));
        await officer.PostAsync(await officer.GetAsync(path), "#mark", ("Expert", $"{Called.Members[3].ExpertId}"), ("Step", "Present"), ("MarkReason", "手机没电"));
        await officer.PostAsync(await officer.GetAsync(path), $"#file-{Called.Agenda[0].CaseId} form", ("Step", "Begin"));
        Assert.Contains("进行中", (await officer.GetAsync("/meetings")).QuerySelector($"tr:has([href$='{Called.Id}'])")!.TextContent, StringComparison.Ordinal);
        var asked = (await officer.GetAsync(path)).QuerySelector($"#file-{Called.Agenda[^1].CaseId} [data-confirm]")!.GetAttribute("data-confirm")!;
        Assert.Contains($"排在前面的还没有开始：{Called.Agenda[1].Name}", asked, StringComparison.Ordinal);
        Assert.Contains("正在进行", (await second.GetAsync(path)).QuerySelector($"#file-{Called.Agenda[0].CaseId}")!.TextContent, StringComparison.Ordinal);

        // Members come and go while the leader writes: his draft does not mind.
        var writing = await leader.GetAsync(path);
        await leader.PostAsync(writing, "#write", ("Summary", "初稿，尚未商定"), ("Step", "Draft"));
        Assert.DoesNotContain("初稿，尚未商定", (await second.GetAsync(path)).Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("初稿，尚未商定", (await officer.GetAsync(path)).Body!.TextContent, StringComparison.Ordinal);
        var missing = await leader.PostAsync(await leader.GetAsync(path), "#write", ("Step", "Write"));
        Assert.All(Called.Agenda, a => Assert.Contains($"请写明对“{a.Name}”的意见", FieldOf(missing, $"Opinions[{a.CaseId}]"), StringComparison.Ordinal));
        Assert.Contains($"没有登记开始的项目：{string.Join("、", Called.Agenda.Skip(1).Select(a => a.Name))}", FieldOf(missing, "Sure"), StringComparison.Ordinal);
        Assert.Contains("初稿，尚未商定", missing.QuerySelector("[name=Summary]")!.TextContent, StringComparison.Ordinal);
        await leader.PostAsync(missing, "#write", [("Step", "Write"), ("Sure", "true"), ("Summary", "已商定"), .. Called.Agenda.Select(a => ($"Opinions[{a.CaseId}]", $"同意{a.Name}"))]);

        var read = await second.GetAsync(path);
        Assert.Contains("已商定", read.Body!.TextContent, StringComparison.Ordinal);
        await leader.PostAsync(await leader.GetAsync(path), "#write", ("Step", "Write"), ("Sure", "true"), ("Summary", "又改了一句"));
        var stale = await second.PostAsync(read, "#answer", ("Step", "Confirm"));
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.Contains("又改了一句", stale.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("请写明保留意见", (await second.PostAsync(stale, "#answer", ("Step", "Dissent"))).Body!.TextContent, StringComparison.Ordinal);
        await second.PostAsync(await second.GetAsync(path), "#answer", ("Step", "Dissent"), ("Dissent", "检测报告过期"));
        await officer.PostAsync(await officer.GetAsync(path), "form:has([value=Close])", ("CloseReason", "其余专家已口头同意"));

        var minutes = await ReadAsync(m => m.Id == Called.Id);
        Assert.Equal((MeetingState.Closed, "检测报告过期"), (minutes.State, minutes.Find(Called.Members[1].ExpertId)!.Dissent));
        var department = await officer.GetAsync($"/cases/{Called.Agenda[0].CaseId}");
        Assert.Contains($"同意{Called.Agenda[0].Name}", department.QuerySelector("#meetings")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("未确认", (await officer.GetAsync(path)).QuerySelector("#answers")!.TextContent, StringComparison.Ordinal);
        var sheet = await officer.GetAsync(path);
        Assert.Equal("会议纪要", sheet.QuerySelector("h1.print-only")!.TextContent);
        Assert.Contains("打印会议纪要", sheet.QuerySelector("[data-print]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("实际时间", sheet.QuerySelector("aside .dl")!.TextContent, StringComparison.Ordinal);
        var signs = sheet.QuerySelectorAll("#answers tbody th").Select(t => t.TextContent).ToList();
        Assert.Equal([.. minutes.Present.Select(m => m.Name + (m.ExpertId == minutes.LeaderId ? "（组长）" : "")), "记录人"], signs);
        var note = await Host.InScopeAsync((_, db) => db.Journal.AsNoTracking().SingleAsync(j => j.SubjectId == Called.BatchId && j.Outcome == "CloseMeeting"));
        Assert.Contains("应到 5 人，到会 4 人，1 人有保留意见", note.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SiteVisit_BringsASheetOfWhatWasFiled_AndTellsTheDepartmentWhatDiffers()
    {
        var officer = await FormClient.SignInAsync(Host, "jingban");
        var page = await officer.GetAsync($"/meetings/new?DrawId={Called.DrawId}&Panel={Called.Panel}");
        var one = Called.Agenda[0].CaseId;
        (string, string)[] others = [.. Called.Agenda.Skip(1).Select(a => ($"Input.Order[{a.CaseId}]", ""))];
        await officer.PostAsync(page, "#meeting", [("Kind", "SiteVisit"), ("Leader", $"{Called.LeaderId}"), ("Input.Day", "2026-10-13"), ("Input.Time", "09:00"), ("Input.Place", "企业门口"), .. others]);
        var visit = await ReadAsync(m => m.Kind == MeetingKind.SiteVisit);
        var item = Assert.Single(visit.Agenda);
        Assert.InRange(item.Points.Count, 8, 30);
        Assert.DoesNotContain(item.Points, p => p.Title.Contains("称号", StringComparison.Ordinal) || p.Title.Contains("所在市", StringComparison.Ordinal));
        Assert.Contains(item.Points, p => p.Title.Contains("研发", StringComparison.Ordinal) && p.Filed.Any(char.IsAsciiDigit));
        Assert.Equal(SiteCheckSheet.Premises, item.Points[^1].Key);

        Clock.SkipTo(visit.StartsAt);
        foreach (var member in visit.Members)
        {
            var expert = await ExpertAsync(member.ExpertId);
            await expert.PostAsync(await expert.GetAsync($"/meetings/{visit.Id}"), "#sign-in");
        }

        var leader = await ExpertAsync(visit.LeaderId!.Value);
        var form = await leader.GetAsync($"/meetings/{visit.Id}");
        Assert.Equal(item.Points.Count, form.QuerySelectorAll("#write [name^='Holds[']").Length);
        string Key(SitePoint p) => PanelMeeting.KeyOf(one, p.Key);
        List<(string, string)> given = [("Step", "Write"), ("Sure", "true"), ($"Opinions[{one}]", "现场与申报基本一致"), .. item.Points.Skip(1).Select(p => ($"Holds[{Key(p)}]", "yes")), ($"Holds[{Key(item.Points[0])}]", "no")];
        var refused = await leader.PostAsync(form, "#write", [.. given]);
        Assert.Contains("不符的，须写明实际情况", refused.QuerySelector("#write .field-error")!.TextContent, StringComparison.Ordinal);
        await leader.PostAsync(refused, "#write", [.. given, ($"Notes[{Key(item.Points[0])}]", "实为一半")]);

        foreach (var member in visit.Members.Where(m => m.ExpertId != visit.LeaderId))
        {
            var expert = await ExpertAsync(member.ExpertId);
            await expert.PostAsync(await expert.GetAsync($"/meetings/{visit.Id}"), "#answer", ("Step", "Confirm"));
        }

        var card = (await (await FormClient.SignInAsync(Host, "chuzhang")).GetAsync($"/cases/{one}")).QuerySelectorAll("#meetings dd").Select(d => d.TextContent).ToList();
        Assert.Contains($"{item.Points[0].Title}：实为一半", card);
        Assert.Contains("现场与申报基本一致", card);
    }

    [Fact]
    public async Task Replaced_AfterTheCall_TheReserveIsAMember_IsTold_AndTheOtherIsNot()
    {
        var review = await Host.InScopeAsync((_, db) => db.Reviews.AsNoTracking().Where(r => r.CaseId == Called.Agenda[0].CaseId && r.State == ReviewState.Assigned && r.ExpertId != Called.LeaderId).OrderBy(r => r.Id).FirstAsync());
        var officer = await FormClient.SignInAsync(Host, "jingban");
        foreach (var item in Called.Agenda)
        {
            var seat = await Host.InScopeAsync((_, db) => db.Reviews.AsNoTracking().SingleAsync(r => r.CaseId == item.CaseId && r.ExpertId == review.ExpertId));
            var silent = await officer.GetAsync($"/admin/batches/{Called.BatchId}/silent");
            await officer.PostAsync(silent, $"form[action*=Replace]:has([value='{seat.Id}'])", ("Reason", "住院"));
        }

        var came = await Host.InScopeAsync((_, db) => db.Reviews.AsNoTracking().Where(r => r.CaseId == Called.Agenda[0].CaseId && r.State != ReviewState.Declined).OrderByDescending(r => r.AssignedAt).FirstAsync());
        Assert.DoesNotContain(Called.Members, m => m.ExpertId == came.ExpertId);
        var gone = await ExpertAsync(review.ExpertId);
        Assert.Equal(HttpStatusCode.NotFound, (await gone.GetAsync($"/meetings/{Called.Id}")).StatusCode);
        Assert.DoesNotContain(Called.Number, (await gone.GetAsync("/meetings")).Body!.TextContent, StringComparison.Ordinal);
        var reserve = await ExpertAsync(came.ExpertId);
        Assert.Contains(Called.Number, (await reserve.GetAsync("/meetings")).Body!.TextContent, StringComparison.Ordinal);
        await Host.Services.GetRequiredService<Remind>().ExecuteAsync(TestContext.Current.CancellationToken);
        Assert.Contains(await LettersAsync(), l => l.Contains($"\"expert:{came.ExpertId:N}\"", StringComparison.Ordinal) && l.Contains(Called.Number, StringComparison.Ordinal));
        Assert.DoesNotContain(await LettersAsync(), l => l.Contains($"\"expert:{review.ExpertId:N}\"", StringComparison.Ordinal) && l.Contains(Called.Number, StringComparison.Ordinal));
        await reserve.PostAsync(await reserve.GetAsync($"/meetings/{Called.Id}"), "#sign-in");
        Assert.NotNull((await ReadAsync(m => m.Id == Called.Id)).Find(came.ExpertId)!.SignedInAt);
    }

    [Fact]
    public async Task Names_BeforeTheDayOfTheDraw_AreSealedOnEveryPageOfTheMeeting()
    {
        await Host.InScopeAsync((_, db) => db.Draws.Where(d => d.Id == Called.DrawId).ExecuteUpdateAsync(s => s.SetProperty(d => d.SessionOn, new DateOnly(2026, 10, 20)).SetProperty(d => d.DecidedBy, (Guid?)null).SetProperty(d => d.DrawnBy, (Guid?)null)));
        var officer = await FormClient.SignInAsync(Host, "jingban");
        foreach (var path in new[] { $"/meetings/{Called.Id}", $"/meetings/new?DrawId={Called.DrawId}&Panel={Called.Panel}", "/meetings" })
        {
            var text = (await officer.GetAsync(path)).Body!.TextContent;
            Assert.All(Called.Members, m => Assert.DoesNotContain(m.Name, text, StringComparison.Ordinal));
        }

        var early = await officer.PostAsync(await officer.GetAsync($"/meetings/new?DrawId={Called.DrawId}&Panel={Called.Panel}"), "#meeting", ("Input.Day", "2026-10-19"), ("Input.Place", "305"));
        Assert.Contains("会议不能早于这一天", FieldOf(early, "Input.Day"), StringComparison.Ordinal);
        var inspector = await FormClient.SignInAsync(Host, "jijian");
        Assert.Contains(Called.Members[1].Name, (await inspector.GetAsync($"/meetings/{Called.Id}")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangeAndCancel_TellEverybodyAgain_AndTheCalendarFollows()
    {
        var officer = await FormClient.SignInAsync(Host, "jingban");
        var edit = await officer.GetAsync($"/meetings/{Called.Id}/edit");
        Assert.Contains("请写明变更的理由", (await officer.PostAsync(edit, "#meeting", ("Input.Day", "2026-10-16"))).Body!.TextContent, StringComparison.Ordinal);
        var before = (await LettersAsync()).Count;
        await officer.PostAsync(edit, "#meeting", ("Input.Day", "2026-10-16"), ("Reason", "会议室检修"));
        Assert.Equal(Called.Members.Count + Called.Agenda.Count, (await LettersAsync()).Count - before);
        var file = await officer.Http.GetStringAsync(new Uri($"/meetings/{Called.Id}/calendar", UriKind.Relative), TestContext.Current.CancellationToken);
        var changed = await ReadAsync(m => m.Id == Called.Id);
        Assert.Contains($"DTSTART:{changed.StartsAt:yyyyMMdd'T'HHmmss'Z'}\r\n", file, StringComparison.Ordinal);
        Assert.Contains("SEQUENCE:1\r\n", file, StringComparison.Ordinal);
        Assert.All(file.Split("\r\n"), l => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(l), 0, 75));
        Assert.All(Called.Members, m => Assert.DoesNotContain(m.Name, file, StringComparison.Ordinal));

        var bare = await officer.PostAsync(await officer.GetAsync($"/meetings/{Called.Id}"), "form:has([value=Cancel])");
        Assert.Contains("请写明取消的理由", bare.QuerySelector("details[open] .field-error")!.TextContent, StringComparison.Ordinal);
        Assert.Single(bare.QuerySelectorAll(".field-error"));
        var page = await officer.PostAsync(bare, "form:has([value=Cancel])", ("CancelReason", "批次中止"));
        Assert.Contains("会议已取消", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2 * (Called.Members.Count + Called.Agenda.Count), (await LettersAsync()).Count - before);
        Assert.Contains("批次中止", (await LettersAsync())[^1], StringComparison.Ordinal);
        var late = await ExpertAsync(Called.Members[0].ExpertId);
        Assert.Null((await late.GetAsync($"/meetings/{Called.Id}")).QuerySelector("#sign-in"));
    }

    [Fact]
    public async Task OverTheApi_ASessionIsCalledAttendedAndReadWithTheSameSeal()
    {
        var officer = await ApiClient.SignInAsync(Host, "jingban");
        var body = new { panel = Called.Panel, kind = "SiteVisit", day = "2026-10-14", time = "09:30", place = "企业门口", files = new[] { new { caseId = Called.Agenda[2].CaseId, minutes = 90 } } };
        Assert.Contains("请填写地点", (await officer.PostAsync($"draws/{Called.DrawId}/meetings", body with { place = "" })).Text, StringComparison.Ordinal);
        var made = await officer.PostAsync($"draws/{Called.DrawId}/meetings", body);
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var id = made.Body.GetProperty("id").GetString();
        var seen = (await officer.GetAsync($"meetings/{id}")).Body;
        Assert.Equal(("SiteVisit", "Called", 90), (seen.GetProperty("kind").GetString(), seen.GetProperty("state").GetString(), seen.GetProperty("agenda")[0].GetProperty("minutes").GetInt32()));
        Assert.NotEmpty(seen.GetProperty("agenda")[0].GetProperty("points").EnumerateArray());

        // Before the day members do not know one another, not even by id.
        var account = await Host.InScopeAsync((_, db) => db.Users.Where(u => u.Role == Roles.Expert && u.ScopeId == Called.Members[1].ExpertId).Select(u => u.UserName!).SingleAsync());
        var expert = await ApiClient.SignInAsync(Host, account);
        var own = await expert.GetAsync($"meetings/{id}");
        Assert.All(Called.Members.Where(m => m.ExpertId != Called.Members[1].ExpertId), m => Assert.DoesNotContain(m.Name, own.Text, StringComparison.Ordinal));
        Assert.Single(own.Body.GetProperty("members").EnumerateArray(), m => m.GetProperty("id").GetString() is not null);
        Assert.Contains("只能在会议当天签到", (await expert.PostAsync($"meetings/{id}/steps", new { step = "SignIn" })).Text, StringComparison.Ordinal);
        Assert.Equal("Called", (await expert.PostAsync($"meetings/{Called.Id}/steps", new { step = "SignIn" })).Body.GetProperty("state").GetString());
        Assert.Equal(2, (await expert.GetAsync("meetings")).Body.GetProperty("items").GetArrayLength());
        var version = seen.GetProperty("version").GetString();
        Assert.Equal(HttpStatusCode.OK, (await officer.PostAsync($"meetings/{id}/steps", new { step = "Cancel", text = "改线上", version })).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await officer.PostAsync($"meetings/{id}/steps", new { step = "Cancel", text = "改线上", version })).Status);
    }
}
