using Applications.Data.Commands;
using Applications.Domain.Identifiers;
using Applications.Domain.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Seed;

/// <summary>What every installation has before anybody has typed anything: the department and the bureaus of the 16 cities.</summary>
public static class ReferenceData
{
    /// <summary>Plants the organisations on an empty table. Ids follow from the codes, so that two nodes that start together cannot plant twice.</summary>
    public static async Task PlantAsync(ApplicationsDbContext db, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (await db.Organisations.AnyAsync(ct))
        {
            return;
        }

        var department = Make(OrganisationKind.Department, DivisionCodes.Province, "工业和信息化厅", null);
        db.Organisations.AddRange([department, .. DivisionCodes.Cities.Select(c => Make(OrganisationKind.CityBureau, c, "工业和信息化局", department.Id))]);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            db.ChangeTracker.Clear();
        }
    }

    private static Organisation Make(OrganisationKind kind, Division division, string office, Guid? parent) => new()
    {
        Id = Guid.Parse($"00000000-0000-4000-8000-000000{division.Code}"),
        Kind = kind,
        Name = division.Name + office,
        DivisionCode = division.Code,
        ParentId = parent,
    };
}
