namespace Applications.Domain.Reviews.Draws;

/// <summary>The seats that a draw fills.</summary>
public static class DrawSeats
{
    /// <param name="cases">Those of the draw's files that still want a panel.</param>
    /// <param name="now">UTC.</param>
    public static IEnumerable<Review> Of(PanelDraw draw, DrawRecord record, IReadOnlySet<Guid> cases, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(draw);
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(cases);
        foreach (var group in draw.Groups)
        {
            foreach (var one in group.Cases.Where(cases.Contains))
            {
                foreach (var member in record.MembersOf(group.Key).Where(m => record.Request.Panels.Single(p => p.Key == group.Key).Seated?.Contains(m.Id) != true))
                {
                    yield return At(draw, record, group.Key, one, member, null, now);
                }
            }
        }
    }

    /// <summary>One seat at one file.</summary>
    /// <param name="why">In whose place, or why one more; null for those who were drawn.</param>
    public static Review At(PanelDraw draw, DrawRecord record, string panel, Guid caseId, DrawCandidate member, string? why, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(draw);
        ArgumentNullException.ThrowIfNull(member);
        var because = $"{(why is null ? string.Empty : why + "；")}抽取 {draw.Number}：{DrawExplainer.WhyHim(record, panel, member.Id)}";
        return new Review
        {
            Id = Guid.CreateVersion7(),
            CaseId = caseId,
            BatchId = draw.BatchId,
            Round = draw.Round,
            ExpertId = Guid.ParseExact(member.Id, "N"),
            ExpertName = member.Name,
            AssignedAt = now,
            AssignedBecause = because.Length <= Review.LongestBecause ? because : because[..Review.LongestBecause],
            DrawId = draw.Id,
            Panel = panel,
            Version = Guid.NewGuid(),
        };
    }
}
