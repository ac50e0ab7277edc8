using Applications.Web.Infrastructure.Workbooks;

namespace Applications.Web.Features.Shared;

/// <summary>What stands against rows of a table that was handed in.</summary>
/// <param name="Sha256">The table, so that the faulty rows can be handed back.</param>
/// <param name="Fields">What else the page has to know for that.</param>
public sealed record SheetFaultsModel(IReadOnlyList<SheetFault> Faults, string? Sha256, params IReadOnlyList<(string Name, string Value)> Fields)
{
    /// <summary>Faults that are listed; all of them are in the file that is handed back.</summary>
    public const int MostShown = 200;

    public int Rows => Faults.Select(f => (f.Sheet, f.Row)).Distinct().Count();

    public bool HasSheets => Faults.Select(f => f.Sheet).Distinct().Skip(1).Any();
}
