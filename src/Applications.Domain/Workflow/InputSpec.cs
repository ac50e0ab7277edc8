namespace Applications.Domain.Workflow;

/// <summary>What an input may hold.</summary>
public enum InputType
{
    Text,
    Number,
    Flag,

    /// <summary>A list of texts.</summary>
    Texts,

    /// <summary>Names with a text or number each.</summary>
    Map,

    /// <summary>JavaScript.</summary>
    Script,

    /// <summary>A list of texts, or JavaScript that gives one.</summary>
    TextsOrScript,

    /// <summary>Elsa's cases of a switch.</summary>
    Cases,

    /// <summary>Elsa's reference to a variable.</summary>
    Variable,

    /// <summary>Any literal, or JavaScript.</summary>
    Any,
}

/// <summary>Which of the host's words a text must be.</summary>
public enum Words
{
    Free,
    Roles,
    Tasks,
    Commands,
    Templates,
    Facts,
}

/// <summary>One input of an activity kind.</summary>
/// <param name="Doc">What it means, for the reference page.</param>
public sealed record InputSpec(string Name, InputType Type, string Doc, bool Required = false, Words Of = Words.Free);
