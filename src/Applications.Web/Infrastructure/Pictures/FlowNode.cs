namespace Applications.Web.Infrastructure.Pictures;

/// <summary>What a node of a workflow is, which gives it its shape.</summary>
public enum FlowNodeKind
{
    /// <summary>Somebody has to do something: a work item.</summary>
    Task,

    /// <summary>The system does it by itself.</summary>
    System,

    /// <summary>A question with several ways out.</summary>
    Decision,

    /// <summary>Waits until the batch or a clock opens it.</summary>
    Gate,

    Start,
    End,
}

/// <summary>A node where the designer put it; all lengths in the designer's pixels.</summary>
public sealed record FlowNode(string Id, string Title, FlowNodeKind Kind, double X, double Y, double Width, double Height)
{
    public FlowMark? Mark { get; init; }
}

/// <summary>Something said about a node: a short sign at its corner, a tone (a class of the stylesheet), and the same in words.</summary>
public sealed record FlowMark(string Sign, string Tone, string Words);

/// <summary>A point of the drawing.</summary>
public readonly record struct FlowPoint(double X, double Y);

/// <summary>A connection, with the port's name as people read it and the bends the designer gave it.</summary>
public sealed record FlowEdge(string From, string To, string? Label = null)
{
    public IReadOnlyList<FlowPoint> Bends { get; init; } = [];

    /// <summary>A class of the stylesheet, when something is said about the arrow.</summary>
    public string? Tone { get; init; }
}
