using Applications.Web.Features.Draws;

namespace Applications.Web.Features.Shared;

/// <summary>Rounds that wait for experts, each with the way to ask for them.</summary>
/// <param name="Path">Page of the request; the batch follows as its parameter.</param>
/// <param name="Action">What is asked for.</param>
public sealed record WaitingRoundsModel(IReadOnlyList<WaitingRound> Rounds, string Path, string Action);
