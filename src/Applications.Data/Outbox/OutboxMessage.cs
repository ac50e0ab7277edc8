namespace Applications.Data.Outbox;

/// <summary>Something to be done outside the transaction that decided it. Written with the change; worked off by a job, at least once.</summary>
public sealed class OutboxMessage
{
    public required Guid Id { get; init; }

    /// <summary>Which handler does it.</summary>
    public required string Kind { get; init; }

    /// <summary>JSON, read by the handler.</summary>
    public required string Payload { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Not before; moved back after a failure.</summary>
    public required DateTime DueAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>A worker has it until then; afterwards another may take it.</summary>
    public DateTime? ClaimedUntil { get; set; }

    public DateTime? DoneAt { get; set; }

    /// <summary>Given up after too many failures; an administrator looks at it.</summary>
    public DateTime? ParkedAt { get; set; }

    public string? LastError { get; set; }

    /// <summary>The same intent written twice is one row.</summary>
    public required string DedupKey { get; init; }
}

/// <summary>A moment at which the engine must be told that time is up.</summary>
public sealed class FlowTimer
{
    public required Guid Id { get; init; }

    /// <summary>The case or the certificate, or the batch when <see cref="IsBatch"/>.</summary>
    public required Guid SubjectId { get; init; }

    public required bool IsBatch { get; init; }

    public required int Token { get; init; }

    /// <summary>UTC; moved when a window is extended.</summary>
    public required DateTime DueAt { get; set; }

    public DateTime? ClaimedUntil { get; set; }

    /// <summary>Fired, or no longer needed.</summary>
    public DateTime? DoneAt { get; set; }
}

/// <summary>That somebody is to be reminded of something: one row a reason, however many nodes look (unique key).</summary>
public sealed class Reminder
{
    public required Guid Id { get; init; }

    /// <summary>For example <c>draft:{case}:3</c> or <c>overdue:{work item}:2026-11-24</c>.</summary>
    public required string Key { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Because { get; init; }
}

/// <summary>The mail ledger: which letter went to whom and why.</summary>
public sealed class MailMessage
{
    public required Guid Id { get; init; }

    /// <summary>Stable, so that a mail sent twice shows as one in the reader's box.</summary>
    public required string MessageId { get; init; }

    public Guid? UserId { get; init; }

    public required string ToAddress { get; init; }

    public required string ToName { get; init; }

    public required string Template { get; init; }

    public required string Subject { get; init; }

    /// <summary>Plain text.</summary>
    public required string Body { get; init; }

    public required string Because { get; init; }

    /// <summary>Case or batch it is about.</summary>
    public Guid? SubjectId { get; init; }

    public required DateTime CreatedAt { get; init; }

    public DateTime? SentAt { get; set; }

    public string? LastError { get; set; }
}

/// <summary>The result of a command under the key its caller gave; the same key again gets the same answer.</summary>
public sealed class IdempotencyRecord
{
    public required Guid Key { get; init; }

    public required Guid UserId { get; init; }

    public required string Command { get; init; }

    /// <summary>JSON of the handler's result.</summary>
    public required string Result { get; init; }

    public required DateTime At { get; init; }
}

/// <summary>A running number.</summary>
public sealed class Counter
{
    public required string Key { get; init; }

    public long Value { get; set; }
}

/// <summary>A definition version as it was first loaded; the file may not change under the same id afterwards.</summary>
public sealed class DefinitionRow
{
    /// <summary>Version id, for example <c>one-enterprise-one-technology.case.v1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>workflow, form, rubric or programme.</summary>
    public required string Kind { get; init; }

    public required string ProgrammeKey { get; init; }

    /// <summary>SHA-256 of the text, hex.</summary>
    public required string ContentHash { get; init; }

    public required string Json { get; init; }

    public required DateTime PublishedAt { get; init; }

    /// <summary>Who published it; null when it came with a definition folder.</summary>
    public string? PublishedBy { get; init; }

    /// <summary>The same for all versions of one workflow; empty for what is no workflow.</summary>
    public string DefinitionId { get; set; } = string.Empty;

    /// <summary>The version's number within <see cref="DefinitionId"/>.</summary>
    public int Number { get; set; }

    /// <summary>What people call the workflow.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>Since when no new batch takes it; null while batches may.</summary>
    public DateTime? DisabledAt { get; set; }

    /// <summary>Changes with every write; a write that saw another one is refused.</summary>
    public Guid Version { get; set; }
}

/// <summary>An exception to Monday-to-Friday: a public holiday or a make-up working day.</summary>
public sealed class CalendarRow
{
    public required DateOnly Date { get; init; }

    public required bool IsWorkday { get; set; }

    public required string Note { get; set; }
}
