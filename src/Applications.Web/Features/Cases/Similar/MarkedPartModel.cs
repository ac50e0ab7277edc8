namespace Applications.Web.Features.Cases.Similar;

/// <param name="Side">Begins the ids of this side's passages.</param>
/// <param name="Across">Begins those of the other side.</param>
public sealed record MarkedPartModel(MarkedPart Part, string Side, string Across);
