using System.Text.Json;
using Applications.Domain.Calendars;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Rehearsal;

namespace Applications.Domain.Tests.Workflow.Rehearsal;

/// <summary>A season in memory: reproducible, complete, on working days, and adding up.</summary>
public sealed class SeasonRehearsalTests
{
    private const string Folder = "one-enterprise-one-technology";

    private static readonly WorkflowDefinition Batch = Definitions.Load($"{Folder}/batch.workflow.json");
    private static readonly WorkflowDefinition Case = Definitions.Load($"{Folder}/case.workflow.json");

    private static RehearsalPlan Plan(int cases = 200, long seed = 7) => new(Batch, Case, cases, seed, new DateOnly(2026, 3, 2), WorkCalendar.BuiltIn);

    [Fact]
    public void Run_RealProgramme_BringsEveryCaseToAnEnd()
    {
        var season = SeasonRehearsal.Run(Plan());

        Assert.True(season.IsComplete);
        Assert.Equal(200, season.Ends.Sum(e => e.Count));
        Assert.All(season.Ends, e => Assert.True(e.IsEnd));
        Assert.Contains(season.Ends, e => e.Id == "recognised" && e.Count > 50);
        Assert.Equal(["filing-closed", "recommendation-closed", "review", "notice", "announcement"], season.Gates.Select(g => g.Signal));
        Assert.Equal(season.Gates.Select(g => g.At).Order(), season.Gates.Select(g => g.At));
        Assert.Equal(ChinaTime.EndOfDay(new DateOnly(2026, 4, 1)), season.Gates[0].At);
        Assert.True(season.EndsAt > season.Gates[^1].At.AddMinutes(-1));
    }

    public static TheoryData<string> Folders =>
        [.. Directory.GetFiles(Definitions.Root, "batch.workflow.json", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Definitions.Root, Path.GetDirectoryName(f)!)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Run_EveryProgramme_ComesToAnEnd(string folder)
    {
        var season = SeasonRehearsal.Run(Plan(100) with { BatchFlow = Definitions.Load($"{folder}/batch.workflow.json"), CaseFlow = Definitions.Load($"{folder}/case.workflow.json") });

        Assert.True(season.IsComplete, string.Join('，', season.Ends.Select(e => $"{e.Title} {e.Count}")));
        Assert.True(season.Ends.Where(e => e.IsEnd).Sum(e => e.Count) == 100 && season.Ends.Count > 2);
        Assert.Contains(season.Work, w => w.Role == Roles.Expert);
    }

    /// <summary>Three posts sign side by side: each acts for itself, and what was decided without the third is not waited for.</summary>
    [Fact]
    public void Run_Countersignature_IsPlayedByItsPosts()
    {
        var flow = new Chart("signed.v1").Start().Add("sign", "Applications.Countersign", """{ "task": "countersign", "signers": ["officer", "head", "leader"], "rule": "Any" }""")
            .End("yes").End("no").Arrows("start > sign", "sign:Agreed > yes", "sign:Refused > no").Load();

        var season = SeasonRehearsal.Run(Plan(40) with { CaseFlow = flow });

        Assert.True(season.IsComplete);
        Assert.Equal(40, season.Ends.Single(e => e.Id == "yes").Count);
        Assert.True(new[] { Roles.Officer, Roles.Head, Roles.Leader }.All(r => season.Work.Any(w => w.Role == r)));
        Assert.Equal(120, season.Stages.Single(s => s.Activity == "sign").Visits);
    }

    [Fact]
    public void Run_SameSeed_IsTheSameSeason()
    {
        var season = JsonSerializer.Serialize(SeasonRehearsal.Run(Plan()));

        Assert.Equal(season, JsonSerializer.Serialize(SeasonRehearsal.Run(Plan())));
        Assert.NotEqual(season, JsonSerializer.Serialize(SeasonRehearsal.Run(Plan(seed: 8))));
    }

    [Fact]
    public void Run_Work_HappensOnWorkingDaysAndAddsUp()
    {
        var season = SeasonRehearsal.Run(Plan());

        Assert.All(season.Work, w => Assert.Equal(DayOfWeek.Monday, w.Week.DayOfWeek));
        Assert.DoesNotContain(season.Work, w => w.Week == new DateOnly(2026, 2, 16));
        var reviews = season.Stages.Single(s => s.Activity == "review");
        Assert.Equal(reviews.Visits, season.Work.Where(w => w.Role == Roles.Expert).Sum(w => w.Items));
        Assert.Equal(reviews.Visits, season.Letters.Single(l => l.Template == "assigned").Count);
        Assert.Equal(
            season.Ends.Single(e => e.Id == "recognised").Count, season.Letters.Single(l => l.Template == "recognised").Count);
        Assert.All(season.Stages, s => Assert.True(s.First <= s.Last && s.MeanDays <= s.MostDays && s.Overdue <= s.Visits));
    }

    [Fact]
    public void Run_SlowCounties_AreTheBottleneck()
    {
        var usual = SeasonRehearsal.Run(Plan());
        var slow = SeasonRehearsal.Run(Plan() with
        {
            Behaviour = new RehearsalBehaviour { Days = new Dictionary<string, (int, int)>(new RehearsalBehaviour().Days) { [Roles.County] = (7, 12) } },
        });

        Assert.True(Of(slow).MeanDays > Of(usual).MeanDays + 3);
        Assert.True(Of(slow).Overdue > Of(usual).Overdue);
        Assert.Equal("countyCheck", slow.Bottlenecks.First().Activity);

        static StageSpan Of(RehearsalResult season) => season.Stages.Single(s => s.Activity == "countyCheck");
    }

    [Fact]
    public void Run_Behaviour_DecidesHowCasesEnd()
    {
        var strict = SeasonRehearsal.Run(Plan() with { Behaviour = new RehearsalBehaviour { Outcomes = new Dictionary<string, double> { ["cityCheck:Reject"] = 1 }, OtherOutcome = 0, Silent = 0 } });
        var kind = SeasonRehearsal.Run(Plan() with { Behaviour = new RehearsalBehaviour { Outcomes = new Dictionary<string, double>(), OtherOutcome = 0, Silent = 0, Selected = 1 } });

        Assert.DoesNotContain(strict.Ends, e => e.Id == "recognised");
        Assert.Contains(strict.Ends, e => e.Id == "rejected");
        Assert.Contains(kind.Ends, e => e.Id == "recognised");
        Assert.All(kind.Ends, e => Assert.Contains(e.Id, new[] { "recognised", "missed", "expired" }));
    }

    [Fact]
    public void Run_NobodyApplies_StillIsASeason()
    {
        var season = SeasonRehearsal.Run(Plan(0));

        Assert.True(season.IsComplete);
        Assert.Empty(season.Ends);
        Assert.Equal(5, season.Gates.Count);
    }

    /// <summary>A case waits for a signal that the batch never sends: the season ends and says so.</summary>
    [Fact]
    public void Run_GateThatNobodyOpens_IsToldAsUnfinished()
    {
        var flow = new Chart("stuck.v1").Start().Gate("wait", "never").End("done").Arrows("start > wait", "wait:Open > done").Load();

        var season = SeasonRehearsal.Run(Plan(20) with { CaseFlow = flow });

        Assert.False(season.IsComplete);
        var waiting = Assert.Single(season.Ends);
        Assert.Equal(("wait", 20, false), (waiting.Id, waiting.Count, waiting.IsEnd));
    }

    /// <summary>Every panel member steps down: substitutes are found, and reviews come to an end.</summary>
    [Fact]
    public void Run_PanelThatDeclines_GetsSubstitutes()
    {
        var season = SeasonRehearsal.Run(Plan(50) with { Behaviour = new RehearsalBehaviour { Outcomes = new Dictionary<string, double> { ["Decline"] = 0.9 }, OtherOutcome = 0 } });

        Assert.True(season.IsComplete);
        Assert.Contains(season.Ends, e => e.Id == "recognised");
    }

    [Fact]
    public void Run_OneCaseMore_LeavesTheOthersAsTheyWere()
    {
        // Where nothing but a case's own dice decides, the season of twenty is part of the season of twenty-one.
        var flow = new Chart("alone.v1").Start().Item("check", "Pass Fail").End("pass").End("fail").Arrows("start > check", "check:Pass > pass", "check:Fail > fail").Load();
        var (twenty, more) = (SeasonRehearsal.Run(Plan(20) with { CaseFlow = flow }), SeasonRehearsal.Run(Plan(21) with { CaseFlow = flow }));

        Assert.All(twenty.Ends, e => Assert.InRange(more.Ends.Single(m => m.Id == e.Id).Count, e.Count, e.Count + 1));
    }
}
