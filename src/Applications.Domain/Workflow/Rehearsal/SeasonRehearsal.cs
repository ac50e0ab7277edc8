using Applications.Domain.Calendars;
using Applications.Domain.Workflow.Activities;

namespace Applications.Domain.Workflow.Rehearsal;

/// <summary>
/// Plays a whole season in memory: the real engine and the real calendar, synthetic cases, a clock that jumps from event to event. Touches nothing, so it
/// leaves no trace; the same plan gives the same result.
/// </summary>
public sealed class SeasonRehearsal
{
    private const int MostEventsPerCase = 500;
    private const double ShareThatBeginsEarly = 0.8;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3 * 365);

    private readonly RehearsalPlan plan;
    private readonly SeasonTally tally;
    private readonly SeasonPeople people;
    private readonly PriorityQueue<SeasonEvent, (DateTime At, long Order)> events = new();
    private readonly List<SeasonSubject> cases = [];
    private readonly List<string> signals = [];
    private readonly List<int> batchTurns = [];
    private readonly SeasonSubject batch;
    private readonly DateTime begins;
    private readonly DateTime filingCloses;
    private DateTime now;
    private DateTime? noticeEnds;
    private long order;
    private int busy;

    private SeasonRehearsal(RehearsalPlan plan)
    {
        this.plan = plan;
        tally = new SeasonTally(plan.Calendar);
        people = new SeasonPeople(plan);
        begins = now = ChinaTime.StartOfDay(plan.Start).AddHours(SeasonPeople.OfficeOpens);
        filingCloses = ChinaTime.EndOfDay(plan.Start.AddDays(plan.FilingDays));
        batch = new SeasonSubject(plan.BatchFlow, true, Dice.For(plan.Seed, 0), Facts());
        for (var i = 1; i <= plan.Cases; i++)
        {
            cases.Add(Case(Dice.For(plan.Seed, i)));
        }
    }

    /// <summary>Plays <paramref name="plan"/> to its end.</summary>
    public static RehearsalResult Run(RehearsalPlan plan, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentOutOfRangeException.ThrowIfNegative(plan.Cases);
        return new SeasonRehearsal(plan).Play(ct);
    }

    private RehearsalResult Play(CancellationToken ct)
    {
        At(now, new SeasonEvent(batch, 0, null, false));
        foreach (var one in cases)
        {
            At(now + ((filingCloses - now) * (one.Dice.Next() * ShareThatBeginsEarly)), new SeasonEvent(one, 0, null, false));
        }

        var most = (long)MostEventsPerCase * (plan.Cases + 10);
        while (events.TryDequeue(out var next, out var when) && order < most && when.At - begins < Longest)
        {
            ct.ThrowIfCancellationRequested();
            now = when.At;
            Happen(next);
            TakeBatchTurns();
        }

        return tally.Result(begins, now, Ends(), !batch.Runs && cases.TrueForAll(c => !c.Runs));
    }

    private SeasonSubject Case(Dice dice)
    {
        var facts = Facts();
        facts["hasCounty"] = dice.Is(plan.Behaviour.WithCounty);
        facts["panel"] = Enumerable.Range(1, plan.Behaviour.Panel).Select(n => $"expert{n}").ToList();
        return new SeasonSubject(plan.CaseFlow, false, dice, facts);
    }

    /// <summary>Every fact there is has a value: moments that nobody set lie far ahead, everything else is not so.</summary>
    private Dictionary<string, object?> Facts()
    {
        var facts = Vocabulary.Known.Facts.ToDictionary(f => f, f => f.EndsWith("At", StringComparison.Ordinal) ? begins + Longest : (object?)false);
        facts["filingClosesAt"] = filingCloses;
        facts["recommendationClosesAt"] = ChinaTime.EndOfDay(plan.Start.AddDays(plan.FilingDays + plan.RecommendationDays));
        facts["panel"] = Array.Empty<string>();
        return facts;
    }

    private void Happen(SeasonEvent next)
    {
        var subject = next.Subject;
        if (subject.State is not { } state)
        {
            Apply(subject, WorkflowEngine.Start(subject.Definition, Context(subject)), null);
            return;
        }

        if (state.Find(next.Token) is not { } token)
        {
            return;
        }

        if (next.IsTimer)
        {
            Apply(subject, WorkflowEngine.TimeOut(subject.Definition, state, next.Token, Context(subject)), null);
        }
        else if (next.Participant is { } member)
        {
            Answer(subject, state, token, member);
        }
        else
        {
            Complete(subject, state, token);
        }
    }

    private void Complete(SeasonSubject subject, WorkflowState state, Token token)
    {
        var activity = subject.Definition.Get(token.Activity);
        var settings = activity.SettingsAs<WorkItemSettings>();
        if (people.Choose(subject.Dice, activity, [.. settings.Outcomes.Where(o => !settings.IsUsedUp(o, activity, state))]) is { } outcome)
        {
            var role = settings.RoleFor(outcome);
            Apply(subject, WorkflowEngine.Complete(subject.Definition, state, token.Id, role, outcome, Context(subject)), role);
        }
    }

    private void Answer(SeasonSubject subject, WorkflowState state, Token token, string member)
    {
        if (!subject.Open.ContainsKey((token.Id, member)))
        {
            return;
        }

        var activity = subject.Definition.Get(token.Activity);
        var outcome = people.Choose(subject.Dice, activity, [PanelReviewKind.Score, PanelReviewKind.Decline])!;
        Apply(subject, WorkflowEngine.Answer(subject.Definition, state, token.Id, member, outcome, Context(subject)), activity.SettingsAs<PanelReviewSettings>().Role);
        if (subject.State!.Find(token.Id) is { } left && left.Participants.All(p => p.Outcome is not null))
        {
            // Everybody declined: the officer finds a substitute.
            Apply(subject, WorkflowEngine.Enlist(subject.Definition, subject.State, token.Id, [$"expert{left.Participants.Length + 1}"], Context(subject)), Roles.Officer);
        }
    }

    private WorkflowContext Context(SeasonSubject subject)
    {
        tally.Decisions++;
        subject.Facts["windowOpen"] = now < filingCloses;
        subject.Facts["noticeEndsAt"] = noticeEnds ?? plan.Calendar.DueAt(now, plan.NoticeDays);
        return new WorkflowContext(now, plan.Calendar, subject.Facts);
    }

    /// <param name="by">The role that acted; null when time or the batch did.</param>
    private void Apply(SeasonSubject subject, Decision decision, string? by)
    {
        subject.State = decision.State;
        if (by is not null)
        {
            tally.Handle(by, now);
        }

        var sent = new List<string>();
        foreach (var effect in decision.Effects)
        {
            Carry(subject, effect, sent);
        }

        foreach (var signal in sent)
        {
            signals.Add(signal);
            cases.ForEach(c => Signal(c, signal));
        }

        if (!subject.IsBatch && decision.Effects.Count > 0)
        {
            // A gate that the batch has opened before holds nobody, as with real cases.
            _ = signals.Exists(s => Signal(subject, s));
        }
    }

    private bool Signal(SeasonSubject subject, string signal)
    {
        if (!subject.Runs || !subject.State!.Tokens.Any(t => subject.Definition.Get(t.Activity) is var at && at.Kind.Answers(at, signal)))
        {
            return false;
        }

        Apply(subject, WorkflowEngine.Signal(subject.Definition, subject.State!, signal, Context(subject)), null);
        return true;
    }

    private void Carry(SeasonSubject subject, Effect effect, List<string> sent)
    {
        switch (effect)
        {
            case WorkItemOpened opened:
                Open(subject, opened);
                break;
            case WorkItemClosed closed:
                Close(subject, closed.Activity, closed.Token, closed.Participant);
                break;
            case WaitBegun begun when begun.Activity.Kind is not PanelReviewKind:
                subject.Open[(begun.Token, null)] = new Wait(now, null);
                tally.Enter(subject.IsBatch, begun.Activity, now);
                break;
            case WaitEnded ended when ended.Activity.Kind is not PanelReviewKind:
                Close(subject, ended.Activity, ended.Token, null);
                break;
            case TimerSet timer:
                At(timer.At < now ? now : timer.At, new SeasonEvent(subject, timer.Token, null, true));
                break;
            case NotificationRequested letter:
                tally.Send(letter.Template, letter.Audience);
                break;
            case SignalSent signal:
                tally.Open(signal.Signal, signal.Activity.Title, now);
                sent.Add(signal.Signal);
                break;
            case CommandRequested { Command: Commands.PublishNotice }:
                noticeEnds = plan.Calendar.DueAt(now, plan.NoticeDays);
                break;
            case CommandRequested { Command: Commands.TakeResult }:
                subject.Facts["selected"] = subject.Dice.Is(plan.Behaviour.Selected);
                break;
        }
    }

    private void Open(SeasonSubject subject, WorkItemOpened opened)
    {
        subject.Open[(opened.Token, opened.Participant)] = new Wait(now, opened.DueAt);
        tally.Enter(subject.IsBatch, opened.Activity, now);
        if (subject.IsBatch)
        {
            batchTurns.Add(opened.Token);
            return;
        }

        busy++;
        switch (opened.Activity.Settings)
        {
            case PanelReviewSettings panel:
                tally.Send("assigned", panel.Role);
                At(people.Later(subject.Dice, panel.Role, now), new SeasonEvent(subject, opened.Token, opened.Participant, false));
                break;
            case WorkItemSettings { Signals.Count: 0, TimeoutOutcome: null } item:
                At(people.Turn(subject.Dice, item, opened.DueAt, now), new SeasonEvent(subject, opened.Token, null, false));
                break;
            case WorkItemSettings item when !subject.Dice.Is(plan.Behaviour.Silent):
                At(people.Turn(subject.Dice, item, opened.DueAt, now), new SeasonEvent(subject, opened.Token, null, false));
                break;
        }
    }

    private void Close(SeasonSubject subject, Activity activity, int token, string? participant)
    {
        if (subject.Open.Remove((token, participant), out var wait))
        {
            tally.Leave(subject.IsBatch, activity, wait, now);
            busy -= !subject.IsBatch && activity.Kind is WorkItemKind or PanelReviewKind ? 1 : 0;
        }
    }

    /// <summary>The department takes its turn in the batch when nobody is at work on a case any more: all wait at gates or are over.</summary>
    private void TakeBatchTurns()
    {
        if (busy == 0)
        {
            foreach (var token in batchTurns.Where(t => batch.State!.Find(t) is not null))
            {
                var settings = batch.Definition.Get(batch.State!.Find(token)!.Activity).SettingsAs<WorkItemSettings>();
                At(people.Later(batch.Dice, settings.Role, now), new SeasonEvent(batch, token, null, false));
            }

            batchTurns.Clear();
        }
    }

    private void At(DateTime at, SeasonEvent next) => events.Enqueue(next, (at, order++));

    private IReadOnlyList<EndCount> Ends()
    {
        var ended = cases.Where(c => c.State?.Result is not null).CountBy(c => c.State!.Result!)
            .Select(e => new EndCount(e.Key, plan.CaseFlow.Get(e.Key).Title, e.Value, true));
        var waiting = cases.Where(c => c.Runs).CountBy(c => c.State!.Tokens[0].Activity)
            .Select(e => new EndCount(e.Key, plan.CaseFlow.Get(e.Key).Title, e.Value, false));
        return [.. ended.OrderByDescending(e => e.Count).ThenBy(e => e.Id, StringComparer.Ordinal), .. waiting.OrderByDescending(e => e.Count)];
    }
}
