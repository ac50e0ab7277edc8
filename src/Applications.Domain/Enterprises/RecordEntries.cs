namespace Applications.Domain.Enterprises;

/// <summary>专利. Codes are those of the record's form: kind invention, pct, utility or design; status granted or accepted; source own, assigned or licensed.</summary>
public sealed record Patent(
    string Kind, string Number, string Title, string Status, DateOnly? ApplyDate = null, DateOnly? GrantDate = null, string? Holder = null, string? Source = null);

/// <summary>软件著作权.</summary>
public sealed record SoftwareCopyright(string Number, string Title, DateOnly? RegisteredOn = null, string? Holder = null, string? Source = null);

/// <summary>商标; <paramref name="Nice"/> are the classes it is registered for.</summary>
public sealed record Trademark(string Name, string Number, string? Nice = null, DateOnly? RegisteredOn = null, DateOnly? ValidUntil = null, bool? Overseas = null);

/// <summary>A standard the enterprise led (<c>lead</c>) or joined (<c>join</c>).</summary>
public sealed record Standard(string Number, string Title, string Level, string Role, DateOnly? PublishedOn = null);

/// <summary>科技奖励, or an honour for quality.</summary>
public sealed record Award(string Name, string Level, int Year);

/// <summary>管理体系认证.</summary>
public sealed record ManagementSystem(string Kind, string Number, string? Body = null, DateOnly? ValidUntil = null);

/// <summary>A research project; <paramref name="Level"/> <c>own</c> is one the enterprise set up itself. Money in 分.</summary>
public sealed record ResearchProject(
    string Name, string Level, string Kind, DateOnly? StartOn = null, DateOnly? EndOn = null, long? Budget = null, string? Partner = null, bool? IsJoint = null);

/// <summary>One of the technical staff that applications name.</summary>
public sealed record Person(string Name, string? Employer = null, string? Title = null, string? Duty = null, bool? FullTime = null, bool? IsLeader = null);
