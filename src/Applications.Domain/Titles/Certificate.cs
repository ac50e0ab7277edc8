using Applications.Domain.Cases;
using Applications.Domain.Workflow;

namespace Applications.Domain.Titles;

/// <summary>
/// A recognition granted, checkable by anyone by its number. From the announcement on it has a flow of its own: reports, evaluation, rectification,
/// revocation (programmes.md 2.7, 2.8). Its standing is moved by <see cref="Stand"/> only, with what the engine decided.
/// </summary>
public sealed class Certificate
{
    public required Guid Id { get; init; }

    /// <summary>Printed on the certificate; unique.</summary>
    public required string Number { get; init; }

    public required Guid CaseId { get; init; }

    public required Guid EnterpriseId { get; init; }

    public required string EnterpriseName { get; init; }

    public required string Uscc { get; init; }

    public required string CityName { get; init; }

    public required string ProgrammeKey { get; init; }

    public required string TitleName { get; init; }

    public required DateTime IssuedAt { get; init; }

    /// <summary>Null when the title stands until an evaluation ends it; moved on by an evaluation that goes well.</summary>
    public DateTime? ValidUntil { get; private set; }

    /// <summary>Set when the title is revoked.</summary>
    public DateTime? RevokedAt { get; private set; }

    /// <summary>Key of the programme's ground.</summary>
    public string? RevokedBecause { get; private set; }

    /// <summary>The ground that the officer named when a revocation was opened; taken when it is signed.</summary>
    public string? NamedGround { get; private set; }

    /// <summary>The engine's memory of the title; null until its flow has begun.</summary>
    public WorkflowState? State { get; private set; }

    /// <summary>Activity id where it stands, or the End it reached; empty until the flow has begun.</summary>
    public string Stage { get; private set; } = string.Empty;

    public string StageTitle { get; private set; } = string.Empty;

    public DateTime? StageSince { get; private set; }

    public DateTime? StageDue { get; private set; }

    /// <summary>Whose turn it is, null when it waits for time or is over.</summary>
    public string? Holder { get; private set; }

    /// <summary>The End's id once the title's life is over.</summary>
    public string? Result { get; private set; }

    public int JournalLength { get; set; }

    public string JournalHead { get; set; } = string.Empty;

    /// <summary>Changes with every write; a write that saw another one is refused.</summary>
    public Guid Version { get; set; }

    /// <summary>The title as it is granted.</summary>
    public Certificate ValidFor(int months)
    {
        ValidUntil = IssuedAt.AddMonths(months);
        return this;
    }

    /// <summary>Holds for another term from the end of the present one.</summary>
    public void Extend(int months) => ValidUntil = ValidUntil?.AddMonths(months);

    /// <summary>The officer opens a revocation for a ground of the programme.</summary>
    public void NameGround(string ground) => NamedGround = ground;

    /// <summary>Ends the title.</summary>
    /// <param name="ground">Null for the one that was named.</param>
    public void Revoke(string? ground, DateTime at)
    {
        RevokedAt = at;
        RevokedBecause = ground ?? NamedGround ?? throw new InvalidOperationException($"{Number}: no ground of revocation was named.");
    }

    /// <summary>Takes over what the engine decided. Called by the workflow host only.</summary>
    public void Stand(WorkflowState state, Standing standing)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(standing);
        State = state;
        Result = state.Result;
        Stage = standing.Stage;
        StageTitle = standing.Title;
        StageSince = standing.Since;
        StageDue = standing.Due;
        Holder = standing.Holder;
    }
}

/// <summary>What the holder of a title handed in: a yearly report, the material for an evaluation, a report on rectification.</summary>
public sealed class TitleReport
{
    public required Guid Id { get; init; }

    public required Guid CertificateId { get; init; }

    /// <summary>The engine's token that asked for it: one report a request.</summary>
    public required int Token { get; init; }

    /// <summary>What was asked for, as the flow calls it.</summary>
    public required string Kind { get; init; }

    public required string Text { get; init; }

    public required DateTime HandedInAt { get; init; }

    public required string HandedInBy { get; init; }
}
