using System.Text.Json.Serialization;

namespace Applications.Domain.Experts;

/// <summary>Where an expert stands in the pool.</summary>
public enum ExpertStatus
{
    /// <summary>申请中: waits for the pool's office.</summary>
    Applied,

    /// <summary>退回补充: the office asks for more.</summary>
    Returned,

    /// <summary>未通过.</summary>
    Refused,

    /// <summary>在库.</summary>
    InPool,

    /// <summary>暂停: not drawn until the suspension ends.</summary>
    Suspended,

    /// <summary>移出: for good.</summary>
    Removed,

    /// <summary>到期: the term is over and was not renewed. Never stored: it follows from the term.</summary>
    Expired,
}

/// <summary>Days on which an expert is not drawn, the last one included.</summary>
public sealed record Leave(DateOnly From, DateOnly To, string Reason)
{
    public bool Covers(DateOnly day) => From <= day && day <= To;
}

/// <summary>What the officer thought of an expert's work in a round of review.</summary>
/// <param name="Points">0 to 100.</param>
public sealed record ExpertRating(Guid BatchId, string Batch, string Round, int Points, string Note, string By, DateTime At);

[JsonConverter(typeof(JsonStringEnumConverter<DisciplineKind>))]
public enum DisciplineKind
{
    /// <summary>警告.</summary>
    Warning,

    /// <summary>暂停 6 to 12 months.</summary>
    Suspension,

    /// <summary>移出.</summary>
    Removal,
}

/// <summary>A measure against an expert (programmes.md 4.3, point 7): proposed by one person, in force only when another has confirmed it.</summary>
/// <param name="Ground">Key of a <see cref="DisciplineGround"/>.</param>
/// <param name="Until">Last day of a suspension.</param>
/// <param name="ConfirmedBy">Null while it waits for the second person.</param>
/// <param name="Rejected">True when the second person did not agree.</param>
/// <param name="Withdrawn">True when the one who proposed it took it back.</param>
public sealed record DisciplineRecord(
    Guid Id, DisciplineKind Kind, string Ground, string Facts, DateOnly? Until, Guid ProposerId, string ProposedBy, DateTime ProposedAt,
    string? ConfirmedBy = null, DateTime? ConfirmedAt = null, bool Rejected = false, bool Withdrawn = false)
{
    [JsonIgnore]
    public bool IsOpen => ConfirmedAt is null;
}

/// <summary>Why an expert may be warned, suspended or removed.</summary>
public sealed record DisciplineGround(string Key, string Text)
{
    /// <summary>programmes.md 4.3, point 7.</summary>
    public static IReadOnlyList<DisciplineGround> All { get; } =
    [
        new("undeclared-conflict", "应当回避而未声明"),
        new("leak", "泄露评审信息"),
        new("proxy", "由他人代为评审"),
        new("benefit", "收受财物或其他利益"),
        new("absence", "无故缺席两次以上"),
        new("rating", "评价平均分低于 60 分"),
        new("own-request", "本人申请退出"),
        new("misconduct", "学术不端、失信或违法记录"),
        new("other", "其他"),
    ];

    public static string TextOf(string key) => All.FirstOrDefault(g => g.Key == key)?.Text ?? key;
}
