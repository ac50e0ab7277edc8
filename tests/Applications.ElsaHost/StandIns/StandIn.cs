using System.Text.Json;
using System.Text.Json.Nodes;
using Applications.ElsaHost.Hosting;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Models;

namespace Applications.ElsaHost.StandIns;

/// <summary>Stands in for an activity of ours: has its inputs as Elsa types them, and says what it read.</summary>
public abstract class StandIn : Activity
{
    protected static void Witness(ActivityExecutionContext context)
    {
        var inputs = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var descriptor in context.ActivityDescriptor.Inputs)
        {
            if (descriptor.ValueGetter(context.Activity) is Input input)
            {
                inputs[JsonNamingPolicy.CamelCase.ConvertName(descriptor.Name)] = JsonSerializer.SerializeToNode(context.Get(input.MemoryBlockReference()));
            }
        }

        context.GetRequiredService<Witness>().Enter(new Entered(context.Activity.Id, context.Activity.Type, inputs));
    }
}

/// <summary>Done as soon as it is entered.</summary>
public abstract class Passing : StandIn
{
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        Witness(context);
        await context.CompleteActivityAsync();
    }
}

/// <summary>Makes a bookmark and is left by the outcome that comes with the resume.</summary>
public abstract class Waiting : StandIn
{
    /// <summary>The workflow input that names the outcome.</summary>
    internal const string OutcomeInput = "Outcome";

    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        Witness(context);
        context.CreateBookmark(new CreateBookmarkArgs { Callback = OnDecidedAsync, AutoComplete = false });
        return ValueTask.CompletedTask;
    }

    protected ValueTask OnDecidedAsync(ActivityExecutionContext context) =>
        context.CompleteActivityWithOutcomesAsync(context.GetWorkflowInput<string>(OutcomeInput));
}
