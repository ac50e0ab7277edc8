using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Workflow;

namespace Applications.Domain.Reviews.Draws;

/// <summary>How far a draw has come.</summary>
public enum DrawState
{
    /// <summary>Waits for somebody else's approval.</summary>
    Requested,

    /// <summary>Sent back to the requester, with the reason.</summary>
    Returned,

    /// <summary>Approved: request, pool and seed are fixed and their hashes published; nothing is drawn yet.</summary>
    Committed,

    /// <summary>Taken back before anything was drawn.</summary>
    Withdrawn,

    /// <summary>Drawn; the seed is revealed and the seats are made.</summary>
    Drawn,
}

/// <summary>What a draw is for.</summary>
public enum DrawPurpose
{
    /// <summary>The panels of a round of review.</summary>
    Panels,

    /// <summary>Seats for which no reserve is left.</summary>
    Supplement,
}

/// <summary>The files that one panel judges.</summary>
/// <param name="Key">The panel's key in the request.</param>
public sealed record DrawGroup(string Key, string Title, IReadOnlyList<Guid> Cases);

/// <summary>
/// The draw of the panels of one round (programmes.md 4.1 and 4.3, point 2): asked for by the division that runs the programme, approved by somebody else, committed
/// to in the journal, and only then drawn. Stands beside the batch's work item, which the draw completes.
/// </summary>
public sealed class PanelDraw
{
    public const int LongestNote = 500;
    public const int LongestWitness = 100;

    public required Guid Id { get; init; }

    public required Guid BatchId { get; init; }

    /// <summary>Key of the round of review.</summary>
    public required string Round { get; init; }

    public required DrawPurpose Purpose { get; init; }

    public required string Number { get; init; }

    public required string Title { get; init; }

    /// <summary>The day of the session: until it begins names stay sealed (<see cref="NameSeal"/>).</summary>
    public required DateOnly SessionOn { get; init; }

    /// <summary>Kinds of experts who are drawn from; empty for all. Part of the title, and so of what is committed to.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    public required IReadOnlyList<DrawGroup> Groups { get; init; }

    /// <summary>Panels and rules; once committed, with the names of those who approved appointments.</summary>
    public required DrawRequest Request { get; set; }

    public DrawState State { get; private set; }

    public required Guid RequestedBy { get; init; }

    public required string RequestedByName { get; init; }

    public required DateTime RequestedAt { get; init; }

    public Guid? DecidedBy { get; private set; }

    public string? DecidedByName { get; private set; }

    public DateTime? DecidedAt { get; private set; }

    /// <summary>Why it was returned or withdrawn.</summary>
    public string? DecisionNote { get; private set; }

    /// <summary>Published before the draw.</summary>
    public DrawCommitment? Commitment { get; private set; }

    /// <summary>The pool as it was committed to, as JSON; null before, and after the draw, when the record holds it.</summary>
    public string? Snapshot { get; private set; }

    /// <summary>The seed, encrypted; null before the commitment and after the draw reveals it.</summary>
    public string? SealedSeed { get; private set; }

    public Guid? DrawnBy { get; private set; }

    public string? DrawnByName { get; private set; }

    public DateTime? DrawnAt { get; private set; }

    /// <summary>The record of the draw as its file, byte for byte.</summary>
    public string? Record { get; private set; }

    public Guid Version { get; set; }

    public bool IsOpen => State is DrawState.Requested or DrawState.Committed;

    public int Seats => Request.Panels.Sum(p => p.Size);

    /// <summary>Who may approve: the pool's office, which approves each draw (鲁工信法规〔2024〕243号), or a head; never the one who asked.</summary>
    public bool MayDecide(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Is(Roles.Pool, Roles.Head) && actor.UserId != RequestedBy;
    }

    /// <summary>Who may draw: those who may approve, or the inspector who watches.</summary>
    public bool MayDraw(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Is(Roles.Pool, Roles.Head, Roles.Inspector) && actor.UserId != RequestedBy;
    }

    /// <summary>Who may take it back: the requester.</summary>
    public bool MayWithdraw(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return IsOpen && actor.UserId == RequestedBy;
    }

    /// <summary>Approves and fixes what is drawn from and with what.</summary>
    /// <exception cref="RuleBrokenException"><c>draw-own-request</c>, <c>draw-decided</c>.</exception>
    public void Commit(Actor actor, DrawRequest request, string snapshot, DrawCommitment commitment, string sealedSeed, DateTime at)
    {
        Decide(actor, DrawState.Committed, null, at);
        (Request, Snapshot, Commitment, SealedSeed) = (request, snapshot, commitment, sealedSeed);
    }

    /// <exception cref="RuleBrokenException"><c>draw-own-request</c>, <c>draw-decided</c>, <c>reason-required</c>, <c>text-too-long</c>.</exception>
    public void Return(Actor actor, string? reason, DateTime at) => Decide(actor, DrawState.Returned, RequireReason(reason), at);

    /// <exception cref="RuleBrokenException"><c>draw-decided</c>, <c>reason-required</c>, <c>text-too-long</c>.</exception>
    public void Withdraw(string? reason)
    {
        if (!IsOpen)
        {
            throw new RuleBrokenException("draw-decided", "该抽取申请已办结，不能撤回。");
        }

        DecisionNote = RequireReason(reason);
        (State, Snapshot, SealedSeed) = (DrawState.Withdrawn, null, null);
    }

    /// <exception cref="RuleBrokenException"><c>draw-own-request</c>, <c>draw-not-committed</c>.</exception>
    public void Complete(Actor actor, DrawRecord record, DateTime at)
    {
        if (!MayDraw(actor))
        {
            throw new RuleBrokenException("draw-own-request", "抽取须由批准人或在场的纪检监察人员执行。");
        }

        if (State != DrawState.Committed)
        {
            throw new RuleBrokenException("draw-not-committed", State == DrawState.Drawn ? "已经抽取，不能重抽。" : "申请尚未批准，不能抽取。");
        }

        (State, DrawnBy, DrawnByName, DrawnAt) = (DrawState.Drawn, actor.UserId, actor.Name, at);
        (Record, Snapshot, SealedSeed) = (DrawRecordJson.Write(record), null, null);
    }

    /// <summary>The record after somebody left or was added.</summary>
    public void Change(DrawRecord record) => Record = DrawRecordJson.Write(record);

    private void Decide(Actor actor, DrawState state, string? note, DateTime at)
    {
        if (!MayDecide(actor))
        {
            throw new RuleBrokenException("draw-own-request", "抽取申请须由专家库管理处室或申请人以外的处长批准。");
        }

        if (State != DrawState.Requested)
        {
            throw new RuleBrokenException("draw-decided", "该抽取申请已经办理。");
        }

        (State, DecidedBy, DecidedByName, DecidedAt, DecisionNote) = (state, actor.UserId, actor.Name, at, note);
    }

    private static string RequireReason(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? throw new RuleBrokenException("reason-required", "请写明理由，申请人将看到这段文字。", "Reason")
        : reason.Trim().Length > LongestNote ? throw new RuleBrokenException("text-too-long", $"理由不超过 {LongestNote} 字。", "Reason")
        : reason.Trim();
}
