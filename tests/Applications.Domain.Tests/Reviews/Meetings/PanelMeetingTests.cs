using Applications.Domain.Common;
using Applications.Domain.Reviews.Meetings;

namespace Applications.Domain.Tests.Reviews.Meetings;

public sealed class PanelMeetingTests
{
    private static readonly DateOnly Day = new(2026, 10, 12);
    private static readonly DateTime Starts = new(2026, 10, 12, 1, 0, 0, DateTimeKind.Utc);
    private static readonly Guid File = Guid.NewGuid();
    private static readonly Guid Second = Guid.NewGuid();
    private static readonly Guid[] Experts = [.. Enumerable.Range(0, 5).Select(_ => Guid.NewGuid())];
    private static readonly IReadOnlySet<Guid> Nobody = new HashSet<Guid>();

    [Fact]
    public void Write_WithTwoThirdsPresent_IsClosedByTheLeaderOnceAllWhoCameHaveAnswered()
    {
        var meeting = Called();
        foreach (var expert in Experts.Take(4))
        {
            meeting.SignIn(expert, Day, Day, Starts);
        }

        meeting.Write(Experts[0], Words(), Starts.AddHours(1));

        Assert.Equal(MeetingState.Written, meeting.State);
        Assert.NotNull(meeting.Find(Experts[0])!.AnsweredAt);
        meeting.Answer(Experts[1], null, Starts.AddHours(2));
        meeting.Answer(Experts[2], "样本偏少", Starts.AddHours(2));
        Assert.Equal(MeetingState.Written, meeting.State);
        Assert.Equal("not-present", Refused(() => meeting.Answer(Experts[4], null, Starts.AddHours(2))));
        Assert.Equal("answers-open", Refused(() => meeting.Conclude(Experts[0], Starts.AddHours(2))));
        meeting.Answer(Experts[3], " ", Starts.AddHours(2));
        Assert.Equal((MeetingState.Written, true), (meeting.State, meeting.IsAnswered));
        Assert.Equal("not-leader", Refused(() => meeting.Conclude(Experts[1], Starts.AddHours(3))));
        meeting.Conclude(Experts[0], Starts.AddHours(3));
        Assert.Equal((MeetingState.Closed, Starts.AddHours(3)), (meeting.State, meeting.ClosedAt));
        Assert.Equal(new[] { null, null, "样本偏少", null, null }, meeting.Members.Select(m => m.Dissent));
        Assert.Equal("meeting-closed", Refused(() => meeting.Write(Experts[0], Words(), Starts.AddHours(4))));
    }

    [Theory]
    [InlineData(1, 5, "too-few")]
    [InlineData(3, 5, "too-few")]
    [InlineData(4, 5, null)]
    [InlineData(2, 3, null)]
    public void Write_NeedsTwoThirdsOfThePanel(int present, int seats, string? refused)
    {
        var meeting = Called(seats);
        foreach (var expert in Experts.Take(present))
        {
            meeting.SignIn(expert, Day, Day, Starts);
        }

        Assert.Equal(refused, Refused(() => meeting.Write(Experts[0], Words(), Starts)));
    }

    [Fact]
    public void Write_AgainAfterADissent_AsksEverybodyAnew()
    {
        var meeting = Present();
        meeting.Write(Experts[0], Words(), Starts);
        meeting.Answer(Experts[1], "不同意", Starts);
        var before = meeting.WordsVersion;

        meeting.Write(Experts[0], Words("改后"), Starts.AddMinutes(5));

        Assert.All(meeting.Members.Where(m => m.ExpertId != Experts[0]), m => Assert.Null(m.AnsweredAt));
        Assert.All(meeting.Members, m => Assert.Null(m.Dissent));
        Assert.NotEqual(before, meeting.WordsVersion);
        Assert.Equal("改后", meeting.Opinions[0].Text);
    }

    [Fact]
    public void Answer_MayBeChangedUntilTheMinutesAreClosed()
    {
        var meeting = Present();
        meeting.Write(Experts[0], Words(), Starts);
        foreach (var expert in Experts.Skip(1))
        {
            meeting.Answer(expert, null, Starts.AddMinutes(1));
        }

        meeting.Answer(Experts[4], "样本偏少", Starts.AddMinutes(2));
        Assert.Equal(("样本偏少", Starts.AddMinutes(2)), (meeting.Find(Experts[4])!.Dissent, meeting.Find(Experts[4])!.AnsweredAt));
        meeting.Answer(Experts[4], null, Starts.AddMinutes(3));
        Assert.Null(meeting.Find(Experts[4])!.Dissent);
        meeting.Close(null, Starts.AddMinutes(4));
        Assert.Equal((MeetingState.Closed, null), (meeting.State, meeting.Note));
        Assert.Equal("not-written", Refused(() => meeting.Answer(Experts[4], "又反悔", Starts.AddMinutes(5))));
    }

    [Fact]
    public void Words_AreTheLeadersOwn_AndOnlyWhenHeHasCome()
    {
        var meeting = Called();
        Assert.Equal("leader-absent", Refused(() => meeting.Draft(Experts[0], Words())));
        meeting.SignIn(Experts[0], Day, Day, Starts);
        Assert.Equal("not-leader", Refused(() => meeting.Draft(Experts[1], Words())));
        meeting.Draft(Experts[0], new PanelWords([], [], " 只写了一半 "));
        Assert.Equal(("只写了一半", MeetingState.Called), (meeting.Summary, meeting.State));
        Assert.Equal("text-too-long", Refused(() => meeting.Draft(Experts[0], Words(new string('长', PanelMeeting.LongestOpinion + 1)))));
        Assert.Equal("not-on-agenda", Refused(() => meeting.Draft(Experts[0], new PanelWords([], [new FileOpinion(Guid.NewGuid(), "x")], ""))));
    }

    [Fact]
    public void Write_OfASiteVisit_WantsEveryPointAndTheTruthWhereItDiffers()
    {
        var meeting = Present(MeetingKind.SiteVisit);
        Assert.Equal("points-open", Refused(() => meeting.Write(Experts[0], Words(), Starts)));
        Assert.Equal("note-required", Refused(() => meeting.Write(Experts[0], Words() with { Findings = [Found(File, false, ""), Found(Second, true, "")] }, Starts)));
        meeting.Write(Experts[0], Words() with { Findings = [Found(File, false, "实有 12 台"), Found(Second, true, "")] }, Starts);
        Assert.Equal("实有 12 台", meeting.Findings.Single(f => !f.Holds).Note);
        Assert.Equal("opinion-required", Refused(() => meeting.Write(Experts[0], Words() with { Findings = meeting.Findings, Opinions = [new FileOpinion(File, "好")] }, Starts)));
    }

    [Fact]
    public void SignIn_OnAnotherDay_IsRefused_AndStaffMarkWithAReason()
    {
        var meeting = Called();
        Assert.Equal("not-the-day", Refused(() => meeting.SignIn(Experts[0], Day.AddDays(1), Day, Starts)));
        Assert.Equal("not-a-member", Refused(() => meeting.SignIn(Guid.NewGuid(), Day, Day, Starts)));
        Assert.Equal("reason-required", Refused(() => meeting.Mark(Experts[1], true, " ", "经办", Starts)));
        meeting.Mark(Experts[1], false, "病假", "经办", Starts);
        Assert.Equal((true, "病假", "经办"), (meeting.Find(Experts[1])!.IsAbsent, meeting.Find(Experts[1])!.Note, meeting.Find(Experts[1])!.MarkedBy));
        meeting.SignIn(Experts[1], Day, Day, Starts);
        Assert.Equal((false, null), (meeting.Find(Experts[1])!.IsAbsent, meeting.Find(Experts[1])!.Note));
        Assert.Equal("signed-in", Refused(() => meeting.SignIn(Experts[1], Day, Day, Starts)));
        Assert.Equal("meeting-begun", Refused(() => meeting.Change(meeting.Plan, "改期")));
    }

    [Fact]
    public void Follow_TakesInWhoCame_LetsGoWhoLeft_AndClearsALeaderWhoSteppedDown()
    {
        var meeting = Called();
        meeting.SignIn(Experts[1], Day, Day, Starts);
        var coming = new MeetingMember(Guid.NewGuid(), "替补");

        // The first and second lost their seats; the second had come already.
        meeting.Follow([.. Experts.Skip(2).Select(e => new MeetingMember(e, "某")), coming], Nobody);

        Assert.Equal([Experts[1], Experts[2], Experts[3], Experts[4], coming.ExpertId], meeting.Members.Select(m => m.ExpertId));
        Assert.Null(meeting.LeaderId);
        Assert.NotNull(meeting.Find(Experts[1])!.SignedInAt);
        meeting.Elect(Experts[2], Nobody);
        Assert.Equal("leader-stepped-down", Refused(() => meeting.Elect(Experts[3], new HashSet<Guid> { Experts[3] })));
        meeting.Follow([.. meeting.Members], new HashSet<Guid> { Experts[2] });
        Assert.Null(meeting.LeaderId);
    }

    [Fact]
    public void Close_ByStaff_IsForASessionWhoseAnswersDoNotCome()
    {
        var meeting = Present();
        Assert.Equal("not-written", Refused(() => meeting.Close("没人答复", Starts)));
        meeting.Write(Experts[0], Words(), Starts);
        Assert.Equal("reason-required", Refused(() => meeting.Close("", Starts)));
        meeting.Close("两名专家出国", Starts.AddDays(3));
        Assert.Equal((MeetingState.Closed, "两名专家出国"), (meeting.State, meeting.Note));
        Assert.Equal("not-written", Refused(() => meeting.Answer(Experts[1], null, Starts)));
    }

    [Fact]
    public void Plan_TellsWhenEachFileIsTaken_AndWhatOverlaps()
    {
        var plan = Called().Plan;
        Assert.Equal(Starts, plan.StartOf(File));
        Assert.Equal(Starts.AddMinutes(20), plan.StartOf(Second));
        Assert.Null(plan.StartOf(Guid.NewGuid()));
        Assert.Equal(Starts.AddMinutes(50), plan.EndsAt);
        Assert.False(plan.Overlaps(plan with { StartsAt = plan.EndsAt }));
        Assert.True(plan.Overlaps(plan with { StartsAt = plan.EndsAt.AddMinutes(-1) }));
    }

    private static PanelMeeting Called(int seats = 5, MeetingKind kind = MeetingKind.Defence)
    {
        var meeting = new PanelMeeting
        {
            Id = Guid.NewGuid(),
            BatchId = Guid.NewGuid(),
            Round = "defence",
            DrawId = Guid.NewGuid(),
            Panel = "1",
            Number = "HY-2026-0001",
            Title = "试",
            Kind = kind,
            CalledBy = "经办",
            CalledAt = Starts.AddDays(-3),
        };
        IReadOnlyList<SitePoint> points = kind == MeetingKind.SiteVisit ? [new SitePoint("equipment", "设备", "20 台")] : [];
        meeting.Seat(
            new MeetingPlan(Starts, "305", null, [new AgendaItem(File, "A1", "甲", 20, points), new AgendaItem(Second, "A2", "乙", 30, points)]),
            [.. Experts.Take(seats).Select((e, i) => new MeetingMember(e, $"专家{i}"))], Experts[0]);
        return meeting;
    }

    private static PanelMeeting Present(MeetingKind kind = MeetingKind.Defence)
    {
        var meeting = Called(kind: kind);
        foreach (var expert in Experts)
        {
            meeting.SignIn(expert, Day, Day, Starts);
        }

        return meeting;
    }

    private static PanelWords Words(string first = "好") => new([], [new FileOpinion(File, first), new FileOpinion(Second, "尚可")], "");

    private static SiteFinding Found(Guid file, bool holds, string note) => new(file, "equipment", holds, note);

    private static string? Refused(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (RuleBrokenException e)
        {
            return e.Code;
        }
    }
}
