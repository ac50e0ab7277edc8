using System.Security.Cryptography;
using System.Text;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Enterprises;
using Applications.Domain.Forms;
using Applications.Web.Infrastructure.Workbooks;

namespace Applications.Web.Features.Cases.Import;

/// <summary>What one row would do.</summary>
/// <param name="Draft">The enterprise's draft in the batch, if it has one.</param>
/// <param name="Answers">The draft as it would be.</param>
/// <param name="Changed">Fields of a draft that would be answered differently; those with something to lose say so.</param>
/// <param name="Missing">What the enterprise would still have to fill in, put right or upload.</param>
public sealed record PlannedApplication(SheetApplication Sheet, Enterprise Enterprise, Application? Draft, Answers Answers, IReadOnlyList<PlannedAnswer> Changed, int Missing)
{
    public int Number => Sheet.Row.Number;

    public bool IsNew => Draft is null;

    public bool IsSame => Draft is not null && Changed.Count == 0;
}

/// <param name="Before">As the draft has it; empty for nothing.</param>
public sealed record PlannedAnswer(FieldDefinition Field, string Before, string After);

/// <summary>What a workbook of applications would do in a batch, and what stands against it.</summary>
public sealed record ApplicationPlan(Batch Batch, ReadApplications Read, IReadOnlyList<PlannedApplication> Rows, IReadOnlyList<SheetFault> Faults)
{
    public IReadOnlyList<PlannedApplication> Created => [.. Rows.Where(r => r.IsNew)];

    /// <summary>Drafts that would become different ones.</summary>
    public IReadOnlyList<PlannedApplication> Updated => [.. Rows.Where(r => !r.IsNew && !r.IsSame)];

    public int Kept => Rows.Count(r => r.IsSame);

    /// <summary>Applications that cannot be taken, and rows that belong to none.</summary>
    public int Refused => Read.Applications.Count - Rows.Count + Read.Faults.Select(f => (f.Sheet, f.Row)).Distinct().Count();

    /// <summary>The faults, and the other rows of the same applications with a word that they go along: what is handed back is whole and can be sent again.</summary>
    public IReadOnlyList<SheetFault> WithSiblings()
    {
        var good = Rows.Select(r => r.Number).ToHashSet();
        var faulty = Faults.Select(f => (f.Sheet, f.Row)).ToHashSet();
        return
        [
            .. Faults,
            .. Read.Applications.Where(a => !good.Contains(a.Row.Number)).SelectMany(a => a.Rows.Values.SelectMany(r => r).Prepend(a.Row)).Select(r => r.Fault("无误，随同一企业的其他行一并再传。")).Where(f => !faulty.Contains((f.Sheet, f.Row))),
        ];
    }

    public IEnumerable<string> Unknown => Read.Tables.SelectMany(t => t.Unknown.Select(u => Read.Tables.Count > 1 ? $"{t.Name} {u}" : u));

    /// <summary>Of what was shown: what is confirmed is just that, or it is shown again.</summary>
    public string Digest()
    {
        var text = string.Join('\n', Rows.Select(r => string.Join('\t', r.Number, r.Sheet.Uscc, r.Draft?.Version, r.IsSame)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
