using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Versions;

namespace Applications.Domain.Tests.Workflow.Versions;

/// <summary>Where cases would stand, and each reason why one cannot be moved.</summary>
public sealed class MigrationPlanTests
{
    private static Chart Simple(string item = "check", string outcomes = "Pass", string more = "{}", string role = Roles.Officer) =>
        new Chart().Start().Item(item, outcomes, more, role).End("done")
            .Arrows(["start > " + item, .. outcomes.Split(' ').Select(o => $"{item}:{o} > done")]);

    private static Chart Next(Chart chart) => chart.As("small.v2", 2);

    private static MigrationPlan Plan(
        Chart before, WorkflowState state, Chart after, Dictionary<string, string>? mapping = null, string[]? sent = null, string[]? batch = null,
        (string Name, object? Value)[]? facts = null, DateTime? now = null)
    {
        var context = new WorkflowContext(now ?? Play.Monday, WorkCalendar.BuiltIn, (facts ?? []).ToDictionary(f => f.Name, f => f.Value));
        var text = state.Text();
        var plan = new MigrationPlanner(before.Load(), Next(after).Load(), mapping).Plan(state, new MigrationWorld(context, sent ?? [], batch?.ToHashSet()));
        Assert.Equal(text, state.Text());
        Assert.Equal(plan.CanMove, plan.Obstacles.Count == 0);
        return plan;
    }

    private static void AssertRefused(MigrationPlan plan, string code, string place)
    {
        Assert.Null(plan.State);
        Assert.Contains(plan.Obstacles, o => o.Code == code && o.Place == place && o.Reason.Length > 0);
    }

    [Fact]
    public void Plan_StepRenamed_GoesByTheMapping()
    {
        var play = Play.Begin(Simple());

        var lost = Plan(Simple(), play.State, Simple("review"));
        var moved = Plan(Simple(), play.State, Simple("review"), new() { ["check"] = "review" });

        AssertRefused(lost, "activity-gone", "check");
        var token = Assert.Single(moved.State!.Tokens);
        Assert.Equal((play.State.Tokens[0].Id, "review", play.State.Tokens[0].Since), (token.Id, token.Activity, token.Since));
        Assert.Equal("small.v2", moved.State.DefinitionId);
        Assert.Equal(play.State.NextToken, moved.State.NextToken);
    }

    [Fact]
    public void Plan_FinishedCase_Stays() =>
        AssertRefused(Plan(Simple(), Play.Begin(Simple()).Complete("check", "Pass").State, Simple()), "finished", "");

    [Fact]
    public void Plan_StayedCase_StaysWhereItIs()
    {
        var play = Play.Begin(Simple());
        var stayed = Approvals.Suspend(play.State, play.Context).State;

        AssertRefused(Plan(Simple(), stayed, Simple()), "suspended", "");
    }

    [Fact]
    public void Plan_DecisionThatWaitsForASigner_NeedsItsOutcome()
    {
        var play = Play.Begin(Simple(outcomes: "Pass Fail"));
        var token = play.State.Tokens[0] with { Chosen = "Fail" };
        var decided = play.State with { Tokens = [token] };

        AssertRefused(Plan(Simple(outcomes: "Pass Fail"), decided, Simple(outcomes: "Pass")), "outcome-gone", "check");
        Assert.Equal("Fail", Plan(Simple(outcomes: "Pass Fail"), decided, Simple(outcomes: "Pass Fail")).State!.Tokens[0].Chosen);
    }

    private static Chart Signed(string more = "") => new Chart().Start()
        .Add("sign", "Applications.Countersign", $$"""{ "task": "countersign", "signers": ["officer", "head"], "rule": "All"{{more}} }""")
        .End("yes").End("no").Arrows("start > sign", "sign:Agreed > yes", "sign:Refused > no");

    [Fact]
    public void Plan_Countersignature_KeepsWhatWasSignedAndTakesTheNewTime()
    {
        var play = Play.Begin(Signed());
        play.Answer("sign", "head", Applications.Domain.Workflow.Activities.CountersignKind.Agree);

        var plan = Plan(Signed(), play.State, Signed(""", "dueDays": 4"""));

        Assert.Equal(play.State.Tokens[0].Participants, plan.State!.Tokens[0].Participants);
        Assert.Equal(WorkCalendar.BuiltIn.DueAt(Play.Monday, 4), plan.State.Tokens[0].Due);
        AssertRefused(Plan(Signed(), play.State, Simple("sign")), "another-kind", "sign");
    }

    [Fact]
    public void Plan_PanelOfAnotherRound_Stays()
    {
        static Chart With(string round) => new Chart().Start().Add("panel", "Applications.PanelReview", $$"""{ "role": "expert", "task": "score"{{round}} }""")
            .End("done").Arrows("start > panel", "panel > done");
        var play = Play.Begin(With(""), ("panel", new[] { "ann" }));

        AssertRefused(Plan(With(""), play.State, With(""", "round": "defence" """)), "another-round", "panel");
    }

    [Fact]
    public void Plan_CaseOnAnotherVersion_Stays() =>
        AssertRefused(Plan(Simple(), Play.Begin(Simple().As("small.v0", 1)).State, Simple()), "other-version", "");

    [Fact]
    public void Plan_StepOfAnotherKind_Stays()
    {
        var after = new Chart().Start().Gate("check", "go").End("done").Arrows("start > check", "check:Open > done");

        AssertRefused(Plan(Simple(), Play.Begin(Simple()).State, after), "another-kind", "check");
    }

    [Theory]
    [InlineData(Tasks.FormalCheck, null)]
    [InlineData(Tasks.File, "another-task")]
    [InlineData(Tasks.CityList, "another-task")]
    public void Plan_StepWithAnotherTask_MovesWhereThePageOnlyDecides(string task, string? refused)
    {
        var plan = Plan(Simple(), Play.Begin(Simple()).State, Simple(more: $$"""{ "task": "{{task}}" }"""));

        Assert.Equal(refused, plan.Obstacles.SingleOrDefault()?.Code);
    }

    [Theory]
    [InlineData(Roles.City, null)]
    [InlineData(Roles.Applicant, "another-role")]
    [InlineData(Roles.County, "nobody-there")]
    public void Plan_StepWithAnotherRole_MovesUnlessThatMatters(string role, string? refused)
    {
        var plan = Plan(Simple(), Play.Begin(Simple()).State, Simple(role: role), facts: [("hasCounty", false)]);

        Assert.Equal(refused, plan.Obstacles.SingleOrDefault()?.Code);
    }

    [Fact]
    public void Plan_CountedOutcomeGone_Stays()
    {
        var limited = new Chart().Start().Item("check", "Pass Supplement", """{ "limits": { "Supplement": 1 } }""").Item("fix", "Ok", role: Roles.Applicant).End("done")
            .Arrows("start > check", "check:Pass > done", "check:Supplement > fix", "fix:Ok > check");
        var without = new Chart().Start().Item("check", "Pass Back").Item("fix", "Ok", role: Roles.Applicant).End("done")
            .Arrows("start > check", "check:Pass > done", "check:Back > fix", "fix:Ok > check");
        var renamed = new Chart().Start().Item("formal", "Pass Supplement", """{ "limits": { "Supplement": 1 } }""").Item("fix", "Ok", role: Roles.Applicant).End("done")
            .Arrows("start > formal", "formal:Pass > done", "formal:Supplement > fix", "fix:Ok > formal");
        var play = Play.Begin(limited).Complete("check", "Supplement");

        AssertRefused(Plan(limited, play.State, without), "outcome-gone", "check");
        AssertRefused(Plan(limited, play.State, renamed), "outcome-gone", "check");
        var moved = Plan(limited, play.State, renamed, new() { ["check"] = "formal" });

        Assert.Equal(1, moved.State!.UsesOf("formal", "Supplement"));
        var next = new WorkflowContext(Play.Monday, WorkCalendar.BuiltIn, new Dictionary<string, object?>());
        var back = WorkflowEngine.Complete(Next(renamed).Load(), moved.State, moved.State.Tokens[0].Id, Roles.Applicant, "Ok", next).State;
        var refusal = Assert.Throws<RuleBrokenException>(() => WorkflowEngine.Complete(Next(renamed).Load(), back, back.Tokens[0].Id, Roles.Officer, "Supplement", next));
        Assert.Equal("outcome-used-up", refusal.Code);
    }

    [Fact]
    public void Plan_UnlimitedCountOfAStepThatIsGone_DoesNotHold()
    {
        var before = new Chart().Start().Item("county", "Forward").Item("check", "Pass").End("done").Arrows("start > county", "county:Forward > check", "check:Pass > done");

        var plan = Plan(before, Play.Begin(before).Complete("county", "Forward").State, Simple());

        Assert.Equal(1, plan.State!.UsesOf("county", "Forward"));
    }

    private static Chart Forked(string branches = "A B", string prefix = "", string fork = "fork")
    {
        var chart = new Chart().Start().Fork(fork, branches).Join("join").End("done").Arrows($"start > {fork}", "join > done");
        foreach (var branch in branches.Split(' '))
        {
            chart.Item(prefix + "item" + branch, "Ok").Arrows($"{fork}:{branch} > {prefix}item{branch}", $"{prefix}item{branch}:Ok > join");
        }

        return chart;
    }

    [Fact]
    public void Plan_ArrivalAtAJoin_GoesAlongAlsoWhenTheBranchEndsElsewhere()
    {
        var play = Play.Begin(Forked()).Complete("itemA", "Ok");

        var plan = Plan(Forked(), play.State, Forked(prefix: "x"), new() { ["itemA"] = "xitemA", ["itemB"] = "xitemB" });

        Assert.Equal(["xitemA:Ok"], plan.State!.Arrived["join"]);
        var context = new WorkflowContext(Play.Monday, WorkCalendar.BuiltIn, new Dictionary<string, object?>());
        var end = WorkflowEngine.Complete(Next(Forked(prefix: "x")).Load(), plan.State, plan.State.Tokens[0].Id, Roles.Officer, "Ok", context);
        Assert.Equal("done", end.State.Result);
    }

    [Fact]
    public void Plan_ForkWithABranchMore_Stays() => AssertRefused(Plan(Forked(), Play.Begin(Forked()).State, Forked("A B C")), "fork-differs", "");

    [Fact]
    public void Plan_ForkGone_Stays()
    {
        var after = new Chart().Start().Item("itemA", "Ok").Item("itemB", "Ok").End("done").Arrows("start > itemA", "itemA:Ok > itemB", "itemB:Ok > done");

        AssertRefused(Plan(Forked(), Play.Begin(Forked()).State, after), "fork-differs", "");
        AssertRefused(Plan(Forked(), Play.Begin(Forked()).Complete("itemA", "Ok").State, after), "arrival-lost", "join");
    }

    [Fact]
    public void Plan_ForkNew_Stays()
    {
        var before = Simple("itemA", "Ok");

        AssertRefused(Plan(before, Play.Begin(before).State, Forked()), "fork-differs", "");
    }

    [Fact]
    public void Plan_TwoBranchesToOnePlace_Stays() =>
        AssertRefused(Plan(Forked(), Play.Begin(Forked()).State, Forked(), new() { ["itemA"] = "itemB" }), "places-collide", "itemB");

    [Fact]
    public void Plan_ForkRenamed_GoesByTheMapping()
    {
        var play = Play.Begin(Forked()).Complete("itemA", "Ok");

        AssertRefused(Plan(Forked(), play.State, Forked(fork: "split")), "arrival-lost", "join");
        Assert.True(Plan(Forked(), play.State, Forked(fork: "split"), new() { ["fork"] = "split" }).CanMove);
    }

    [Fact]
    public void Plan_SignalThatOnlyTheNewStepHears_Stays()
    {
        var after = Simple(more: """{ "signals": { "closed": "Missed" } }""").End("missed").Arrows("check:Missed > missed");

        AssertRefused(Plan(Simple(), Play.Begin(Simple()).State, after, sent: ["closed"]), "signal-passed", "check");
        Assert.True(Plan(Simple(), Play.Begin(Simple()).State, after, sent: []).CanMove);
    }

    [Fact]
    public void Plan_NewGateThatTheBatchNeverOpens_Stays()
    {
        var after = new Chart().Start().Item("check", "Pass").Gate("defence", "defence").End("done").Arrows("start > check", "check:Pass > defence", "defence:Open > done");

        AssertRefused(Plan(Simple(), Play.Begin(Simple()).State, after, batch: ["review"]), "gate-never-opens", "defence");
        Assert.True(Plan(Simple(), Play.Begin(Simple()).State, after, batch: ["review", "defence"]).CanMove);
    }

    [Fact]
    public void Plan_Variables_KeepValuesAndTakeNewDefaults()
    {
        static Chart With(string more) => new Chart().Variable("Kept", "String", "old").Start().Set("set", "Kept", "\"county\"").Item("check", "Pass").End("done")
            .Arrows("start > set", "set > check", "check:Pass > done").Variable(more, "Int32", "7");
        var play = Play.Begin(With("Gone"));

        var plan = Plan(With("Gone"), play.State, With("Fresh"));

        Assert.Equal(["county", "7", "7"], new[] { "Kept", "Gone", "Fresh" }.Select(v => plan.State!.Variables[v].ToString()));
    }

    [Fact]
    public void Plan_VariableOfAnotherType_StaysUnlessItNeverChanged()
    {
        static Chart With(string type, string value, bool set) => (set ? new Chart().Set("set", "V", "\"x\"").Arrows("start > set", "set > check") : new Chart().Arrows("start > check"))
            .Start().Variable("V", type, value).Item("check", "Pass").End("done").Arrows("check:Pass > done");
        var (used, unused) = (With("String", "a", true), With("String", "a", false));

        AssertRefused(Plan(used, Play.Begin(used).State, With("Int32", "3", true)), "variable-type", "V");
        Assert.Equal("3", Plan(unused, Play.Begin(unused).State, With("Int32", "3", false)).State!.Variables["V"].ToString());
    }

    [Fact]
    public void Plan_Clock_KeepsTheTimeGivenUnlessTheRuleChanged()
    {
        var before = Simple(more: """{ "dueDays": 5 }""");
        var play = Play.Begin(before);
        var later = Play.Monday.AddDays(7);

        var same = Plan(before, play.State, Simple(more: """{ "dueDays": 5 }"""), now: later);
        var longer = Plan(before, play.State, Simple(more: """{ "dueDays": 10 }"""), now: later);
        var shorter = Plan(before, play.State, Simple(more: """{ "dueDays": 2 }"""), now: later);
        var none = Plan(before, play.State, Simple(), now: later);
        var timed = Plan(before, play.State, Simple(more: """{ "dueDays": 5, "timeoutOutcome": "Late" }""").Arrows("check:Late > done"), now: Play.Monday.AddDays(30));

        Assert.Equal(play.Due("check"), same.State!.Tokens[0].Due);
        Assert.Equal(WorkCalendar.BuiltIn.DueAt(Play.Monday, 10), longer.State!.Tokens[0].Due);
        Assert.Equal(WorkCalendar.BuiltIn.DueAt(later, 1), shorter.State!.Tokens[0].Due);
        Assert.Null(none.State!.Tokens[0].Due);
        Assert.Equal(WorkCalendar.BuiltIn.DueAt(Play.Monday.AddDays(30), 1), timed.State!.Tokens[0].Due);
        Assert.True(timed.Tokens[0].IsTimed);
        Assert.False(same.Tokens[0].IsTimed);
    }

    [Fact]
    public void Plan_WaitForAMomentTheCaseLacks_Stays()
    {
        static Chart With(string fact) => new Chart().Start().WaitUntil("wait", fact).End("done").Arrows("start > wait", "wait:Due > done");
        var play = Play.Begin(With("filingClosesAt"), ("filingClosesAt", Play.Monday.AddDays(3)));

        AssertRefused(Plan(With("filingClosesAt"), play.State, With("noticeEndsAt")), "no-moment", "wait");
        var moved = Plan(With("filingClosesAt"), play.State, With("noticeEndsAt"), facts: [("noticeEndsAt", Play.Monday.AddDays(9))]);
        Assert.Equal(Play.Monday.AddDays(9), moved.State!.Tokens[0].Due);
    }

    [Fact]
    public void Planner_WrongPair_IsRefusedBeforeAnyCase()
    {
        var other = Simple();
        other.Document["definitionId"] = "another";

        Assert.Equal("another-workflow", Assert.Throws<RuleBrokenException>(() => new MigrationPlanner(Simple().Load(), Next(other).Load())).Code);
        Assert.Equal("same-version", Assert.Throws<RuleBrokenException>(() => new MigrationPlanner(Simple().Load(), Simple().Load())).Code);
        Assert.Equal("mapping-unknown", Assert.Throws<RuleBrokenException>(() =>
            new MigrationPlanner(Simple().Load(), Next(Simple()).Load(), new Dictionary<string, string> { ["check"] = "nowhere" })).Code);
    }
}
