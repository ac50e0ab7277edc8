using Applications.Domain.Trail;

namespace Applications.Web.Tests.Features.Administration;

/// <summary>Audit events as tests need them.</summary>
internal static class Events
{
    public static AuditEvent Make(DateTime at, string action) => new()
    {
        At = at,
        UserName = "某人",
        Role = "officer",
        Ip = "10.0.0.1",
        Action = action,
        ObjectType = "case",
        ObjectId = Guid.NewGuid().ToString("N"),
        Detail = "说明",
    };
}
