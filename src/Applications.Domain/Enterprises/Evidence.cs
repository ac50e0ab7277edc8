namespace Applications.Domain.Enterprises;

public enum EvidenceKind
{
    Licence,
    AuditReport,
    CreditReport,
    IntellectualProperty,
    Certification,
    Qualification,
    Platform,
    Project,
    Other,
}

/// <summary>
/// 佐证材料: a document the enterprise keeps once and gives with many applications. The content lies in the file store under its hash; an application that
/// uses it has an attachment of its own with the same hash, so that taking it out of the locker touches nothing that was given.
/// </summary>
public sealed class Evidence
{
    /// <summary>How long before its end a document is told of.</summary>
    public const int NoticeDays = 60;

    /// <summary>How long before its end a letter goes out, once.</summary>
    public const int LetterDays = 30;

    public required Guid Id { get; init; }

    public required Guid EnterpriseId { get; init; }

    public required EvidenceKind Kind { get; init; }

    /// <summary>What the enterprise calls it.</summary>
    public required string Title { get; init; }

    public required string FileName { get; init; }

    public required string ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the content, hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Pages of a PDF; null for other kinds, and where they cannot be counted.</summary>
    public int? Pages { get; init; }

    /// <summary>Last day of validity; null for what does not end.</summary>
    public DateOnly? ValidUntil { get; init; }

    public required DateTime AddedAt { get; init; }

    public required string AddedBy { get; init; }

    /// <summary>Set when it was taken out of the locker.</summary>
    public DateTime? RemovedAt { get; private set; }

    public Guid Version { get; set; }

    public bool IsOver(DateOnly today) => ValidUntil < today;

    /// <summary>Ends within the notice, or has ended.</summary>
    public bool IsEnding(DateOnly today) => ValidUntil <= today.AddDays(NoticeDays);

    public void Remove(DateTime at) => RemovedAt = at;
}

/// <summary>What kinds of evidence are called.</summary>
public static class EvidenceKinds
{
    public static IReadOnlyDictionary<EvidenceKind, string> Labels { get; } = new Dictionary<EvidenceKind, string>
    {
        [EvidenceKind.Licence] = "营业执照",
        [EvidenceKind.AuditReport] = "审计报告",
        [EvidenceKind.CreditReport] = "信用报告",
        [EvidenceKind.IntellectualProperty] = "知识产权证书",
        [EvidenceKind.Certification] = "体系认证证书",
        [EvidenceKind.Qualification] = "资质荣誉证书",
        [EvidenceKind.Platform] = "平台认定文件",
        [EvidenceKind.Project] = "项目立项、验收文件",
        [EvidenceKind.Other] = "其他",
    };
}
