using System.Collections.Immutable;
using Applications.Domain.Expressions;

namespace Applications.Domain.Workflow;

/// <summary>
/// A kind of step. One class a kind, one line in <see cref="Activities.ActivityCatalog"/>. <see cref="Type"/> is stable for ever: definitions and running
/// cases name it; a new meaning gets a new type.
/// </summary>
public abstract class ActivityKind
{
    /// <summary>Elsa's type name, <c>Namespace.Name</c>.</summary>
    public abstract string Type { get; }

    /// <summary>What it does, in a sentence for the reference page.</summary>
    public abstract string Summary { get; }

    /// <summary>By which ports it is left, in words.</summary>
    public abstract string Leaves { get; }

    /// <summary>The inputs it understands; anything else is refused at load.</summary>
    public virtual IReadOnlyList<InputSpec> Inputs => [];

    /// <summary>True when the flow stops here until somebody acts, a gate opens or time passes.</summary>
    public virtual bool Blocks => false;

    /// <summary>The ports by which it may be left in the same breath, with nobody acting and no time passing: a loop of such ports runs away.</summary>
    internal virtual IEnumerable<string> PassingPorts(Activity activity) => Blocks ? [] : activity.Ports;

    /// <summary>False for a port that is closed once it has been taken as often as its limit allows.</summary>
    internal virtual bool IsLasting(Activity activity, string port) => true;

    /// <summary>The expressions it will run, for the loader to look through.</summary>
    internal virtual IEnumerable<Script> Scripts(Activity activity) => activity.InputNames.Select(n => activity.Input(n)!.Expression).OfType<Script>();

    /// <summary>
    /// Reads the inputs at load. Returns the settings kept with the activity; sets its ports; reports what is wrong through <paramref name="reader"/>.
    /// </summary>
    internal abstract object? Read(InputReader reader, out IReadOnlyList<string> ports);

    /// <summary>Enters the activity. Returns the port to leave by, or null to wait (or, for ends and joins, to stop this branch).</summary>
    internal abstract string? Enter(Run run, Activity activity);

    /// <summary>A signal reached a token that waits here. Returns the port to leave by, or null when it means nothing here.</summary>
    internal virtual string? OnSignal(Activity activity, string signal) => null;

    /// <summary>True when a token waiting here moves at <paramref name="signal"/>.</summary>
    public bool Answers(Activity activity, string signal) => OnSignal(activity, signal) is not null;

    /// <summary>What each of several who act side by side here may answer; empty where one actor decides.</summary>
    public virtual IReadOnlyList<string> SeatOutcomes => [];

    /// <summary>The port to leave by once <paramref name="participants"/> have answered as they have, or null while more answers are needed.</summary>
    internal virtual string? Settled(Activity activity, ImmutableArray<Participant> participants) => null;

    /// <summary>The port to leave by when the token's time is up, or null when time alone does not move it.</summary>
    internal virtual string? OnTimeout(Activity activity) => null;
}
