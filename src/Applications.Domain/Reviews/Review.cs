using Applications.Domain.Common;
using Applications.Domain.Rubrics;

namespace Applications.Domain.Reviews;

public enum ReviewState
{
    /// <summary>Assigned; the expert has not yet declared.</summary>
    Assigned,

    /// <summary>Declared free of conflict; scoring.</summary>
    Scoring,

    /// <summary>Locked; counts.</summary>
    Locked,

    /// <summary>Conflict declared (回避); another expert takes the seat.</summary>
    Declined,
}

/// <summary>One expert's work on one application. Blind of the other experts' until announcement.</summary>
public sealed class Review
{
    public const int LongestBecause = 500;

    public required Guid Id { get; init; }

    public required Guid CaseId { get; init; }

    public required Guid BatchId { get; init; }

    /// <summary>In which round of the case (<see cref="ReviewRound.Key"/>); an expert may sit in each.</summary>
    public string Round { get; init; } = ReviewRound.Default;

    public required Guid ExpertId { get; init; }

    public required string ExpertName { get; init; }

    public required DateTime AssignedAt { get; init; }

    /// <summary>Why this expert sits here: chosen by the assignment, or in whose place.</summary>
    public required string AssignedBecause { get; init; }

    /// <summary>The draw that gave this seat; null for seats made before draws were kept.</summary>
    public Guid? DrawId { get; init; }

    /// <summary>Key of the panel in that draw.</summary>
    public string? Panel { get; init; }

    /// <summary>The assignment that gave this seat, where files were given to experts one by one.</summary>
    public Guid? AssignmentId { get; init; }

    /// <summary>What gave this seat, and so seals its name until the session: the draw or the assignment.</summary>
    public Guid? SourceId => DrawId ?? AssignmentId;

    public ReviewState State { get; private set; }

    public DateTime? DeclaredAt { get; private set; }

    /// <summary>Why the seat became free: the conflict, or that the expert was silent.</summary>
    public string? ConflictReason { get; private set; }

    /// <summary>He did not act within his time, or could not, and was replaced: no conflict.</summary>
    public bool IsSilent { get; private set; }

    /// <summary>Score sheet as JSON (criterion key → hundredths).</summary>
    public string Scores { get; private set; } = "{}";

    public string Comment { get; private set; } = string.Empty;

    /// <summary>Hundredths of a point, set when locked.</summary>
    public int? Total { get; private set; }

    public DateTime? LockedAt { get; private set; }

    /// <summary>When the expert asked for his locked sheet back; null when nothing is asked.</summary>
    public DateTime? ReopenAskedAt { get; private set; }

    /// <summary>Why he asked, kept after the answer.</summary>
    public string? ReopenReason { get; private set; }

    /// <summary>Who gave the sheet back last; null when it never was.</summary>
    public string? ReopenedBy { get; private set; }

    /// <summary>Hundredths: what was locked before the sheet was given back; null when it never was.</summary>
    public int? FormerTotal { get; private set; }

    public Guid Version { get; set; }

    /// <summary>The expert declares to have no conflict and to keep the file confidential.</summary>
    public void DeclareFree(DateTime at)
    {
        Require(ReviewState.Assigned);
        State = ReviewState.Scoring;
        DeclaredAt = at;
    }

    /// <summary>The expert declares a conflict; the seat becomes free.</summary>
    public void DeclareConflict(string reason, DateTime at)
    {
        if (State is not (ReviewState.Assigned or ReviewState.Scoring))
        {
            throw new RuleBrokenException("review-closed", "评分已锁定或已回避，不能再次声明。");
        }

        State = ReviewState.Declined;
        ConflictReason = reason;
        DeclaredAt = at;
    }

    /// <summary>Somebody else found a conflict: the seat becomes free, a score that was locked no longer counts, and what the expert had asked for is settled.</summary>
    /// <returns>True when the expert had still to act.</returns>
    public bool Stop(string reason, DateTime at)
    {
        if (State == ReviewState.Declined)
        {
            throw new RuleBrokenException("review-closed", "该专家已经回避。");
        }

        var stillActs = State != ReviewState.Locked;
        (State, ConflictReason, DeclaredAt, Total, ReopenAskedAt) = (ReviewState.Declined, reason, at, null, null);
        return stillActs;
    }

    /// <summary>The expert did not act within his time, or cannot: the seat becomes free.</summary>
    /// <exception cref="RuleBrokenException"><c>review-closed</c>.</exception>
    public void Release(string reason, DateTime at)
    {
        if (State is not (ReviewState.Assigned or ReviewState.Scoring))
        {
            throw new RuleBrokenException("review-closed", State == ReviewState.Locked ? "该专家已经提交评分，无需替换。" : "该专家已不在本组。");
        }

        (State, ConflictReason, DeclaredAt, IsSilent) = (ReviewState.Declined, reason, at, true);
    }

    public void Save(string scores, string comment)
    {
        Require(ReviewState.Scoring);
        Scores = scores;
        Comment = comment;
    }

    /// <param name="total">Hundredths of a point.</param>
    public void Lock(string scores, string comment, int total, DateTime at)
    {
        Save(scores, comment);
        State = ReviewState.Locked;
        Total = total;
        LockedAt = at;
    }

    /// <summary>The expert asks for his locked sheet back.</summary>
    /// <exception cref="RuleBrokenException"><c>not-locked</c>, <c>reopen-asked</c>.</exception>
    public void AskReopen(string reason, DateTime at)
    {
        if (State != ReviewState.Locked)
        {
            throw new RuleBrokenException("not-locked", "评分没有锁定，可以直接修改。");
        }

        if (ReopenAskedAt is not null)
        {
            throw new RuleBrokenException("reopen-asked", "已提出申请，请等待省厅答复。");
        }

        (ReopenAskedAt, ReopenReason) = (at, reason);
    }

    /// <summary>The first request for the sheet was not granted.</summary>
    public bool IsReopenRefused => State == ReviewState.Locked && ReopenAskedAt is null && ReopenReason is not null && FormerTotal is null;

    /// <summary>The department answers: the sheet is his again, or stays locked.</summary>
    /// <param name="by">Who answers.</param>
    /// <exception cref="RuleBrokenException"><c>reopen-not-asked</c>.</exception>
    public void AnswerReopen(bool agrees, string by)
    {
        if (State != ReviewState.Locked || ReopenAskedAt is null)
        {
            throw new RuleBrokenException("reopen-not-asked", "该评分没有待答复的申请。");
        }

        ReopenAskedAt = null;
        if (agrees)
        {
            (State, FormerTotal, Total, LockedAt, ReopenedBy) = (ReviewState.Scoring, Total, null, null, by);
        }
    }

    private void Require(ReviewState state)
    {
        if (State != state)
        {
            throw new RuleBrokenException(
                "review-closed",
                State switch
                {
                    ReviewState.Assigned => "请先声明是否需要回避。",
                    ReviewState.Locked => "评分已锁定，不能再修改。",
                    ReviewState.Declined => IsSilent ? "您未在期限内评审，本项目已由替补专家评审。" : "您已对本项目申请回避。",
                    _ => "您已作出声明。",
                });
        }
    }
}
