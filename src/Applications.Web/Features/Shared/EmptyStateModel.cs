namespace Applications.Web.Features.Shared;

/// <summary>What stands where rows would stand: what is missing, why, and the way on.</summary>
public sealed record EmptyStateModel(string Title, string? Text = null, string? ActionHref = null, string? ActionText = null);
