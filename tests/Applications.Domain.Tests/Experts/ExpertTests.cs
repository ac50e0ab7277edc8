using Applications.Domain.Common;
using Applications.Domain.Experts;

namespace Applications.Domain.Tests.Experts;

/// <summary>Who is taken in, for how long, and what takes him out.</summary>
public sealed class ExpertTests
{
    private static readonly PoolRules Rules = new();
    private static readonly DateOnly Today = Profiles.Today;
    private static readonly Guid Officer = Guid.NewGuid();

    [Theory]
    [InlineData("教授", 1976, 2001, false, null)]
    [InlineData("副教授", 1976, 2021, false, null)]
    [InlineData("副教授", 1976, 2022, false, "entry-rule")]
    [InlineData("正高级工程师", 1961, 2001, false, null)]
    [InlineData("讲师", 1976, 2001, false, "entry-rule")]
    [InlineData("助理研究员", 1976, 2001, false, "entry-rule")]
    [InlineData("教授", 1960, 1985, false, "reason-required")]
    [InlineData("教授", 1956, 1985, true, null)]
    [InlineData("教授", 1955, 1985, true, "reason-required")]
    public void Approve_JustInsideAndOutsideTheEntryRules_TakesInOrSaysWhy(string title, int born, int since, bool academician, string? code)
    {
        var expert = Profiles.Expert(profile: Profiles.Some with { Title = title, BirthYear = born, WorkingSince = since, IsAcademician = academician });

        var fault = Record.Exception(() => expert.Approve(Rules, Today, null, "库管", Profiles.Now));

        Assert.Equal(code, (fault as RuleBrokenException)?.Code);
        Assert.Equal(code is null ? ExpertStatus.InPool : ExpertStatus.Applied, expert.StatusOn(Today));
    }

    [Fact]
    public void Approve_OlderWithAReason_TakesInAndKeepsIt()
    {
        var expert = Profiles.Expert(profile: Profiles.Some with { BirthYear = 1955 });

        expert.Approve(Rules, Today, "稀缺领域", "库管", Profiles.Now);

        Assert.Equal("稀缺领域", expert.DecisionNote);
    }

    [Theory]
    [InlineData(EntryGround.IndustryManager, 2018, null, true)]
    [InlineData(EntryGround.IndustryManager, 2019, null, false)]
    [InlineData(EntryGround.IndustryManager, null, null, false)]
    [InlineData(EntryGround.Professional, null, "注册会计师", true)]
    [InlineData(EntryGround.Professional, null, " ", false)]
    public void Check_OtherGrounds_AskForTheirOwnProof(EntryGround ground, int? manager, string? licence, bool met) =>
        Assert.Equal(met, EntryChecker.Check(Profiles.Some with { Ground = ground, Title = "无", ManagerSince = manager, Licence = licence }, Rules, Today)[0].IsMet);

    [Fact]
    public void StatusOn_TheDaysAroundTheEndOfTheTerm_ExpiresByItself()
    {
        var expert = Profiles.Member();

        Assert.Equal(new DateOnly(2029, 5, 30), expert.TermTo);
        Assert.Equal(ExpertStatus.InPool, expert.StatusOn(new DateOnly(2029, 5, 30)));
        Assert.Equal(ExpertStatus.Expired, expert.StatusOn(new DateOnly(2029, 5, 31)));
        Assert.True(Expert.InPoolOn(new DateOnly(2029, 5, 30)).Compile()(expert));
        Assert.False(Expert.InPoolOn(new DateOnly(2029, 5, 31)).Compile()(expert));
    }

    [Fact]
    public void Approve_Twice_IsRefused() =>
        Assert.Equal("expert-decided", Assert.Throws<RuleBrokenException>(() => Profiles.Member().Approve(Rules, Today, null, "库管", Profiles.Now)).Code);

    [Fact]
    public void Return_ThenReapply_CanBeDecidedAgain()
    {
        var expert = Profiles.Expert();
        expert.Return("补材料", "库管", Profiles.Now);

        expert.Reapply(Profiles.Some with { Title = "研究员" }, new ExpertInterests(), Profiles.Now);

        Assert.Equal(("研究员", ExpertStatus.Applied), (expert.Title, expert.Status));
    }

    [Fact]
    public void TakeLeave_ItsDays_AreNotDrawnAndNoOthers()
    {
        var expert = Profiles.Member();

        expert.TakeLeave(Today.AddDays(3), Today.AddDays(5), "出差", Today);

        Assert.Equal([true, false, false, false, true], Enumerable.Range(2, 5).Select(d => expert.IsAvailableOn(Today.AddDays(d))));
    }

    [Theory]
    [InlineData(5, 3, "leave-order")]
    [InlineData(-5, -1, "leave-past")]
    [InlineData(12, 20, "leave-overlap")]
    [InlineData(1, 10, "leave-overlap")]
    public void TakeLeave_Impossible_IsRefused(int from, int to, string code)
    {
        var expert = Profiles.Member();
        expert.TakeLeave(Today.AddDays(10), Today.AddDays(12), "出差", Today);

        Assert.Equal(code, Assert.Throws<RuleBrokenException>(() => expert.TakeLeave(Today.AddDays(from), Today.AddDays(to), "出差", Today)).Code);
    }

    [Fact]
    public void CancelLeave_BegunAlready_EndsYesterday()
    {
        var expert = Profiles.Member();
        expert.TakeLeave(Today, Today.AddDays(9), "出差", Today);

        expert.CancelLeave(Today, Today.AddDays(3));

        Assert.Equal([false, false, false, true], Enumerable.Range(0, 4).Select(d => expert.IsAvailableOn(Today.AddDays(d))));
    }

    [Fact]
    public void Update_AfterAYear_IsDueAgainOnTheDay()
    {
        var expert = Profiles.Member();

        Assert.False(expert.MustUpdate(new DateOnly(2027, 5, 30), Rules));
        Assert.True(expert.MustUpdate(new DateOnly(2027, 5, 31), Rules));
    }

    [Fact]
    public void Update_OfQualifyingFacts_WaitsForTheOfficeWhileTheRestCountsAtOnce()
    {
        var expert = Profiles.Member();
        expert.Update(Profiles.Some with { Title = "研究员", Fields = ["C34", "C40"], Employer = "另一大学", EmployerUscc = null }, new(), Today, Profiles.Now);

        Assert.Equal(("教授", "C34", "另一大学", null), (expert.Title, expert.Fields, expert.Employer, expert.EmployerUscc));
        Assert.Equal(["职称", "专业领域"], QualifyingFacts.Changes(expert.Profile, expert.Asked!).Select(c => c.Name));
        Assert.Equal("研究员", expert.OwnProfile.Title);

        expert.Accept(Rules, Today, null);

        Assert.Equal(("研究员", "C34,C40", "另一大学", null, "信息变更已采纳"), (expert.Title, expert.Fields, expert.Employer, expert.AskedAt, expert.ChangeAnswer));
        Assert.Equal("nothing-asked", Assert.Throws<RuleBrokenException>(() => expert.Accept(Rules, Today, null)).Code);
    }

    [Fact]
    public void Update_BackToWhatHolds_TakesTheWishBack()
    {
        var expert = Profiles.Member();
        expert.Update(Profiles.Some with { Title = "研究员" }, new(), Today, Profiles.Now);
        expert.Update(Profiles.Some with { Title = "研究员", Position = "院长" }, new(), Today, Profiles.Now.AddDays(1));
        Assert.Equal((Profiles.Now, "院长"), (expert.AskedAt, expert.Profile.Position));

        expert.Update(Profiles.Some, new(), Today, Profiles.Now.AddDays(2));

        Assert.Equal((null, null, "教授"), (expert.Asked, expert.AskedAt, expert.Title));
    }

    [Fact]
    public void Accept_WhereAnEntryRuleNoLongerHolds_IsRefused()
    {
        var expert = Profiles.Member();
        expert.Update(Profiles.Some with { Title = "讲师" }, new(), Today, Profiles.Now);

        Assert.Equal("entry-rule", Assert.Throws<RuleBrokenException>(() => expert.Accept(Rules, Today, "同意")).Code);
        Assert.Equal("reason-required", Assert.Throws<RuleBrokenException>(() => expert.Decline(" ")).Code);
        var decided = (expert.DecidedAt, expert.DecisionNote);
        expert.Decline("没有附聘书");
        Assert.Equal(decided, (expert.DecidedAt, expert.DecisionNote));
        Assert.Equal(("教授", null, "信息变更未采纳：没有附聘书"), (expert.Title, expert.Asked, expert.ChangeAnswer));
    }

    [Fact]
    public void Propose_Suspension_TakesEffectOnlyWhenAnotherConfirms()
    {
        var expert = Profiles.Member();
        var measure = expert.Propose(Suspension(Today.AddMonths(6)), Rules, Today);
        Assert.Equal(ExpertStatus.InPool, expert.StatusOn(Today));

        Assert.Equal("same-person", Assert.Throws<RuleBrokenException>(() => expert.Confirm(measure.Id, true, Officer, "经办", Profiles.Now)).Code);
        expert.Confirm(measure.Id, true, Guid.NewGuid(), "处长", Profiles.Now);

        Assert.Equal(ExpertStatus.Suspended, expert.StatusOn(Today.AddMonths(6)));
        Assert.Equal(ExpertStatus.InPool, expert.StatusOn(Today.AddMonths(6).AddDays(1)));
        Assert.Equal("discipline-unknown", Assert.Throws<RuleBrokenException>(() => expert.Confirm(measure.Id, true, Guid.NewGuid(), "处长", Profiles.Now)).Code);
    }

    [Fact]
    public void Confirm_NotAgreed_LeavesTheExpertInThePool()
    {
        var expert = Profiles.Member();
        var measure = expert.Propose(Suspension(null) with { Kind = DisciplineKind.Removal, Ground = "leak" }, Rules, Today);

        expert.Confirm(measure.Id, false, Guid.NewGuid(), "处长", Profiles.Now);

        Assert.Equal(ExpertStatus.InPool, expert.StatusOn(Today));
        Assert.True(Assert.Single(expert.Discipline).Rejected);
    }

    [Fact]
    public void Withdraw_ByTheProposerAlone_EndsTheMeasureWithoutEffect()
    {
        var expert = Profiles.Member();
        var measure = expert.Propose(Suspension(null) with { Kind = DisciplineKind.Removal, Ground = "leak" }, Rules, Today);

        Assert.Equal("not-own-measure", Assert.Throws<RuleBrokenException>(() => expert.Withdraw(measure.Id, Guid.NewGuid(), "处长", Profiles.Now)).Code);
        expert.Withdraw(measure.Id, Officer, "经办", Profiles.Now);

        Assert.Equal((ExpertStatus.InPool, false, true), (expert.StatusOn(Today), expert.HasOpenMeasure, Assert.Single(expert.Discipline).Withdrawn));
        Assert.Equal("discipline-unknown", Assert.Throws<RuleBrokenException>(() => expert.Withdraw(measure.Id, Officer, "经办", Profiles.Now)).Code);
    }

    [Theory]
    [InlineData("2026-11-28", "suspension-length")]
    [InlineData("2026-11-29", null)]
    [InlineData("2027-05-31", null)]
    [InlineData("2027-06-01", "suspension-length")]
    public void Propose_SuspensionOutsideSixToTwelveMonths_IsRefused(string until, string? code)
    {
        var fault = Record.Exception(() => Profiles.Member().Propose(Suspension(DateOnly.Parse(until, System.Globalization.CultureInfo.InvariantCulture)), Rules, Today));

        Assert.Equal(code, (fault as RuleBrokenException)?.Code);
    }

    [Theory]
    [InlineData(60, "", null)]
    [InlineData(59, "", "reason-required")]
    [InlineData(59, "敷衍", null)]
    [InlineData(101, "", "rating-range")]
    public void Rate_BelowTheLine_AsksForAReason(int points, string note, string? code)
    {
        var fault = Record.Exception(() => Profiles.Member().Rate(new ExpertRating(Guid.Empty, "批", "review", points, note, "经办", Profiles.Now), Rules));

        Assert.Equal(code, (fault as RuleBrokenException)?.Code);
    }

    [Fact]
    public void Rate_TheSameRoundAgain_ReplacesTheFirst()
    {
        var expert = Profiles.Member();
        expert.Rate(new ExpertRating(Guid.Empty, "批", "review", 90, "", "经办", Profiles.Now), Rules);
        expert.Rate(new ExpertRating(Guid.Empty, "批", "review", 80, "", "经办", Profiles.Now), Rules);
        expert.Rate(new ExpertRating(Guid.Empty, "批", "defence", 91, "", "经办", Profiles.Now), Rules);

        Assert.Equal(85.5m, expert.Rating);
    }

    private static DisciplineRecord Suspension(DateOnly? until) =>
        new(Guid.NewGuid(), DisciplineKind.Suspension, "absence", "两次缺席", until, Officer, "经办", Profiles.Now);
}
