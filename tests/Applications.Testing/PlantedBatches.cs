using Microsoft.EntityFrameworkCore;

namespace Applications.Testing;

/// <summary>Batches of the demonstration by what is going on in them; a programme may have several.</summary>
public static class PlantedBatches
{
    /// <summary>Three files scored on paper, whose defence has to be seated.</summary>
    public const string ReadyForDefence = "省级质量标杆";

    /// <summary>Twenty-two files assigned one by one; some sheets are overdue.</summary>
    public const string Overdue = "省级质量标杆（第二批）";

    /// <summary>An assignment waits for approval.</summary>
    public const string AssignmentToApprove = "国家质量标杆推荐（第一批）";

    /// <summary>Announced, and its experts rated.</summary>
    public const string Rated = "“一企一技术”研发中心（试点批）";

    public static Task<Guid> FindAsync(AppHost host, string name)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.InScopeAsync((_, db) => db.Batches.Where(b => b.Name.EndsWith("年度" + name)).Select(b => b.Id).SingleAsync());
    }
}
