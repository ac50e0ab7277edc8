namespace Applications.Data.Trail;

/// <summary>A place where the trail does not fit together.</summary>
/// <param name="Where">Seal number, or subject and sequence.</param>
/// <param name="What">In Chinese, for the page.</param>
public sealed record TrailFault(string Where, string What);

/// <summary>What a check of the whole trail found.</summary>
/// <param name="Sealed">Audit events in the chain.</param>
/// <param name="Unsealed">Events still waiting for their seal.</param>
/// <param name="HeadHash">Hash of the last sealed event; written down elsewhere it proves the chain as of that day.</param>
/// <param name="Subjects">Cases and batches.</param>
/// <param name="Entries">Journal entries of all of them.</param>
/// <param name="AuditFault">First fault of the audit chain, or null.</param>
/// <param name="JournalFault">First fault of a journal, or null.</param>
public sealed record TrailReport(long Sealed, long Unsealed, string HeadHash, long Subjects, long Entries, TrailFault? AuditFault, TrailFault? JournalFault)
{
    public bool IsWhole => AuditFault is null && JournalFault is null;

    /// <summary>Both faults in words, or null.</summary>
    public string? FaultText => IsWhole ? null : string.Join(
        "；",
        new[]
        {
            AuditFault is null ? null : $"审计第 {AuditFault.Where} 号{AuditFault.What}",
            JournalFault is null ? null : $"办理记录 {JournalFault.Where} {JournalFault.What}",
        }.Where(text => text is not null));
}
