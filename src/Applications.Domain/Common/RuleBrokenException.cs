namespace Applications.Domain.Common;

/// <summary>
/// A business rule forbids what was asked. <see cref="Code"/> is stable and goes to API callers; the message is for people, in Chinese.
/// The only exception of this kind: pages turn it into a message on the same page, the API into a 409 or 422 problem.
/// </summary>
public sealed class RuleBrokenException(string code, string message, string? field = null) : Exception(message)
{
    /// <summary>Stable kebab-case name of the rule, for example <c>quota-exhausted</c>.</summary>
    public string Code { get; } = code;

    /// <summary>The form field the message belongs to, when it belongs to one.</summary>
    public string? Field { get; } = field;
}
