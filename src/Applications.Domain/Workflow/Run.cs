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
    private ScriptSession? scripts;

    public WorkflowContext Context => context;

    public WorkflowState State { get; private set; } = state;

    public Decision Decide() => new(State, effects);

    public void Add(Effect effect) => effects.Add(effect);

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

    public void Set(string variable, object? value) =>
        State = State with { Variables = State.Variables.SetItem(variable, JsonSerializer.SerializeToElement(Storable(value))) };

    /// <summary>Notes that a branch reached a join; true when all of <paramref name="branches"/> have, and then forgets them.</summary>
    public bool Arrive(Activity join, int branches)
    {
        var arrived = State.Arrived.GetValueOrDefault(join.Id, []);
        var arrow = $"{Via.Source}:{Via.Port}";
        arrived = arrived.Contains(arrow) ? arrived : arrived.Add(arrow);
        var all = arrived.Length == branches;
        State = State with { Arrived = all ? State.Arrived.Remove(join.Id) : State.Arrived.SetItem(join.Id, arrived) };
        return all;
    }

    public void End(Activity activity, string result)
    {
        foreach (var token in State.Tokens)
        {
            Close(definition.Get(token.Activity), token, Ports.Cancelled);
        }

        State = State with { Result = result, Tokens = [], Arrived = State.Arrived.Clear() };
        Add(new FlowEnded(activity, result));
    }

    /// <summary>Says that nobody has to act on <paramref name="token"/> any more.</summary>
    public void Close(Activity activity, Token token, string outcome)
    {
        if (activity.Kind is Activities.PanelReviewKind)
        {
            foreach (var participant in token.Participants.Where(p => p.Outcome is null))
            {
                Add(new WorkItemClosed(activity, token.Id, participant.Key, outcome));
            }
        }
        else if (activity.Kind is Activities.WorkItemKind)
        {
            Add(new WorkItemClosed(activity, token.Id, null, outcome));
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
}
