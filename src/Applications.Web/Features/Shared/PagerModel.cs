namespace Applications.Web.Features.Shared;

/// <summary>Paging by key: no page numbers, only the way back and on. A null address draws no link.</summary>
/// <param name="Shown">How many rows this page shows.</param>
/// <param name="Total">How many there are, when counting them is cheap.</param>
public sealed record PagerModel(int Shown, string? FirstHref = null, string? PreviousHref = null, string? NextHref = null, long? Total = null);
