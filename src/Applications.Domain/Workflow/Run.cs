using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Applications.Domain.Calendars;
using Applications.Domain.Expressions;

namespace Applications.Domain.Workflow;

/// <summary>One decision while it is being made: the state as it changes, the effects as they gather.</summary>
internal sealed class Run(WorkflowDefinition definition, WorkflowState state, WorkflowContext context) : IDisposable
{
    /// <summary>The loader refuses automatic loops, so a run is never longer than the chart; this guards the guard.</summary>
    private const int MostSteps = 10_000;

    private readonly List<Effect> effects = [];
    private readonly List<int> opened = [];
    private readonly List<JoinArrival> arrivals = [];
    private readonly List<string> commands = [];
    private readonly Dictionary<string, JsonElement> overwritten = [];
    private bool isFinal;
    private ScriptSession? scripts;

    public WorkflowContext Context => context;

    public WorkflowState State { get; private set; } = state;

    public Decision Decide()
    {
        var open = State.Undos.RemoveAll(u => !u.IsOpen(State));
        if (open.Length < State.Undos.Length)
        {
            State = State with { Undos = open };
        }

        return new Decision(State, effects);
    }

    public void Add(Effect effect)
    {
        effects.Add(effect);
        switch (effect)
        {
            case CommandRequested { Command: var command } when Commands.Undoing(command) is not null:
                commands.Add(command);
                break;
            case CommandRequested or NotificationRequested or SignalSent or FlowEnded:
                // It has left the house, and cannot be taken back in silence.
                isFinal = true;
                break;
        }
    }

    /// <summary>Keeps what is needed to take the decision that made this run back, unless something of it has left the house.</summary>
    /// <param name="before">The state the run began with.</param>
    public void Remember(WorkflowState before, Activity activity, Token token, string outcome)
    {
        if (!isFinal)
        {
            State = State with
            {
                Undos = State.Undos.Add(new Undo(token.Id, activity.Id, outcome, token.Since, token.Due)
                {
                    ClockBefore = before.ClockUsed.GetValueOrDefault(activity.Id),
                    Opened = [.. opened],
                    Arrivals = [.. arrivals],
                    Variables = [.. overwritten],
                    Commands = [.. commands],
                }),
            };
        }
    }

    public void Apply(Func<WorkflowState, WorkflowState> change) => State = change(State);

    /// <summary>Enters <paramref name="target"/> from outside the arrows, as a return to an earlier step does.</summary>
    public void Enter(Activity from, Activity target)
    {
        var next = new Queue<Connection>();
        next.Enqueue(new Connection(from.Id, Ports.SentBack, target.Id, []));
        Go(next);
    }

    /// <summary>Leaves <paramref name="activity"/> by <paramref name="port"/> and goes on until every branch waits or has ended.</summary>
    public void Leave(Activity activity, string port)
    {
        var next = new Queue<Connection>();
        next.Enqueue(definition.Follow(activity.Id, port));
        Go(next);
    }

    public void Begin()
    {
        var next = new Queue<Connection>();
        foreach (var variable in definition.Variables)
        {
            State = State with { Variables = State.Variables.SetItem(variable.Name, variable.Default) };
        }

        next.Enqueue(definition.Follow(definition.Start.Id, Ports.Done));
        Go(next);
    }

    private void Go(Queue<Connection> next)
    {
        for (var steps = 0; next.TryDequeue(out var connection) && !State.IsFinished; steps++)
        {
            if (steps > MostSteps)
            {
                throw new InvalidOperationException($"{definition.Id}: endless loop near '{connection.Target}'.");
            }

            var activity = definition.Get(connection.Target);
            Via = connection;
            if (activity.Kind is Activities.FlowForkKind)
            {
                foreach (var branch in activity.Ports)
                {
                    next.Enqueue(definition.Follow(activity.Id, branch));
                }
            }
            else if (activity.Kind.Enter(this, activity) is { } port)
            {
                next.Enqueue(definition.Follow(activity.Id, port));
            }
        }
    }

    /// <summary>The arrow by which the present activity was entered.</summary>
    public Connection Via { get; private set; } = null!;

    public Token Wait(Activity activity, DateTime? due, IEnumerable<string>? participants = null)
    {
        var token = new Token(State.NextToken, activity.Id, context.Now, due)
        {
            Participants = participants is null ? [] : [.. participants.Select(p => new Participant(p, null))],
        };
        State = State with { NextToken = token.Id + 1, Tokens = State.Tokens.Add(token) };
        opened.Add(token.Id);
        return token;
    }

    public void Replace(Token old, Token token) => State = State with { Tokens = State.Tokens.Replace(old, token) };

    public void Remove(Token token) => State = State with { Tokens = State.Tokens.Remove(token) };

    public void CountUse(Activity activity, string outcome)
    {
        var key = $"{activity.Id}:{outcome}";
        State = State with { Uses = State.Uses.SetItem(key, State.Uses.GetValueOrDefault(key) + 1) };
    }

    public void StopClock(Activity activity, Token token)
    {
        var used = Math.Max(0, context.Calendar.WorkingDaysBetween(ChinaTime.DateOf(token.Since), ChinaTime.DateOf(context.Now)));
        State = State with { ClockUsed = State.ClockUsed.SetItem(activity.Id, State.ClockUsed.GetValueOrDefault(activity.Id) + used) };
    }

    public void Set(string variable, object? value)
    {
        overwritten.TryAdd(variable, State.Variables[variable]);
        State = State with { Variables = State.Variables.SetItem(variable, JsonSerializer.SerializeToElement(Storable(value))) };
    }

    /// <summary>Notes that a branch reached a join; true when all of <paramref name="branches"/> have, and then forgets them.</summary>
    public bool Arrive(Activity join, int branches)
    {
        var arrived = State.Arrived.GetValueOrDefault(join.Id, []);
        var arrow = $"{Via.Source}:{Via.Port}";
        arrived = arrived.Contains(arrow) ? arrived : arrived.Add(arrow);
        var all = arrived.Length == branches;
        arrivals.Add(new JoinArrival(join.Id, arrow));
        isFinal |= all;
        State = State with { Arrived = all ? State.Arrived.Remove(join.Id) : State.Arrived.SetItem(join.Id, arrived) };
        return all;
    }

    public void End(Activity activity, string result)
    {
        foreach (var token in State.Tokens)
        {
            Close(definition.Get(token.Activity), token, Ports.Cancelled);
        }

        State = State with { Result = result, Tokens = [], Arrived = State.Arrived.Clear(), Undos = [], SuspendedSince = null };
        Add(new FlowEnded(activity, result));
    }

    /// <summary>Ends all that waits between a fork and its join, and forgets which branches had arrived.</summary>
    public void Empty(ForkRegion region)
    {
        foreach (var token in State.Tokens.Where(t => region.Holds(t.Activity)))
        {
            Close(definition.Get(token.Activity), token, Ports.Cancelled);
            Remove(token);
        }

        State = State with { Arrived = State.Arrived.RemoveRange([region.Join, .. State.Arrived.Keys.Where(region.Holds)]) };
    }

    /// <summary>Says that nobody has to act on <paramref name="token"/> any more.</summary>
    public void Close(Activity activity, Token token, string outcome)
    {
        foreach (var key in token.OpenSigners().Select(s => s.Key).Concat(token.Participants.Where(p => p.Outcome is null).Select(p => p.Key)))
        {
            Add(new WorkItemClosed(activity, token.Id, key, outcome));
        }

        if (activity.Kind is Activities.WorkItemKind)
        {
            if (token.Chosen is null)
            {
                Add(new WorkItemClosed(activity, token.Id, null, outcome));
            }

            return;
        }

        Add(new WaitEnded(activity, token.Id, outcome));
    }

    public object? Evaluate(Script script) => Session().Evaluate(script);

    public bool IsTrue(Script script) => Session().IsTrue(script);

    public void Dispose() => scripts?.Dispose();

    /// <summary>JSON has no NaN and no infinity; they become null, as in JavaScript's own <c>JSON.stringify</c>.</summary>
    private static object? Storable(object? value) => value switch
    {
        double number when !double.IsFinite(number) => null,
        IEnumerable<KeyValuePair<string, object?>> map => map.ToDictionary(p => p.Key, p => Storable(p.Value)),
        IEnumerable<object?> list => list.Select(Storable).ToList(),
        _ => value,
    };

    /// <summary>A moment reaches scripts as text that sorts by time; they have no dates of their own.</summary>
    private static object? Readable(object? fact) =>
        fact is DateTime time ? time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) : fact;

    /// <summary>Elsa's own surface: <c>getX()</c> and <c>variables.X</c> for variables, <c>getInput(name)</c> for facts.</summary>
    private ScriptSession Session()
    {
        scripts ??= new ScriptSession().SetFunction("getInput", name => Readable(context.Facts.GetValueOrDefault(name as string ?? string.Empty)));
        scripts.Set("variables", State.Variables.Select(v => new KeyValuePair<string, object?>(v.Key, v.Value)));
        foreach (var name in State.Variables.Keys)
        {
            scripts.SetFunction("get" + name, _ => State.Variables[name]);
        }

        return scripts;
    }
}

/// <summary>Port names that the engine itself gives meaning to.</summary>
public static class Ports
{
    public const string Done = "Done";
    public const string True = "True";
    public const string False = "False";
    public const string Default = "Default";

    /// <summary>Not a port: the outcome noted on work that the end of the flow made pointless.</summary>
    public const string Cancelled = "Cancelled";

    /// <summary>Not a port: the outcome noted on work that a return to an earlier step (退回) ended.</summary>
    public const string SentBack = "SentBack";

    /// <summary>Not a port: the outcome noted on work that was taken back (撤回) before anybody had acted on it.</summary>
    public const string Recalled = "Recalled";
}
