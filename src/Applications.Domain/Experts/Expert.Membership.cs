using Applications.Domain.Common;
using Applications.Domain.Programmes;

namespace Applications.Domain.Experts;

/// <summary>How an expert comes in, and how his data are kept true.</summary>
public sealed partial class Expert
{
    private const int MostLeaves = 50;

    /// <summary>The office takes him in for a term. A hard rule that is not met bars; a soft one (原则上) asks for a reason.</summary>
    /// <exception cref="RuleBrokenException"><c>expert-decided</c>, <c>entry-rule</c>, <c>reason-required</c>.</exception>
    public void Approve(PoolRules rules, DateOnly today, string? note, string by, DateTime at)
    {
        ArgumentNullException.ThrowIfNull(rules);
        RequireUndecided();
        RequireEntry(Profile, rules, today, note);
        Decide(ExpertStatus.InPool, note, by, at);
        (TermFrom, TermTo, UpdatedOn) = (today, today.AddYears(rules.TermYears).AddDays(-1), today);
    }

    /// <summary>The office asks for more.</summary>
    /// <exception cref="RuleBrokenException"><c>expert-decided</c>, <c>reason-required</c>.</exception>
    public void Return(string? note, string by, DateTime at)
    {
        RequireUndecided();
        Decide(ExpertStatus.Returned, Reason(note, "请写明需要补充的内容。"), by, at);
    }

    /// <exception cref="RuleBrokenException"><c>expert-decided</c>, <c>reason-required</c>.</exception>
    public void Refuse(string? note, string by, DateTime at)
    {
        RequireUndecided();
        Decide(ExpertStatus.Refused, Reason(note, "请写明不予入库的理由。"), by, at);
    }

    /// <summary>A returned request is handed in again.</summary>
    /// <exception cref="RuleBrokenException"><c>expert-not-returned</c>.</exception>
    public void Reapply(ExpertProfile profile, ExpertInterests interests, DateTime at)
    {
        if (Status is not (ExpertStatus.Returned or ExpertStatus.Applied))
        {
            throw new RuleBrokenException("expert-not-returned", "申请已办结，不能再修改。");
        }

        Describe(profile, interests);
        Status = ExpertStatus.Applied;
        AppliedAt = at;
    }

    /// <summary>The yearly look through one's data: they are changed or confirmed, and count as of today; changed <see cref="QualifyingFacts"/> wait for the office.</summary>
    /// <exception cref="RuleBrokenException"><c>expert-not-member</c>.</exception>
    public void Update(ExpertProfile profile, ExpertInterests interests, DateOnly today, DateTime at)
    {
        RequireMember();
        (Asked, AskedAt) = QualifyingFacts.Changes(Profile, profile).Count == 0 ? (null, null)
            : Asked is { } asked && QualifyingFacts.Changes(asked, profile).Count == 0 ? (profile, AskedAt)
            : (profile, (DateTime?)at);
        ChangeAnswer = Asked is null ? ChangeAnswer : null;
        Describe(QualifyingFacts.With(profile, Profile), interests);
        UpdatedOn = today;
    }

    /// <summary>The office takes over what a member asked to have changed; the entry rules hold as they did when he came in.</summary>
    /// <exception cref="RuleBrokenException"><c>nothing-asked</c>, <c>entry-rule</c>, <c>reason-required</c>.</exception>
    public void Accept(PoolRules rules, DateOnly today, string? note)
    {
        ArgumentNullException.ThrowIfNull(rules);
        RequireAsked();
        var profile = OwnProfile;
        RequireEntry(profile, rules, today, note);
        Describe(profile, Interests);
        Answer("信息变更已采纳", note);
    }

    /// <summary>The office leaves the facts as they are; who took him in, and when, stays as it was.</summary>
    /// <exception cref="RuleBrokenException"><c>nothing-asked</c>, <c>reason-required</c>.</exception>
    public void Decline(string? note)
    {
        RequireAsked();
        Answer("信息变更未采纳", Reason(note, "请写明不采纳的理由。"));
    }

    /// <summary>Another term after the last, for one whose data are up to date.</summary>
    /// <exception cref="RuleBrokenException"><c>expert-not-member</c>, <c>expert-not-updated</c>.</exception>
    public void Renew(PoolRules rules, DateOnly today, string by, DateTime at)
    {
        ArgumentNullException.ThrowIfNull(rules);
        RequireMember();
        if (UpdatedOn is null || UpdatedOn.Value.AddMonths(rules.UpdateMonths) <= today)
        {
            throw new RuleBrokenException("expert-not-updated", "该专家的信息超过一年未更新，请先由本人更新后再续聘。");
        }

        var from = TermTo >= today ? TermTo.Value.AddDays(1) : today;
        TermTo = from.AddYears(rules.TermYears).AddDays(-1);
        (DecidedBy, DecidedAt, DecisionNote) = (by, at, "续聘");
    }

    /// <summary>Days on which he is not to be drawn.</summary>
    /// <exception cref="RuleBrokenException"><c>expert-not-member</c>, <c>leave-order</c>, <c>leave-past</c>, <c>leave-overlap</c>, <c>leave-too-many</c>, <c>reason-required</c>.</exception>
    public void TakeLeave(DateOnly from, DateOnly to, string? reason, DateOnly today)
    {
        RequireMember();
        if (to < from)
        {
            throw new RuleBrokenException("leave-order", "结束日期不能早于开始日期。", "To");
        }

        if (to < today)
        {
            throw new RuleBrokenException("leave-past", "请假日期已经过去。", "To");
        }

        if (Leaves.FirstOrDefault(l => l.From <= to && from <= l.To) is { } other)
        {
            throw new RuleBrokenException("leave-overlap", $"与已登记的请假（{other.From:yyyy-MM-dd} 至 {other.To:yyyy-MM-dd}）重叠。", "From");
        }

        var kept = Leaves.Where(l => l.To >= today.AddYears(-1)).ToList();
        if (kept.Count >= MostLeaves)
        {
            throw new RuleBrokenException("leave-too-many", $"请假记录不能超过 {MostLeaves} 条。", "From");
        }

        Leaves = [.. kept.Append(new Leave(from, to, Reason(reason, "请写明请假事由。", "Reason"))).OrderBy(l => l.From)];
    }

    /// <summary>Takes back a leave that is not yet over.</summary>
    /// <exception cref="RuleBrokenException"><c>leave-unknown</c>.</exception>
    public void CancelLeave(DateOnly from, DateOnly today)
    {
        if (Leaves.FirstOrDefault(l => l.From == from && l.To >= today) is not { } leave)
        {
            throw new RuleBrokenException("leave-unknown", "没有可以取消的这次请假。");
        }

        Leaves = leave.From < today
            ? [.. Leaves.Select(l => l == leave ? l with { To = today.AddDays(-1) } : l)]
            : [.. Leaves.Where(l => l != leave)];
    }

    private static string Reason(string? text, string ask, string field = "Note") =>
        string.IsNullOrWhiteSpace(text) ? throw new RuleBrokenException("reason-required", ask, field) : text.Trim();

    private void Decide(ExpertStatus status, string? note, string by, DateTime at) =>
        (Status, DecisionNote, DecidedBy, DecidedAt) = (status, note?.Trim(), by, at);

    private static void RequireEntry(ExpertProfile profile, PoolRules rules, DateOnly today, string? note)
    {
        var unmet = EntryChecker.Check(profile, rules, today).Where(c => !c.IsMet).ToList();
        if (unmet.Find(c => c.Kind is RuleKind.Hard) is { } hard)
        {
            throw new RuleBrokenException("entry-rule", $"不符合入库条件：{hard.Title}（{hard.Fact}）。可退回补充材料。", "Note");
        }

        if (unmet.Count > 0 && string.IsNullOrWhiteSpace(note))
        {
            throw new RuleBrokenException("reason-required", $"“{unmet[0].Title}”未满足，请写明予以入库的理由。", "Note");
        }
    }

    private void Answer(string word, string? note) =>
        (Asked, AskedAt, ChangeAnswer) = (null, null, string.IsNullOrWhiteSpace(note) ? word : $"{word}：{note.Trim()}");

    private void RequireAsked()
    {
        if (Asked is null)
        {
            throw new RuleBrokenException("nothing-asked", "没有待核对的信息变更，可能已由他人办结或由本人改回。");
        }
    }

    private void RequireUndecided()
    {
        if (Status != ExpertStatus.Applied)
        {
            throw new RuleBrokenException("expert-decided", "该申请已由他人办结，或已退回补充。");
        }
    }

    private void RequireMember()
    {
        if (Status is not (ExpertStatus.InPool or ExpertStatus.Suspended))
        {
            throw new RuleBrokenException("expert-not-member", "该专家不在库，不能办理。");
        }
    }
}
