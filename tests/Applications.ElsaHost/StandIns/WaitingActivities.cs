using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;

namespace Applications.ElsaHost.StandIns;

[Activity("Applications", Type = "WorkItem", Description = "Somebody has to decide.")]
public sealed class WorkItemStandIn : Waiting
{
    public Input<string>? Role { get; set; }

    public Input<string>? Task { get; set; }

    public Input<string[]>? Outcomes { get; set; }

    public Input<IDictionary<string, string>>? Labels { get; set; }

    public Input<IDictionary<string, string>>? OtherRoles { get; set; }

    public Input<IDictionary<string, int>>? Limits { get; set; }

    public Input<string[]>? Reasons { get; set; }

    public Input<IDictionary<string, string>>? Signals { get; set; }

    public Input<int>? DueDays { get; set; }

    public Input<string>? DueFact { get; set; }

    public Input<string>? TimeoutOutcome { get; set; }

    public Input<bool>? PausesClock { get; set; }

    public Input<string>? Round { get; set; }

    public Input<string[]>? SendBackTo { get; set; }
}

[Activity("Applications", Type = "PanelReview", Description = "Experts score side by side.")]
public sealed class PanelReviewStandIn : Waiting
{
    public Input<string>? Role { get; set; }

    public Input<string>? Task { get; set; }

    public Input<IDictionary<string, string>>? Labels { get; set; }

    public Input<int>? DueDays { get; set; }

    public Input<string>? Round { get; set; }
}

/// <summary>With nobody to sign it does not wait.</summary>
[Activity("Applications", Type = "Countersign", Description = "Posts sign side by side.")]
public sealed class CountersignStandIn : Waiting
{
    public Input<string>? Task { get; set; }

    public Input<string[]>? Signers { get; set; }

    public Input<string>? Rule { get; set; }

    public Input<int>? Quorum { get; set; }

    public Input<IDictionary<string, string>>? Labels { get; set; }

    public Input<int>? DueDays { get; set; }

    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (context.Get(Signers) is { Length: > 0 })
        {
            await base.ExecuteAsync(context);
            return;
        }

        await context.CompleteActivityWithOutcomesAsync("Agreed");
    }
}

[Activity("Applications", Type = "Gate", Description = "A case waits for its batch.")]
public sealed class GateStandIn : Waiting
{
    public Input<string>? Gate { get; set; }

    public Input<IDictionary<string, string>>? Signals { get; set; }
}

[Activity("Applications", Type = "WaitUntil", Description = "Waits for a moment.")]
public sealed class WaitUntilStandIn : Waiting
{
    public Input<string>? Fact { get; set; }

    public Input<IDictionary<string, string>>? Signals { get; set; }
}
