using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Applications.Domain.Workflow;

namespace Applications.Domain.Tests.Workflow;

/// <summary>States and effects as text: short enough to write as the expected value, full enough that equal text means equal decisions.</summary>
internal static class Described
{
    /// <summary>As the database keeps states.</summary>
    private static readonly JsonSerializerOptions Stored = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static string Text(this WorkflowState state) => JsonSerializer.Serialize(state, Stored);

    public static WorkflowState Restored(this WorkflowState state) => JsonSerializer.Deserialize<WorkflowState>(state.Text(), Stored)!;

    public static WorkflowState State(string text) => JsonSerializer.Deserialize<WorkflowState>(text, Stored)!;

    public static string Text(this Decision decision) => string.Join('\n', decision.Effects.Select(Text).Prepend(decision.State.Text()));

    public static string Text(this Effect effect) => effect switch
    {
        WorkItemOpened o => $"open {o.Activity}#{o.Token}{Seat(o.Participant)}{Due(o.DueAt)}",
        WorkItemClosed c => $"close {c.Activity}#{c.Token}{Seat(c.Participant)} {c.Outcome}",
        WaitBegun b => $"wait {b.Activity}#{b.Token}{Due(b.DueAt)}",
        WaitEnded e => $"go {e.Activity}#{e.Token} {e.Outcome}",
        TimerSet t => $"timer {t.Activity}#{t.Token}{Due(t.At)}",
        NotificationRequested n => $"letter {n.Activity} {n.Template} to {n.Audience}",
        CommandRequested c => $"command {c.Activity} {c.Command}",
        SignalSent s => $"{(s.Pulse ? "pulse" : "signal")} {s.Activity} {s.Signal}",
        DueChanged d => $"now {d.Activity}#{d.Token}{Due(d.Due)}",
        FlowEnded e => $"end {e.Result}",
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect, "An effect without a description."),
    };

    private static string Seat(string? participant) => participant is null ? "" : "/" + participant;

    private static string Due(DateTime? due) => due is null ? "" : " due " + due.Value.ToString("yyyy-MM-dd'T'HH:mmK", CultureInfo.InvariantCulture);
}
