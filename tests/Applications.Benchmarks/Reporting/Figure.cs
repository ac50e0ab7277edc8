namespace Applications.Benchmarks.Reporting;

/// <summary>Whether more or less of it is better.</summary>
internal enum Bound
{
    AtLeast,
    AtMost,
}

/// <summary>One measured number; without a target it is told for the record.</summary>
internal sealed record Figure(string What, double Value, string Unit, Bound Bound = Bound.AtMost, double? Target = null)
{
    public bool? Holds => Target is not { } target ? null : Bound == Bound.AtLeast ? Value >= target : Value <= target;
}
