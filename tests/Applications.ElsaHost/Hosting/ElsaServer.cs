using Applications.ElsaHost.StandIns;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Activities;
using Elsa.Workflows.Activities.Flowchart.Extensions;
using Elsa.Workflows.Management;
using Elsa.Workflows.Management.Mappers;
using Elsa.Workflows.Management.Materializers;
using Elsa.Workflows.Management.Models;
using Elsa.Workflows.Models;
using Elsa.Workflows.Notifications;
using Elsa.Workflows.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Applications.ElsaHost.Hosting;

/// <summary>An Elsa host as small as it can be: token-based flowcharts, JavaScript, stores in memory, and stand-ins for our activities.</summary>
internal sealed class ElsaServer : IAsyncDisposable
{
    private readonly IHost host;

    private ElsaServer(IHost host) => this.host = host;

    /// <summary>The version of Elsa that runs.</summary>
    public static string Version => typeof(Flowchart).Assembly.GetName().Version!.ToString(3);

    public static async Task<ElsaServer> StartAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var witness = new Witness();
        builder.Logging.AddProvider(witness);
        builder.Services.AddSingleton(witness);
        builder.Services.AddNotificationHandler<EndHandler, ActivityCompleted>();
        builder.Services.AddElsa(elsa => elsa.AddActivitiesFrom<WorkItemStandIn>().UseFlowchart(f => f.UseTokenBasedExecution()).UseJavaScript());
        var host = builder.Build();
        await host.StartAsync();
        return new ElsaServer(host);
    }

    /// <summary>Takes a definition in as Elsa's own file provider does: the text as it stands.</summary>
    public async Task<ElsaFlow> LoadAsync(string json)
    {
        var scope = host.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var model = services.GetRequiredService<IActivitySerializer>().Deserialize<WorkflowDefinitionModel>(json);
        var workflow = services.GetRequiredService<WorkflowDefinitionMapper>().Map(model);
        var added = await services.GetRequiredService<IWorkflowDefinitionStorePopulator>()
            .AddAsync(new MaterializedWorkflow(workflow, "File", JsonWorkflowMaterializer.MaterializerName, OriginalSource: json));
        if (!added.IsSuccess)
        {
            throw new InvalidOperationException($"Elsa does not take the definition in: {added.Exception?.Message}", added.Exception);
        }

        var handle = WorkflowDefinitionHandle.ByDefinitionVersionId(model.Id!);
        var graph = await services.GetRequiredService<IWorkflowDefinitionService>().FindWorkflowGraphAsync(handle)
            ?? throw new InvalidOperationException($"Elsa does not find '{model.Id}' again.");
        return new ElsaFlow(scope, handle, graph);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
