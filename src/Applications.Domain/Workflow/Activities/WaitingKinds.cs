using System.Globalization;

namespace Applications.Domain.Workflow.Activities;

/// <summary><c>Applications.Gate</c>: a case waits for its batch. The gate's own name leads out by Open; other signals by the ports they name.</summary>
public sealed class GateKind : ActivityKind
{
    private const string Open = "Open";

    public override string Type => "Applications.Gate";

    public override string Summary => "A case waits for its batch.";

    public override string Leaves => "Open, and what signals name";

    public override IReadOnlyList<InputSpec> Inputs { get; } =
    [
        new("gate", InputType.Text, "The signal that opens it.", Required: true),
        new("signals", InputType.Map, "Other signals, with the port each leads out by."),
    ];

    public override bool Blocks => true;

    internal override object Read(InputReader reader, out IReadOnlyList<string> ports)
    {
        var signals = new Dictionary<string, string>(reader.Map("signals"));
        var gate = reader.Text("gate");
        if (gate.Length > 0 && !signals.TryAdd(gate, Open))
        {
            reader.Problem($"Signal '{gate}' is the gate's own and cannot lead elsewhere.");
        }

        ports = [.. signals.Values.Distinct(StringComparer.Ordinal)];
        return signals;
    }

    internal override string? Enter(Run run, Activity activity)
    {
        var token = run.Wait(activity, null);
        run.Add(new WaitBegun(activity, token.Id, null));
        return null;
    }

    /// <summary>A gate that the batch has opened holds nobody.</summary>
    internal override IEnumerable<string> PassingPorts(Activity activity) => activity.Ports;

    internal override string? OnSignal(Activity activity, string signal) =>
        activity.SettingsAs<Dictionary<string, string>>().GetValueOrDefault(signal);
}

/// <summary>What a <see cref="WaitUntilKind"/> says about itself.</summary>
/// <param name="Signals">Signals that end the wait before its time, with the port each leads out by.</param>
public sealed record WaitUntilSettings(string Fact, IReadOnlyDictionary<string, string> Signals);

/// <summary><c>Applications.WaitUntil</c>: waits for the moment (UTC) that the fact named <c>fact</c> gives and leaves by Due, or earlier by a signal's port.</summary>
public sealed class WaitUntilKind : ActivityKind
{
    private const string DuePort = "Due";
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    public override string Type => "Applications.WaitUntil";

    public override string Summary => "Waits for a moment.";

    public override string Leaves => "Due, and what signals name";

    public override IReadOnlyList<InputSpec> Inputs { get; } =
    [
        new("fact", InputType.Text, "The fact that gives the moment (UTC).", Required: true, Of: Words.Facts),
        new("signals", InputType.Map, "Signals that end the wait earlier, with the port each leads out by."),
    ];

    public override bool Blocks => true;

    internal override object Read(InputReader reader, out IReadOnlyList<string> ports)
    {
        var settings = new WaitUntilSettings(reader.OneOf("fact", reader.Vocabulary.Facts, "fact"), reader.Map("signals"));
        ports = [.. settings.Signals.Values.Prepend(DuePort).Distinct(StringComparer.Ordinal)];
        return settings;
    }

    internal override string? Enter(Run run, Activity activity)
    {
        var due = Moment(run, activity.SettingsAs<WaitUntilSettings>().Fact);
        var token = run.Wait(activity, due);
        run.Add(new WaitBegun(activity, token.Id, due));
        run.Add(new TimerSet(activity, token.Id, due));
        return null;
    }

    internal override IEnumerable<string> PassingPorts(Activity activity) => activity.SettingsAs<WaitUntilSettings>().Signals.Values;

    internal override string? OnSignal(Activity activity, string signal) => activity.SettingsAs<WaitUntilSettings>().Signals.GetValueOrDefault(signal);

    internal override string OnTimeout(Activity activity) => DuePort;

    internal static DateTime Moment(Run run, string fact) => run.Context.Facts.GetValueOrDefault(fact) switch
    {
        DateTime { Kind: not DateTimeKind.Local } time => DateTime.SpecifyKind(time, DateTimeKind.Utc),
        string text when DateTime.TryParse(text, CultureInfo.InvariantCulture, Utc, out var time) => time,
        _ => throw new InvalidOperationException($"The fact '{fact}' must be a UTC time."),
    };
}

/// <summary>What an <see cref="OpenGateKind"/> says about itself.</summary>
/// <param name="Pulse">True when only the cases that wait now are moved; one that comes later waits for the next time.</param>
public sealed record OpenGateSettings(string Signal, bool Pulse);

/// <summary><c>Applications.OpenGate</c>: a batch signals its cases.</summary>
public sealed class OpenGateKind : ActivityKind
{
    public override string Type => "Applications.OpenGate";

    public override string Summary => "A batch signals its cases.";

    public override string Leaves => "Done";

    public override IReadOnlyList<InputSpec> Inputs { get; } =
    [
        new("signal", InputType.Text, "The signal.", Required: true),
        new("pulse", InputType.Flag, "Only the cases that wait now are meant, and it is not remembered."),
    ];

    internal override object Read(InputReader reader, out IReadOnlyList<string> ports)
    {
        ports = [Ports.Done];
        return new OpenGateSettings(reader.Text("signal"), reader.Flag("pulse"));
    }

    internal override string Enter(Run run, Activity activity)
    {
        var (signal, pulse) = activity.SettingsAs<OpenGateSettings>();
        run.Add(new SignalSent(activity, signal, pulse));
        return Ports.Done;
    }
}

/// <summary>What a <see cref="CommandKind"/> says about itself.</summary>
/// <param name="Ground">For <see cref="Commands.RevokeTitle"/>: which of the programme's grounds.</param>
public sealed record CommandSettings(string Command, string? Ground);

/// <summary><c>Applications.Command</c>: a domain command, carried out in the same transaction as the move.</summary>
public sealed class CommandKind : ActivityKind
{
    public override string Type => "Applications.Command";

    public override string Summary => "A domain command, carried out in the same transaction.";

    public override string Leaves => "Done";

    public override IReadOnlyList<InputSpec> Inputs { get; } =
    [
        new("command", InputType.Text, "The command.", Required: true, Of: Words.Commands),
        new("ground", InputType.Text, "The ground, for revoke-title."),
    ];

    internal override object Read(InputReader reader, out IReadOnlyList<string> ports)
    {
        ports = [Ports.Done];
        var settings = new CommandSettings(
            reader.OneOf("command", reader.Vocabulary.Commands, "command"), reader.Activity.Input("ground") is null ? null : reader.Text("ground"));
        if (settings.Ground is not null && settings.Command != Commands.RevokeTitle)
        {
            reader.Problem($"'ground' belongs to the command '{Commands.RevokeTitle}'.");
        }

        return settings;
    }

    internal override string Enter(Run run, Activity activity)
    {
        run.Add(new CommandRequested(activity, activity.SettingsAs<CommandSettings>().Command));
        return Ports.Done;
    }
}

/// <summary><c>Applications.Notify</c>: a letter, written to the outbox.</summary>
public sealed class NotifyKind : ActivityKind
{
    public override string Type => "Applications.Notify";

    public override string Summary => "A letter, written to the outbox.";

    public override string Leaves => "Done";

    public override IReadOnlyList<InputSpec> Inputs { get; } =
    [
        new("template", InputType.Text, "The letter.", Required: true, Of: Words.Templates),
        new("audience", InputType.Text, "The post that gets it.", Required: true, Of: Words.Roles),
    ];

    internal override object Read(InputReader reader, out IReadOnlyList<string> ports)
    {
        ports = [Ports.Done];
        return (reader.OneOf("template", reader.Vocabulary.Templates, "template"), reader.OneOf("audience", reader.Vocabulary.Roles, "role"));
    }

    internal override string Enter(Run run, Activity activity)
    {
        var (template, audience) = activity.SettingsAs<(string, string)>();
        run.Add(new NotificationRequested(activity, template, audience));
        return Ports.Done;
    }
}
