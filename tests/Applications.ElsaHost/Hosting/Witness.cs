using System.Text.Json.Nodes;
using Elsa.Mediator.Contracts;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Notifications;
using Microsoft.Extensions.Logging;

namespace Applications.ElsaHost.Hosting;

/// <summary>One of our activities was entered in Elsa.</summary>
/// <param name="Inputs">What Elsa read from the definition, by the input's name in the file.</param>
internal sealed record Entered(string Activity, string Type, IReadOnlyDictionary<string, JsonNode?> Inputs);

/// <summary>Notes what Elsa does in one burst: activities entered, the end reached, and whatever it warns of.</summary>
internal sealed class Witness : ILoggerProvider, ILogger
{
    private readonly List<Entered> entered = [];
    private readonly List<string> complaints = [];
    private readonly Lock gate = new();
    private string? end;

    public void Enter(Entered activity)
    {
        lock (gate)
        {
            entered.Add(activity);
        }
    }

    public void Reach(string endActivity)
    {
        lock (gate)
        {
            end = endActivity;
        }
    }

    /// <summary>What has gathered since the last call; forgets it.</summary>
    public (IReadOnlyList<Entered> Entered, string? End, IReadOnlyList<string> Complaints) Take()
    {
        lock (gate)
        {
            var taken = (entered.ToList(), end, complaints.ToList());
            entered.Clear();
            complaints.Clear();
            end = null;
            return taken;
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            lock (gate)
            {
                complaints.Add($"{formatter(state, exception)} {exception?.Message}".Trim());
            }
        }
    }

    public void Dispose()
    {
    }
}

/// <summary>Tells the witness which end a flow has reached.</summary>
internal sealed class EndHandler(Witness witness) : INotificationHandler<ActivityCompleted>
{
    public Task HandleAsync(ActivityCompleted notification, CancellationToken cancellationToken)
    {
        if (notification.ActivityExecutionContext.Activity is End { Id: var id })
        {
            witness.Reach(id);
        }

        return Task.CompletedTask;
    }
}
