using Applications.Domain.Calendars;
using Applications.Domain.Common;
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
    private readonly List<(int Token, string? Participant)> batchTurns = [];
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
        var (lastOfACase, idle) = (begins, 0);
        while (events.TryDequeue(out var next, out var when) && order < most && when.At - begins < Longest && idle <= plan.BatchFlow.Activities.Count)
        {
            ct.ThrowIfCancellationRequested();
            now = when.At;
            Happen(next);
            TakeBatchTurns();

            // A batch that is open the year round goes round for ever; without cases there is nothing more to see.
            idle = cases.TrueForAll(c => c.State is { IsFinished: true }) ? idle + 1 : 0;
            lastOfACase = idle <= 1 ? now : lastOfACase;
        }

        return tally.Result(begins, batch.Runs && idle > 0 ? lastOfACase : now, SeasonTally.Ends(cases, plan.CaseFlow), cases.TrueForAll(c => !c.Runs));
    }

    private SeasonSubject Case(Dice dice)
    {
        var facts = Facts();
        facts["hasCounty"] = dice.Is(plan.Behaviour.WithCounty);
        facts["sampled"] = dice.Is(plan.Behaviour.Sampled);
        foreach (var panel in plan.CaseFlow.Activities.Select(a => a.Settings).OfType<PanelReviewSettings>())
        {
            facts[panel.PanelFact] = Enumerable.Range(1, plan.Behaviour.Panel).Select(n => $"expert{n}").ToList();
        }

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
        var outcome = people.Choose(subject.Dice, activity, activity.Kind.SeatOutcomes)!;
        Apply(subject, WorkflowEngine.Answer(subject.Definition, state, token.Id, member, outcome, Context(subject)), SeasonPeople.RoleOf(activity, member));
        if (activity.Kind is PanelReviewKind && subject.State!.Find(token.Id) is { } left && left.Participants.All(p => p.Outcome is not null))
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
                busy -= subject.IsBatch ? 0 : 1;
                break;
            case WaitBegun begun when begun.Activity.Kind.SeatOutcomes.Count == 0:
                subject.Open[(begun.Token, null)] = new Wait(now, null);
                tally.Enter(subject.IsBatch, begun.Activity, now);
                break;
            case WaitEnded ended when ended.Activity.Kind.SeatOutcomes.Count == 0:
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
                if (!signal.Pulse && !signals.Contains(signal.Signal))
                {
                    signals.Add(signal.Signal);
                }

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
            batchTurns.Add((opened.Token, opened.Participant));
            return;
        }

        busy++;
        if (opened.Activity.Kind is PanelReviewKind)
        {
            tally.Send("assigned", SeasonPeople.RoleOf(opened.Activity, null));
        }

        switch (opened.Activity.Settings)
        {
            case PanelReviewSettings or CountersignSettings:
                At(people.Later(subject.Dice, SeasonPeople.RoleOf(opened.Activity, opened.Participant), now), new SeasonEvent(subject, opened.Token, opened.Participant, false));
                break;
            case WorkItemSettings item when item is { Signals.Count: 0, TimeoutOutcome: null } || !subject.Dice.Is(plan.Behaviour.Silent):
                At(people.Turn(subject.Dice, item, opened.DueAt, now), new SeasonEvent(subject, opened.Token, null, false));
                break;
        }
    }

    private void Close(SeasonSubject subject, Activity activity, int token, string? participant)
    {
        if (subject.Open.Remove((token, participant), out var wait))
        {
            tally.Leave(subject.IsBatch, activity, wait, now);
        }
    }

    /// <summary>The department takes its turn in the batch when nobody is at work on a case any more: all wait at gates or are over.</summary>
    private void TakeBatchTurns()
    {
        if (busy == 0)
        {
            foreach (var (token, participant) in batchTurns.Where(t => batch.State!.Find(t.Token) is not null))
            {
                var role = SeasonPeople.RoleOf(batch.Definition.Get(batch.State!.Find(token)!.Activity), participant);
                At(people.Later(batch.Dice, role, now), new SeasonEvent(batch, token, participant, false));
            }

            batchTurns.Clear();
        }
    }

    private void At(DateTime at, SeasonEvent next) => events.Enqueue(next, (at, order++));
}
