namespace Applications.Web.Features.Shared;

/// <summary>A drawn stamp. It is an ornament of the demonstration and says so; it certifies nothing.</summary>
public sealed record SealModel(string Ring = "山东省工业和信息化厅", string Bottom = "演示专用章");
