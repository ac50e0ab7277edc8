using Applications.ElsaHost.StandIns;
using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Activities;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime;
using Elsa.Workflows.Runtime.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.ElsaHost.Hosting;

/// <summary>What Elsa did and where it stands now.</summary>
/// <param name="State">Elsa's own state as it would lie in a database.</param>
/// <param name="Places">The activities that hold a bookmark, sorted.</param>
/// <param name="Result">The end that was reached, or null while the flow runs.</param>
/// <param name="Faults">Incidents, warnings, and a flow that is over without an end or at an end without being over.</param>
internal sealed record Burst(string State, IReadOnlyList<string> Places, string? Result, IReadOnlyList<Entered> Entered, IReadOnlyList<string> Faults);

/// <summary>
/// A definition in Elsa. Each step goes through the runtime's client, on a state that has been through JSON, so that any earlier state can be gone on from.
/// </summary>
internal sealed class ElsaFlow(AsyncServiceScope scope, WorkflowDefinitionHandle handle, WorkflowGraph graph) : IAsyncDisposable
{
    private readonly IWorkflowRuntime runtime = scope.ServiceProvider.GetRequiredService<IWorkflowRuntime>();
    private readonly IWorkflowStateSerializer serializer = scope.ServiceProvider.GetRequiredService<IWorkflowStateSerializer>();
    private readonly Witness witness = scope.ServiceProvider.GetRequiredService<Witness>();

    /// <summary>Activities by id, with the type that Elsa found for each.</summary>
    public IReadOnlyDictionary<string, Type> Activities { get; } = Root(graph).Activities.ToDictionary(a => a.Id, a => a.GetType());

    /// <summary>The arrows as Elsa read them, written <c>source:port > target</c>.</summary>
    public IReadOnlySet<string> Connections { get; } =
        Root(graph).Connections.Select(c => $"{c.Source.Activity.Id}:{c.Source.Port} > {c.Target.Activity.Id}").ToHashSet(StringComparer.Ordinal);

    /// <summary>What Elsa complained of since the last call.</summary>
    public IReadOnlyList<string> Complaints() => witness.Take().Complaints;

    public async Task<Burst> StartAsync(IReadOnlyDictionary<string, object> facts)
    {
        witness.Take();
        var client = await runtime.CreateClientAsync();
        var answer = await client.CreateAndRunInstanceAsync(new CreateAndRunWorkflowInstanceRequest
        {
            WorkflowDefinitionHandle = handle,
            Input = new Dictionary<string, object>(facts),
        });
        return await SeenAsync(client, answer);
    }

    /// <summary>The bookmark at <paramref name="activity"/> is resumed with <paramref name="outcome"/>, as a person, a signal or a timer would have it.</summary>
    public async Task<Burst> ResumeAsync(string state, string activity, string outcome, IReadOnlyDictionary<string, object> facts)
    {
        witness.Take();
        var restored = serializer.Deserialize(state);
        var client = await runtime.CreateClientAsync(restored.Id);
        await client.ImportStateAsync(restored);
        var answer = await client.RunInstanceAsync(new RunWorkflowInstanceRequest
        {
            BookmarkId = restored.Bookmarks.Single(b => b.ActivityId == activity).Id,
            Input = new Dictionary<string, object>(facts) { [Waiting.OutcomeInput] = outcome },
        });
        return await SeenAsync(client, answer);
    }

    public ValueTask DisposeAsync() => scope.DisposeAsync();

    private static Flowchart Root(WorkflowGraph graph) => (Flowchart)graph.Workflow.Root;

    private async Task<Burst> SeenAsync(IWorkflowClient client, RunWorkflowInstanceResponse answer)
    {
        var (entered, end, complaints) = witness.Take();
        var state = await client.ExportStateAsync();
        var faults = complaints.Concat(answer.Incidents.Select(i => $"Incident at {i.ActivityId}: {i.Message} {i.Exception?.Message}".Trim())).ToList();
        var isOver = answer.Status == WorkflowStatus.Finished;
        if (isOver != end is not null || (isOver && answer.SubStatus != WorkflowSubStatus.Finished))
        {
            faults.Add($"The end is '{end ?? "none"}', but the flow is {answer.Status}/{answer.SubStatus}.");
        }

        return new Burst(
            serializer.Serialize(state), [.. state.Bookmarks.Select(b => b.ActivityId).Order(StringComparer.Ordinal)], isOver ? end : null, entered, faults);
    }
}
