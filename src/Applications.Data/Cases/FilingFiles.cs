using Applications.Domain.Cases;

namespace Applications.Data.Cases;

/// <summary>Which files belong to which filing.</summary>
public static class FilingFiles
{
    /// <summary>Those the filing of this round carried: given by then, and not taken away or replaced before it.</summary>
    public static IQueryable<Attachment> InFiling(this IQueryable<Attachment> files, int round) =>
        files.Where(f => f.FiledInRound != null && f.FiledInRound <= round && (f.RemovedAfterRound == null || f.RemovedAfterRound >= round));
}
