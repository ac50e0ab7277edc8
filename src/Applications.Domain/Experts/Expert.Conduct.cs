using Applications.Domain.Common;

namespace Applications.Domain.Experts;

/// <summary>How an expert's work is judged, and what follows from bad work.</summary>
public sealed partial class Expert
{
    /// <summary>The officer's word on his work in a round; a second one for the same round replaces the first.</summary>
    /// <exception cref="RuleBrokenException"><c>rating-range</c>, <c>reason-required</c>.</exception>
    public void Rate(ExpertRating rating, PoolRules rules)
    {
        ArgumentNullException.ThrowIfNull(rating);
        ArgumentNullException.ThrowIfNull(rules);
        if (rating.Points is < 0 or > 100)
        {
            throw new RuleBrokenException("rating-range", "评价分应为 0 至 100 的整数。", "Points");
        }

        if (rating.Points < rules.LeastRating && string.IsNullOrWhiteSpace(rating.Note))
        {
            throw new RuleBrokenException("reason-required", $"评价低于 {rules.LeastRating} 分，请写明理由。", "Note");
        }

        Ratings = [.. Ratings.Where(r => r.BatchId != rating.BatchId || r.Round != rating.Round), rating];
    }

    /// <summary>A warning, suspension or removal is proposed; it waits for a second person.</summary>
    /// <exception cref="RuleBrokenException"><c>expert-not-member</c>, <c>discipline-open</c>, <c>discipline-ground</c>, <c>suspension-length</c>, <c>reason-required</c>.</exception>
    public DisciplineRecord Propose(DisciplineRecord measure, PoolRules rules, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(measure);
        ArgumentNullException.ThrowIfNull(rules);
        RequireMember();
        if (Discipline.Any(d => d.IsOpen))
        {
            throw new RuleBrokenException("discipline-open", "已有一项处理待确认，请先办结。");
        }

        if (!DisciplineGround.All.Any(g => g.Key == measure.Ground))
        {
            throw new RuleBrokenException("discipline-ground", "请选择处理事由。", "Ground");
        }

        if (measure.Kind is DisciplineKind.Suspension
            && (measure.Until is not { } until || until < today.AddMonths(rules.ShortestSuspension).AddDays(-1) || until > today.AddMonths(rules.LongestSuspension)))
        {
            throw new RuleBrokenException(
                "suspension-length", $"暂停期应为 {rules.ShortestSuspension} 至 {rules.LongestSuspension} 个月，即 {today.AddMonths(rules.ShortestSuspension).AddDays(-1):yyyy-MM-dd} 至 {today.AddMonths(rules.LongestSuspension):yyyy-MM-dd}。", "Until");
        }

        var record = measure with { Facts = Reason(measure.Facts, "请写明事实和依据。", "Facts"), Until = measure.Kind is DisciplineKind.Suspension ? measure.Until : null };
        (Discipline, HasOpenMeasure) = ([.. Discipline, record], true);
        return record;
    }

    /// <summary>The second person agrees or does not; only then does the measure take effect.</summary>
    /// <exception cref="RuleBrokenException"><c>discipline-unknown</c>, <c>same-person</c>.</exception>
    public void Confirm(Guid measureId, bool agreed, Guid userId, string by, DateTime at)
    {
        var open = OpenMeasure(measureId);
        if (open.ProposerId == userId)
        {
            throw new RuleBrokenException("same-person", "处理应由提出人以外的人员确认。");
        }

        HasOpenMeasure = false;
        Discipline = [.. Discipline.Select(d => d == open ? d with { ConfirmedBy = by, ConfirmedAt = at, Rejected = !agreed } : d)];
        if (!agreed)
        {
            return;
        }

        (Status, SuspendedUntil) = open.Kind switch
        {
            DisciplineKind.Suspension => (ExpertStatus.Suspended, open.Until),
            DisciplineKind.Removal => (ExpertStatus.Removed, null),
            _ => (Status, SuspendedUntil),
        };
    }

    /// <summary>The one who proposed a measure takes it back before it took effect; it stays on record.</summary>
    /// <exception cref="RuleBrokenException"><c>discipline-unknown</c>, <c>not-own-measure</c>.</exception>
    public void Withdraw(Guid measureId, Guid userId, string by, DateTime at)
    {
        var open = OpenMeasure(measureId);
        if (open.ProposerId != userId)
        {
            throw new RuleBrokenException("not-own-measure", "只有提出人可以撤回。");
        }

        HasOpenMeasure = false;
        Discipline = [.. Discipline.Select(d => d == open ? d with { ConfirmedBy = by, ConfirmedAt = at, Withdrawn = true } : d)];
    }

    private DisciplineRecord OpenMeasure(Guid measureId) =>
        Discipline.FirstOrDefault(d => d.Id == measureId && d.IsOpen) ?? throw new RuleBrokenException("discipline-unknown", "该项处理已办结。");
}
