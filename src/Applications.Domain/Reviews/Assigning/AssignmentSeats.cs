namespace Applications.Domain.Reviews.Assigning;

/// <summary>The seats that an assignment fills.</summary>
public static class AssignmentSeats
{
    /// <param name="cases">Those of its files that still want experts.</param>
    /// <param name="now">UTC.</param>
    public static IEnumerable<Review> Of(FileAssignment assignment, AssignmentRecord record, IReadOnlySet<Guid> cases, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(cases);
        var assigned = record.Assigned();
        for (var f = 0; f < assigned.Count; f++)
        {
            if (cases.Contains(Guid.ParseExact(record.Snapshot.Files[f].Id, "N")))
            {
                foreach (var expert in assigned[f])
                {
                    yield return At(assignment, record, f, expert, null, now);
                }
            }
        }
    }

    /// <summary>One seat at one file.</summary>
    /// <param name="why">In whose place, or why one more; null for those whom the approval seats.</param>
    public static Review At(FileAssignment assignment, AssignmentRecord record, int file, int expert, string? why, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        ArgumentNullException.ThrowIfNull(record);
        var (one, member) = (record.Snapshot.Files[file], record.Snapshot.Experts[expert]);
        var because = $"{(why is null ? string.Empty : why + "；")}分派 {assignment.Number}：{PairMatch.Of(one, member).Because}";
        return new Review
        {
            Id = Guid.CreateVersion7(),
            CaseId = Guid.ParseExact(one.Id, "N"),
            BatchId = assignment.BatchId,
            Round = assignment.Round,
            ExpertId = Guid.ParseExact(member.Id, "N"),
            ExpertName = member.Name,
            AssignedAt = now,
            AssignedBecause = because.Length <= Review.LongestBecause ? because : because[..Review.LongestBecause],
            AssignmentId = assignment.Id,
            Version = Guid.NewGuid(),
        };
    }
}
