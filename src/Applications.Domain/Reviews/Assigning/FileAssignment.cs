using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Workflow;

namespace Applications.Domain.Reviews.Assigning;

/// <summary>How far an assignment has come.</summary>
public enum AssignmentState
{
    /// <summary>Being computed.</summary>
    Solving,

    /// <summary>Cannot be met as asked; the note says what lacks.</summary>
    Short,

    /// <summary>Computed; the requester looks through it.</summary>
    Proposed,

    /// <summary>Waits for somebody else's approval.</summary>
    Requested,

    /// <summary>Sent back to the requester, with the reason; he may change it and ask again.</summary>
    Returned,

    /// <summary>Taken back before it took effect.</summary>
    Withdrawn,

    /// <summary>Approved: the seats are made.</summary>
    Confirmed,
}

/// <summary>
/// The assignment of a round's files to experts one by one (programmes.md 4.3, points 2 to 5): computed from a snapshot, looked through by the division that asked, approved by
/// another office. Stands beside the batch's work item, which the approval completes.
/// </summary>
public sealed class FileAssignment
{
    public const int LongestNote = 2000;
    public const int LongestReason = 500;

    public required Guid Id { get; init; }

    public required Guid BatchId { get; init; }

    /// <summary>Key of the round of review.</summary>
    public required string Round { get; init; }

    public required string Number { get; init; }

    public required string Title { get; init; }

    public required AssignmentOrder Order { get; init; }

    /// <summary>The files; those of the record once there is one.</summary>
    public required IReadOnlyList<Guid> Cases { get; init; }

    /// <summary>Until it begins names stay sealed (<see cref="Draws.NameSeal"/>).</summary>
    public required DateOnly SessionOn { get; init; }

    /// <summary>Scatters the numbers that stand for sealed names (<see cref="ExpertNumbers"/>): random, and shown to nobody.</summary>
    public required Guid NumberKey { get; init; }

    public AssignmentState State { get; private set; }

    public required Guid RequestedBy { get; init; }

    public required string RequestedByName { get; init; }

    public required DateTime RequestedAt { get; init; }

    /// <summary>A node computes it until then; afterwards another may take over.</summary>
    public DateTime? ClaimedUntil { get; set; }

    public Guid? DecidedBy { get; private set; }

    public string? DecidedByName { get; private set; }

    public DateTime? DecidedAt { get; private set; }

    /// <summary>Why it cannot be met, was sent back, or taken back.</summary>
    public string? Note { get; private set; }

    /// <summary>The record as its file, byte for byte; null until it is computed.</summary>
    public string? Record { get; private set; }

    public Guid Version { get; set; }

    public bool IsOpen => State is AssignmentState.Solving or AssignmentState.Proposed or AssignmentState.Requested or AssignmentState.Returned;

    /// <summary>Who may approve: never the one who asked.</summary>
    public bool MayDecide(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return State == AssignmentState.Requested && actor.Is(Roles.Head, Roles.Pool) && actor.UserId != RequestedBy;
    }

    /// <summary>Who may change pairs, ask for approval or give up: the requester.</summary>
    public bool MayWork(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return IsOpen && actor.UserId == RequestedBy;
    }

    /// <summary>True while the requester may change pairs and put it to approval.</summary>
    public bool MayChange(Actor actor) => State is AssignmentState.Proposed or AssignmentState.Returned && MayWork(actor);

    /// <summary>The proposal is there.</summary>
    /// <exception cref="RuleBrokenException"><c>assignment-not-solving</c>.</exception>
    public void Propose(AssignmentRecord record)
    {
        RequireSolving();
        (State, Record, ClaimedUntil) = (AssignmentState.Proposed, AssignmentRecordJson.Write(record), null);
    }

    /// <summary>There is no proposal.</summary>
    /// <exception cref="RuleBrokenException"><c>assignment-not-solving</c>.</exception>
    public void Fail(string why)
    {
        ArgumentNullException.ThrowIfNull(why);
        RequireSolving();
        (State, Note, ClaimedUntil) = (AssignmentState.Short, why.Length <= LongestNote ? why : why[..LongestNote], null);
    }

    /// <summary>A change by hand, already checked.</summary>
    /// <exception cref="RuleBrokenException"><c>assignment-closed</c>.</exception>
    public void Change(AssignmentRecord record)
    {
        if (State is not (AssignmentState.Proposed or AssignmentState.Returned))
        {
            throw new RuleBrokenException("assignment-closed", "方案已报批或已办结，不能再调整。");
        }

        Record = AssignmentRecordJson.Write(record);
    }

    /// <summary>A seat filled again after the review began.</summary>
    public void Substitute(AssignmentRecord record) => Record = AssignmentRecordJson.Write(record);

    /// <exception cref="RuleBrokenException"><c>assignment-closed</c>.</exception>
    public void Request()
    {
        if (State is not (AssignmentState.Proposed or AssignmentState.Returned))
        {
            throw new RuleBrokenException("assignment-closed", "方案已报批或已办结。");
        }

        (State, Note) = (AssignmentState.Requested, null);
    }

    /// <exception cref="RuleBrokenException"><c>assignment-own-request</c>, <c>assignment-closed</c>.</exception>
    public void Confirm(Actor actor, DateTime at) => Decide(actor, AssignmentState.Confirmed, null, at);

    /// <exception cref="RuleBrokenException"><c>assignment-own-request</c>, <c>assignment-closed</c>, <c>reason-required</c>, <c>text-too-long</c>.</exception>
    public void Return(Actor actor, string? reason, DateTime at) => Decide(actor, AssignmentState.Returned, RequireReason(reason), at);

    /// <exception cref="RuleBrokenException"><c>assignment-closed</c>, <c>reason-required</c>, <c>text-too-long</c>.</exception>
    public void Withdraw(string? reason)
    {
        if (!IsOpen)
        {
            throw new RuleBrokenException("assignment-closed", "该分派已办结，不能撤回。");
        }

        (Note, State, ClaimedUntil) = (RequireReason(reason), AssignmentState.Withdrawn, null);
    }

    /// <exception cref="RuleBrokenException"><c>reason-required</c>, <c>text-too-long</c>.</exception>
    public static string RequireReason(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? throw new RuleBrokenException("reason-required", "请写明理由，理由写入分派记录。", "Reason")
        : reason.Trim().Length > LongestReason ? throw new RuleBrokenException("text-too-long", $"理由不超过 {LongestReason} 字。", "Reason")
        : reason.Trim();

    private void Decide(Actor actor, AssignmentState state, string? note, DateTime at)
    {
        if (State != AssignmentState.Requested)
        {
            throw new RuleBrokenException("assignment-closed", "该分派没有待批准的申请。");
        }

        if (!MayDecide(actor))
        {
            throw new RuleBrokenException("assignment-own-request", "分派须由申请人以外的处室批准。");
        }

        (State, DecidedBy, DecidedByName, DecidedAt, Note) = (state, actor.UserId, actor.Name, at, note);
    }

    private void RequireSolving()
    {
        if (State != AssignmentState.Solving)
        {
            throw new RuleBrokenException("assignment-not-solving", "该分派已不在计算中。");
        }
    }
}
