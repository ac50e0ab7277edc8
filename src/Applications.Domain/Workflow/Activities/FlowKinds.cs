using Applications.Domain.Expressions;

namespace Applications.Domain.Workflow.Activities;

/// <summary><c>Elsa.Start</c>: where the flow begins; exactly one.</summary>
public sealed class StartKind : ActivityKind
{
    public override string Type => "Elsa.Start";

    public override string Summary => "Where the flow begins; exactly one.";

    public override string Leaves => "Done";

    internal override object? Read(InputReader reader, out IReadOnlyList<string> ports)
    {
        ports = [Ports.Done];
        return null;
    }

    internal override string Enter(Run run, Activity activity) => Ports.Done;
}

/// <summary><c>Elsa.End</c>: the flow is over, other branches included. The activity's id is how it ended.</summary>
public sealed class EndKind : ActivityKind
{
    public override string Type => "Elsa.End";

    public override string Summary => "The flow is over, other branches included. Its id is the result.";

    public override string Leaves => "none";

    internal override object Read(InputReader reader, out IReadOnlyList<string> ports)
    {
        ports = [];

        // Elsa.End has no inputs, so the result is the activity's own id: it reads well in a journal and costs no extension of the format.
        return reader.Activity.Id;
    }

    internal override string? Enter(Run run, Activity activity)
    {
        run.End(activity, activity.Id);
        return null;
    }
}

/// <summary><c>Elsa.SetVariable</c>: gives a variable a literal or computed value.</summary>
public sealed class SetVariableKind : ActivityKind
{
    public override string Type => "Elsa.SetVariable";

    public override string Summary => "Gives a variable a literal or computed value.";

    public override string Leaves => "Done";

    public override IReadOnlyList<InputSpec> Inputs { get; } =
    [
        new("variable", InputType.Variable, "The variable, by name.", Required: true),
        new("value", InputType.Any, "A literal or JavaScript.", Required: true),
    ];

    internal override object? Read(InputReader reader, out IReadOnlyList<string> ports)
    {
        ports = [Ports.Done];
        var name = reader.Activity.Input("variable") is { IsLiteral: true, Literal: { ValueKind: System.Text.Json.JsonValueKind.Object } variable }
            && variable.TryGetProperty("name", out var property) && property.ValueKind == System.Text.Json.JsonValueKind.String ? property.GetString() : null;
        if (string.IsNullOrEmpty(name))
        {
            reader.Problem("Input 'variable' must name one of the workflow's variables.");
            return null;
        }

        if (reader.Activity.Input("value") is null)
        {
            reader.Problem("Input 'value' is missing.");
        }

        return name;
    }

    internal override string Enter(Run run, Activity activity)
    {
        var value = activity.Input("value")!;
        run.Set(activity.SettingsAs<string>(), value.IsLiteral ? value.Literal : run.Evaluate(value.Expression!));
        return Ports.Done;
    }
}

/// <summary><c>Elsa.FlowDecision</c>: leaves by True or False.</summary>
public sealed class FlowDecisionKind : ActivityKind
{
    public override string Type => "Elsa.FlowDecision";

    public override string Summary => "Goes one of two ways.";

    public override string Leaves => "True, False";

    public override IReadOnlyList<InputSpec> Inputs { get; } =
    [
        new("condition", InputType.Script, "What is asked.", Required: true),
    ];

    internal override object? Read(InputReader reader, out IReadOnlyList<string> ports)
    {
        ports = [Ports.True, Ports.False];
        return reader.Expression("condition");
    }

    internal override string Enter(Run run, Activity activity) => run.IsTrue(activity.SettingsAs<Script>()) ? Ports.True : Ports.False;
}

/// <summary><c>Elsa.FlowSwitch</c>, first match only: leaves by the label of the first case that holds, else by Default.</summary>
public sealed class FlowSwitchKind : ActivityKind
{
    public override string Type => "Elsa.FlowSwitch";

    public override string Summary => "Goes by the first case that holds.";

    public override string Leaves => "each label, Default";

    public override IReadOnlyList<InputSpec> Inputs { get; } =
    [
        new("cases", InputType.Cases, "Label and condition each, in order.", Required: true),
        new("mode", InputType.Text, "MatchFirst; nothing else is in the subset."),
    ];

    internal override object Read(InputReader reader, out IReadOnlyList<string> ports)
    {
        var cases = new List<(string Label, Script Condition)>();
        if (reader.Activity.Input("cases") is { IsLiteral: true, Literal: { ValueKind: System.Text.Json.JsonValueKind.Array } list })
        {
            foreach (var item in list.EnumerateArray())
            {
                try
                {
                    cases.Add(Case(item));
                }
                catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or NotSupportedException or ScriptException)
                {
                    reader.Problem($"A case of the switch is unreadable: {e.Message}");
                }
            }
        }
        else
        {
            reader.Problem("Input 'cases' must be a list of {label, condition}.");
        }

        if (reader.Activity.Input("mode") is not null && reader.Text("mode") != "MatchFirst")
        {
            reader.Problem("Only the mode MatchFirst is in the subset: matching several starts parallel branches without a fork.");
        }

        ports = [.. cases.Select(c => c.Label), Ports.Default];
        if (ports.Distinct(StringComparer.Ordinal).Count() != ports.Count)
        {
            reader.Problem($"Input 'cases' names something twice; '{Ports.Default}' is where no case leads.");
        }

        return cases;
    }

    internal override IEnumerable<Script> Scripts(Activity activity) => activity.SettingsAs<List<(string Label, Script Condition)>>().Select(c => c.Condition);

    private static (string Label, Script Condition) Case(System.Text.Json.JsonElement item)
    {
        var label = item.GetProperty("label").GetString();
        var condition = item.GetProperty("condition");
        if (string.IsNullOrEmpty(label) || condition.GetProperty("type").GetString() != "JavaScript")
        {
            throw new NotSupportedException("It needs a label and a condition of type JavaScript.");
        }

        return (label, Script.Parse(condition.GetProperty("value").GetString()!));
    }

    internal override string Enter(Run run, Activity activity)
    {
        foreach (var (label, condition) in activity.SettingsAs<List<(string Label, Script Condition)>>())
        {
            if (run.IsTrue(condition))
            {
                return label;
            }
        }

        return Ports.Default;
    }
}

/// <summary><c>Elsa.FlowFork</c>: starts every branch.</summary>
public sealed class FlowForkKind : ActivityKind
{
    public override string Type => "Elsa.FlowFork";

    public override string Summary => "Starts every branch.";

    public override string Leaves => "each branch";

    public override IReadOnlyList<InputSpec> Inputs { get; } =
    [
        new("branches", InputType.Texts, "Names of the branches, two or more.", Required: true),
    ];

    internal override object? Read(InputReader reader, out IReadOnlyList<string> ports)
    {
        ports = reader.List("branches");
        if (ports.Count < 2)
        {
            reader.Problem("A fork needs two branches or more.");
        }

        return null;
    }

    internal override string? Enter(Run run, Activity activity) => null;
}

/// <summary><c>Elsa.FlowJoin</c>: goes on when every branch of its fork has arrived. One connection per branch, which the loader checks.</summary>
public sealed class FlowJoinKind : ActivityKind
{
    public override string Type => "Elsa.FlowJoin";

    public override string Summary => "Goes on when every branch of its fork has arrived, one connection a branch.";

    public override string Leaves => "Done";

    public override IReadOnlyList<InputSpec> Inputs { get; } =
    [
        new("mode", InputType.Text, "WaitAll (as given by default) or WaitAllActive; they mean the same here."),
    ];

    internal override object? Read(InputReader reader, out IReadOnlyList<string> ports)
    {
        ports = [Ports.Done];
        var mode = reader.Activity.Input("mode") is null ? "WaitAll" : reader.Text("mode");
        if (mode is not ("WaitAll" or "WaitAllActive"))
        {
            reader.Problem($"Join mode '{mode}' is outside the subset; use WaitAll or WaitAllActive.");
        }

        return null;
    }

    /// <summary>Its settings are the number of branches, counted by <see cref="ForkChecker"/>.</summary>
    internal override string? Enter(Run run, Activity activity) => run.Arrive(activity, activity.SettingsAs<int>()) ? Ports.Done : null;
}
