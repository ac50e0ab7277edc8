using System.Security.Cryptography;
using System.Text;
using Applications.Domain.Enterprises;
using Applications.Domain.Forms;
using Applications.Web.Infrastructure.Workbooks;

namespace Applications.Web.Features.Enterprises.Import;

public enum PlannedAct
{
    Create,
    Update,

    /// <summary>It is on record just so.</summary>
    Keep,
}

/// <summary>One value that would be replaced.</summary>
public sealed record PlannedChange(string Label, string Before, string After);

/// <summary>What one row would do.</summary>
/// <param name="Answers">What the row says, by key of the record's fields.</param>
/// <param name="Existing">The enterprise on record.</param>
public sealed record PlannedRow(
    int Number, PlannedAct Act, string Uscc, string Name, string City, Guid CityId, Guid? CountyId, string CityCode, string? CountyCode, Answers Answers,
    Enterprise? Existing, IReadOnlyList<PlannedChange> Changes);

/// <summary>What a table of enterprises would do, and what stands against it.</summary>
public sealed record EnterprisePlan(SheetTable Table, IReadOnlyList<PlannedRow> Rows, IReadOnlyList<SheetFault> Faults)
{
    public IReadOnlyList<PlannedRow> Created => [.. Rows.Where(r => r.Act is PlannedAct.Create)];

    public IReadOnlyList<PlannedRow> Updated => [.. Rows.Where(r => r.Act is PlannedAct.Update)];

    public int Kept => Rows.Count(r => r.Act is PlannedAct.Keep);

    /// <summary>Of what was shown: what is confirmed is just that, or it is shown again.</summary>
    public string Digest()
    {
        var text = string.Join('\n', Rows.Select(r => string.Join('\t', r.Number, r.Act, r.Uscc, r.Existing?.Version, r.CityId, r.CountyId)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
