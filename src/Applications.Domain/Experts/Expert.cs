using System.Linq.Expressions;
using Applications.Domain.Experts.Conflicts;

namespace Applications.Domain.Experts;

/// <summary>
/// A member of the expert pool (专家库), or somebody who asks to be one: 鲁工信法规〔2024〕243号. Taken in by the pool's office, which does not run programmes; used by those who do.
/// </summary>
public sealed partial class Expert
{
    private Expert()
    {
    }

    public Guid Id { get; private init; }

    public string Name { get; private set; } = string.Empty;

    public string Employer { get; private set; } = string.Empty;

    /// <summary>Unified social credit code of the employer; equal to an applicant's it is a conflict.</summary>
    public string? EmployerUscc { get; private set; }

    /// <summary>职称, for example 教授 or 高级工程师.</summary>
    public string Title { get; private set; } = string.Empty;

    /// <summary>技术, 财务, 管理, 其他.</summary>
    public string Category { get; private set; } = string.Empty;

    /// <summary>GB/T 4754 divisions, comma separated, for example C34,C35.</summary>
    public string Fields { get; private set; } = string.Empty;

    /// <summary>Chains and specialities in one text, for searching.</summary>
    public string Keywords { get; private set; } = string.Empty;

    /// <summary>GB/T 2260 city; 000000 outside the province.</summary>
    public string CityCode { get; private set; } = string.Empty;

    public ExpertProfile Profile { get; private set; } = null!;

    public ExpertInterests Interests { get; private set; } = new();

    public ExpertSecrets Secrets { get; private set; } = new();

    /// <summary>Stands for the identity number, so that the same person is found again; null without one.</summary>
    public string? IdentityKey { get; private set; }

    /// <summary>As it was decided; <see cref="StatusOn"/> tells what holds on a day.</summary>
    public ExpertStatus Status { get; private set; }

    /// <summary>Last day of a suspension.</summary>
    public DateOnly? SuspendedUntil { get; private set; }

    public DateOnly? TermFrom { get; private set; }

    /// <summary>Last day of the term.</summary>
    public DateOnly? TermTo { get; private set; }

    /// <summary>When the expert last looked through his data and said that they hold.</summary>
    public DateOnly? UpdatedOn { get; private set; }

    /// <summary>本人申请, 单位推荐, 批量导入.</summary>
    public string Source { get; private set; } = string.Empty;

    /// <summary>The enterprise or bureau that recommended him.</summary>
    public Guid? RecommenderId { get; private set; }

    public string? RecommendedBy { get; private set; }

    public DateTime AppliedAt { get; private set; }

    public string? DecidedBy { get; private set; }

    public DateTime? DecidedAt { get; private set; }

    /// <summary>What the office said to its decision.</summary>
    public string? DecisionNote { get; private set; }

    public IReadOnlyList<Leave> Leaves { get; private set; } = [];

    public IReadOnlyList<ExpertRating> Ratings { get; private set; } = [];

    public IReadOnlyList<DisciplineRecord> Discipline { get; private set; } = [];

    /// <summary>What a member asked to have changed of his <see cref="QualifyingFacts"/>; null when nothing waits.</summary>
    public ExpertProfile? Asked { get; private set; }

    public DateTime? AskedAt { get; private set; }

    /// <summary>What the office said to the change he last asked for, for him to read; null before there is an answer.</summary>
    public string? ChangeAnswer { get; private set; }

    /// <summary>What he says of himself: with what waits for the office, for himself to work on.</summary>
    public ExpertProfile OwnProfile => Asked is null ? Profile : QualifyingFacts.With(Profile, Asked);

    /// <summary>A measure waits for its second person.</summary>
    public bool HasOpenMeasure { get; private set; }

    public Guid Version { get; set; }

    /// <summary>Divisions one by one.</summary>
    public IReadOnlyList<string> FieldList => Fields.Length == 0 ? [] : Fields.Split(',');

    /// <summary>The average of the ratings; null when there are none.</summary>
    public decimal? Rating => Ratings.Count == 0 ? null : decimal.Round(Ratings.Average(r => (decimal)r.Points), 1);

    /// <summary>Somebody asks to be taken in.</summary>
    /// <param name="source">本人申请, 单位推荐, 批量导入.</param>
    public static Expert Apply(Guid id, ExpertProfile profile, ExpertInterests interests, string source, DateTime at)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var expert = new Expert { Id = id, Source = source, AppliedAt = at, Status = ExpertStatus.Applied, Version = Guid.NewGuid() };
        expert.Describe(profile, interests);
        return expert;
    }

    public void NameRecommender(Guid id, string name) => (RecommenderId, RecommendedBy) = (id, name);

    /// <summary>Takes over the encrypted numbers.</summary>
    public void Keep(ExpertSecrets secrets, string? identityKey) => (Secrets, IdentityKey) = (secrets, identityKey);

    /// <summary>Experts who belong to the pool on a day; whether one is at hand on that day <see cref="IsAvailableOn"/> tells.</summary>
    public static Expression<Func<Expert, bool>> InPoolOn(DateOnly day) => e =>
        (e.Status == ExpertStatus.InPool || (e.Status == ExpertStatus.Suspended && e.SuspendedUntil != null && e.SuspendedUntil < day)) && e.TermTo != null && e.TermTo >= day;

    /// <summary>What holds on a day: a suspension ends and a term runs out by themselves.</summary>
    public ExpertStatus StatusOn(DateOnly day) => Status switch
    {
        ExpertStatus.Suspended when SuspendedUntil is null || SuspendedUntil >= day => ExpertStatus.Suspended,
        ExpertStatus.Suspended or ExpertStatus.InPool => TermTo >= day ? ExpertStatus.InPool : ExpertStatus.Expired,
        var other => other,
    };

    /// <summary>True when he may be drawn for that day.</summary>
    public bool IsAvailableOn(DateOnly day) => StatusOn(day) == ExpertStatus.InPool && !Leaves.Any(l => l.Covers(day));

    /// <summary>True when he has to look through his data again.</summary>
    public bool MustUpdate(DateOnly today, PoolRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return StatusOn(today) is ExpertStatus.InPool or ExpertStatus.Suspended && (UpdatedOn is null || UpdatedOn.Value.AddMonths(rules.UpdateMonths) <= today);
    }

    /// <summary>All of him that can stand against him, for <see cref="ConflictChecker"/>. What is not his own (who applies, who commands his unit) is added by the caller.</summary>
    public ExpertFacts Facts() => new()
    {
        ExpertId = Id.ToString("N"),
        Person = new Person(IdentityKey, Name),
        Ties = [new Tie(TieKind.Employment, new Unit(EmployerUscc, Employer), Profile.EmployedSince, null), .. Interests.Ties],
        Relatives = Interests.Relatives,
        Works = Interests.Works,
        Academic = Interests.Academic,
        Services = Interests.Services,
        Disputes = Interests.Disputes,
    };

    private void Describe(ExpertProfile profile, ExpertInterests interests)
    {
        Profile = profile;
        Interests = interests;
        Name = profile.Name;
        Employer = profile.Employer;
        EmployerUscc = profile.EmployerUscc;
        Title = profile.Title;
        Category = profile.Category;
        Fields = string.Join(',', profile.Fields);
        Keywords = string.Join('、', profile.Chains.Concat(profile.Specialities));
        CityCode = profile.CityCode;
    }
}
