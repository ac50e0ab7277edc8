using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Workflow;

namespace Applications.Domain.Tests.Workflow;

/// <summary>
/// One case on its way. Every step is worked out three times, the third time on a state that went through JSON, and has to come out the same while the
/// state it began with stays untouched: so each test of a meaning also tests purity and storage.
/// </summary>
internal sealed class Play
{
    /// <summary>Monday, 23 November 2026, 9:00 in China.</summary>
    public static readonly DateTime Monday = new(2026, 11, 23, 1, 0, 0, DateTimeKind.Utc);

    private readonly WorkflowDefinition definition;

    private Play(WorkflowDefinition definition) => this.definition = definition;

    public WorkflowState State { get; set; } = null!;

    public DateTime Now { get; set; } = Monday;

    public Dictionary<string, object?> Facts { get; } = [];

    /// <summary>What followed from the last step.</summary>
    public IReadOnlyList<string> Effects { get; private set; } = [];

    /// <summary>Where the flow waits, oldest first.</summary>
    public IEnumerable<string> Places => State.Tokens.Select(t => t.Activity);

    public WorkflowContext Context => new(Now, WorkCalendar.BuiltIn, Facts);

    public static Play Begin(Chart chart, params (string Name, object? Value)[] facts) => Begin(chart, Monday, facts);

    public static Play Begin(Chart chart, DateTime now, params (string Name, object? Value)[] facts)
    {
        var play = new Play(chart.Load()) { Now = now };
        foreach (var (name, value) in facts)
        {
            play.Facts[name] = value;
        }

        return play.Step(_ => WorkflowEngine.Start(play.definition, play.Context));
    }

    public int Token(string activity) => State.Tokens.Single(t => t.Activity == activity).Id;

    public DateTime? Due(string activity) => State.Tokens.Single(t => t.Activity == activity).Due;

    public Play Complete(string activity, string outcome, string role = Roles.Officer) => Complete(Token(activity), outcome, role);

    public Play Complete(int token, string outcome, string role = Roles.Officer) =>
        Step(state => WorkflowEngine.Complete(definition, state, token, role, outcome, Context));

    public Play Answer(string activity, string participant, string outcome) => Answer(Token(activity), participant, outcome);

    public Play Answer(int token, string participant, string outcome) =>
        Step(state => WorkflowEngine.Answer(definition, state, token, participant, outcome, Context));

    public Play Enlist(string activity, params string[] participants) => Enlist(Token(activity), participants);

    public Play Enlist(int token, params string[] participants) =>
        Step(state => WorkflowEngine.Enlist(definition, state, token, participants, Context));

    public Play Reopen(string activity, string participant) => Reopen(Token(activity), participant);

    public Play Reopen(int token, string participant) => Step(state => WorkflowEngine.Reopen(definition, state, token, participant, Context));

    public Play Signal(string signal) => Step(state => WorkflowEngine.Signal(definition, state, signal, Context));

    public Play SendBack(string activity, string target, string role = Roles.Officer) =>
        Step(state => Approvals.SendBack(definition, state, Token(activity), role, target, Context));

    public Play Recall(int token) => Step(state => Approvals.Recall(definition, state, token, Context));

    public Play AddSigner(string activity, string signer, SignerPosition position, string role = Roles.Officer) =>
        Step(state => Approvals.AddSigner(definition, state, Token(activity), role, signer, position, Context));

    public Play Sign(string activity, string signer, string outcome = Approvals.Agree) =>
        Step(state => Approvals.Sign(definition, state, Token(activity), signer, outcome, Context));

    public Play Suspend() => Step(state => Approvals.Suspend(state, Context));

    public Play Resume() => Step(state => Approvals.Resume(definition, state, Context));

    public Play Terminate() => Step(state => Approvals.Terminate(definition, state, Context));

    public Play TimeOut(string activity) => TimeOut(Token(activity));

    public Play TimeOut(int token) => Step(state => WorkflowEngine.TimeOut(definition, state, token, Context));

    public Play At(DateTime now)
    {
        Now = now;
        return this;
    }

    /// <summary><paramref name="step"/> is refused by the rule called <paramref name="code"/> and leaves everything as it was.</summary>
    public void AssertRefused(string code, Action<Play> step)
    {
        var before = State.Text();
        var refusal = Assert.Throws<RuleBrokenException>(() => step(this));
        Assert.Equal(code, refusal.Code);
        Assert.Equal(before, State.Text());
    }

    private Play Step(Func<WorkflowState, Decision> decide)
    {
        var before = State?.Text();
        var decision = decide(State!);
        Assert.Equal(decision.Text(), decide(State!).Text());
        Assert.Equal(before, State?.Text());
        if (State is not null)
        {
            Assert.Equal(decision.Text(), decide(State.Restored()).Text());
        }

        State = decision.State;
        Effects = [.. decision.Effects.Select(Described.Text)];
        return this;
    }
}
