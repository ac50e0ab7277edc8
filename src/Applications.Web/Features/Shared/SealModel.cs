namespace Applications.Web.Features.Shared;

/// <summary>A drawn stamp. It is an ornament of the demonstration and says so; it certifies nothing.</summary>
public sealed record SealModel(string Ring, string Bottom = "演示专用章");
