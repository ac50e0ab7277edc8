using Applications.Domain.Reviews.Draws;

namespace Applications.Web.Features.Draws;

/// <summary>One panel as the officer asks for it.</summary>
public sealed record PanelOrder
{
    public required string Key { get; init; }

    public required string Title { get; init; }

    public required int Size { get; init; }

    public IReadOnlyList<SpecialityNeed> Specialities { get; init; } = [];

    public int Finance { get; init; }

    public required IReadOnlyList<Guid> Cases { get; init; }

    /// <summary>Members who are to be appointed; the approver's name is put in with the approval.</summary>
    public IReadOnlyList<Appointment> Appointed { get; init; } = [];
}

/// <summary>What the officer asks for: the day, from whom, by which rules, which panels with which files.</summary>
public sealed record DrawOrder
{
    public required DateOnly SessionOn { get; init; }

    /// <summary>Kinds of experts; empty for all.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    public DrawRules Rules { get; init; } = new();

    public required IReadOnlyList<PanelOrder> Panels { get; init; }
}
