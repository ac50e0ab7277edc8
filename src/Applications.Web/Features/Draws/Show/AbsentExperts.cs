using Applications.Domain.Reviews.Draws;

namespace Applications.Web.Features.Draws.Show;

/// <summary>Those of the snapshot who do not sit on a panel: how many for which reason, and a page of them.</summary>
/// <param name="Counts">In the order of <see cref="AbsenceKind"/>, reasons that nobody has left out.</param>
/// <param name="Found">By the snapshot's order, those that were asked for.</param>
/// <param name="Total">Those that were asked for, on all pages.</param>
/// <param name="Next">Where the next page begins: the last expert of this one; null on the last.</param>
public sealed record AbsentExperts(IReadOnlyList<(AbsenceKind Kind, int Count)> Counts, IReadOnlyList<Absence> Found, int Total, string? Next)
{
    private const int PageSize = 30;

    /// <param name="text">A piece of name or employer.</param>
    /// <param name="after">The last expert of the page before.</param>
    public static AbsentExperts Of(DrawView view, string panel, string? text, AbsenceKind? kind, string? after)
    {
        ArgumentNullException.ThrowIfNull(view);
        var absent = DrawAbsences.Of(view.Record!, panel);
        var piece = text?.Trim() ?? string.Empty;
        var found = absent.Where(a => (kind is null || a.Kind == kind)
            && (piece.Length == 0 || a.Expert.Name.Contains(piece, StringComparison.OrdinalIgnoreCase) || view.EmployerOf(a.Expert).Contains(piece, StringComparison.OrdinalIgnoreCase))).ToList();
        var page = found.Where(a => after is null || string.CompareOrdinal(a.Expert.Id, after) > 0).Take(PageSize + 1).ToList();
        return new AbsentExperts(
            [.. absent.CountBy(a => a.Kind).OrderBy(c => c.Key).Select(c => (c.Key, c.Value))],
            [.. page.Take(PageSize)],
            found.Count,
            page.Count > PageSize ? page[PageSize - 1].Expert.Id : null);
    }
}
