using Applications.Domain.Calendars;
using Applications.Domain.Workflow.Activities;

namespace Applications.Domain.Workflow.Rehearsal;

/// <summary>What is counted while a season is played.</summary>
internal sealed class SeasonTally(WorkCalendar calendar)
{
    private readonly Dictionary<(bool IsBatch, string Activity), Stage> stages = [];
    private readonly Dictionary<(DateOnly Week, string Role), int> work = [];
    private readonly Dictionary<(string Template, string Audience), int> letters = [];
    private readonly List<GateOpened> gates = [];

    public int Decisions { get; set; }

    public void Enter(bool isBatch, Activity activity, DateTime at)
    {
        if (!stages.TryGetValue((isBatch, activity.Id), out var stage))
        {
            stages.Add((isBatch, activity.Id), stage = new Stage(activity, at));
        }

        stage.Last = stage.Last < at ? at : stage.Last;
    }

    public void Leave(bool isBatch, Activity activity, Wait wait, DateTime at)
    {
        var stage = stages[(isBatch, activity.Id)];
        var days = Math.Max(0, calendar.WorkingDaysBetween(ChinaTime.DateOf(wait.Since), ChinaTime.DateOf(at)));
        stage.Last = stage.Last < at ? at : stage.Last;
        stage.Visits++;
        stage.Days += days;
        stage.Most = Math.Max(stage.Most, days);
        stage.Overdue += wait.Due < at ? 1 : 0;
    }

    public void Handle(string role, DateTime at)
    {
        var day = ChinaTime.DateOf(at);
        var key = (day.AddDays(-(((int)day.DayOfWeek + 6) % 7)), role);
        work[key] = work.GetValueOrDefault(key) + 1;
    }

    public void Send(string template, string audience) => letters[(template, audience)] = letters.GetValueOrDefault((template, audience)) + 1;

    public void Open(string signal, string title, DateTime at) => gates.Add(new GateOpened(signal, title, at));

    public RehearsalResult Result(DateTime begins, DateTime ends, IReadOnlyList<EndCount> outcome, bool complete) => new(
        begins, ends, gates,
        [.. stages.Select(s => Span(s.Key.IsBatch, s.Value)).OrderBy(s => s.First).ThenByDescending(s => s.IsBatch)],
        [.. work.Select(w => new WeekWork(w.Key.Week, w.Key.Role, w.Value)).OrderBy(w => w.Week).ThenBy(w => w.Role, StringComparer.Ordinal)],
        [.. letters.Select(l => new LetterCount(l.Key.Template, l.Key.Audience, l.Value)).OrderByDescending(l => l.Count).ThenBy(l => l.Template, StringComparer.Ordinal)],
        outcome, Decisions, complete);

    /// <summary>How the cases of a season ended, or where they wait.</summary>
    public static IReadOnlyList<EndCount> Ends(IReadOnlyCollection<SeasonSubject> cases, WorkflowDefinition flow)
    {
        var ended = cases.Where(c => c.State?.Result is not null).CountBy(c => c.State!.Result!)
            .Select(e => new EndCount(e.Key, flow.Get(e.Key).Title, e.Value, true));
        var waiting = cases.Where(c => c.Runs).CountBy(c => c.State!.Tokens[0].Activity)
            .Select(e => new EndCount(e.Key, flow.Get(e.Key).Title, e.Value, false));
        return [.. ended.OrderByDescending(e => e.Count).ThenBy(e => e.Id, StringComparer.Ordinal), .. waiting.OrderByDescending(e => e.Count)];
    }

    private static StageSpan Span(bool isBatch, Stage stage) => new(
        stage.Activity.Id, stage.Activity.Title, isBatch, RoleOf(stage.Activity), stage.First, stage.Last, stage.Visits,
        stage.Visits == 0 ? 0 : (double)stage.Days / stage.Visits, stage.Most, stage.Overdue);

    private static string? RoleOf(Activity activity) => activity.Settings switch
    {
        WorkItemSettings item => item.Role,
        PanelReviewSettings panel => panel.Role,
        _ => null,
    };

    private sealed class Stage(Activity activity, DateTime first)
    {
        public Activity Activity => activity;

        public DateTime First => first;

        public DateTime Last { get; set; }

        public int Visits { get; set; }

        public long Days { get; set; }

        public int Most { get; set; }

        public int Overdue { get; set; }
    }
}

/// <summary>Somebody or something waits since then, until then.</summary>
internal readonly record struct Wait(DateTime Since, DateTime? Due);
