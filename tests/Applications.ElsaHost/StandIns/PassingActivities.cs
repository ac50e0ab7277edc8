using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;

namespace Applications.ElsaHost.StandIns;

[Activity("Applications", Type = "OpenGate", Description = "A batch signals its cases.")]
public sealed class OpenGateStandIn : Passing
{
    public Input<string>? Signal { get; set; }

    public Input<bool>? Pulse { get; set; }
}

[Activity("Applications", Type = "Command", Description = "A domain command.")]
public sealed class CommandStandIn : Passing
{
    public Input<string>? Command { get; set; }

    public Input<string>? Ground { get; set; }
}

[Activity("Applications", Type = "Notify", Description = "A letter.")]
public sealed class NotifyStandIn : Passing
{
    public Input<string>? Template { get; set; }

    public Input<string>? Audience { get; set; }
}
