namespace Applications.Web.Features.Shared;

/// <summary>A question before something that is hard to undo: a page of its own, so that it works without scripts.</summary>
public sealed record ConfirmModel(string Question, string Text, string ConfirmText, string CancelHref, bool Danger = false)
{
    /// <summary>Where the answer goes; null is the page's own address.</summary>
    public string? Action { get; init; }

    /// <summary>Hidden fields to post back with the answer, the version among them.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();
}
