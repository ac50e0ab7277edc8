using Applications.Domain.Experts;
using Applications.Domain.Experts.Conflicts;
using Applications.Domain.Identifiers;

namespace Applications.Web.Features.Experts;

/// <summary>An expert's data as they are typed, by himself, by his organisation or out of a table.</summary>
public sealed class ExpertInput
{
    private static readonly char[] Separators = ['、', '，', ',', '；', ';', '\n'];

    public string? Name { get; set; }

    public int? BirthYear { get; set; }

    public bool IsAcademician { get; set; }

    public EntryGround? Ground { get; set; }

    public string? Title { get; set; }

    public string? Position { get; set; }

    public string? Licence { get; set; }

    public string? Category { get; set; }

    public int? WorkingSince { get; set; }

    public int? ManagerSince { get; set; }

    public string? Employer { get; set; }

    public string? EmployerUscc { get; set; }

    public DateOnly? EmployedSince { get; set; }

    public string? CityCode { get; set; }

    /// <summary>GB/T 4754 divisions with their letter.</summary>
    public List<string> Fields { get; set; } = [];

    public string? Chains { get; set; }

    public string? Specialities { get; set; }

    public string? Achievements { get; set; }

    public List<TieRow> Ties { get; set; } = [];

    public List<RelativeRow> Relatives { get; set; } = [];

    public List<WorkRow> Works { get; set; } = [];

    public List<ServiceRow> Services { get; set; } = [];

    /// <summary>Teachers and students, by name.</summary>
    public string? Academic { get; set; }

    public string? Phone { get; set; }

    public string? Identity { get; set; }

    public string? Bank { get; set; }

    public static ExpertInput Of(Expert expert)
    {
        ArgumentNullException.ThrowIfNull(expert);
        var (profile, interests) = (expert.OwnProfile, expert.Interests);
        return new ExpertInput
        {
            Name = profile.Name,
            BirthYear = profile.BirthYear,
            IsAcademician = profile.IsAcademician,
            Ground = profile.Ground,
            Title = profile.Title,
            Position = profile.Position,
            Licence = profile.Licence,
            Category = profile.Category,
            WorkingSince = profile.WorkingSince,
            ManagerSince = profile.ManagerSince,
            Employer = profile.Employer,
            EmployerUscc = profile.EmployerUscc,
            EmployedSince = profile.EmployedSince,
            CityCode = profile.CityCode,
            Fields = [.. profile.Fields],
            Chains = string.Join('、', profile.Chains),
            Specialities = string.Join('、', profile.Specialities),
            Achievements = profile.Achievements,
            Ties = [.. interests.Ties.Select(TieRow.Of)],
            Relatives = [.. interests.Relatives.SelectMany(RelativeRow.Of)],
            Works = [.. interests.Works.SelectMany(WorkRow.Of)],
            Services = [.. interests.Services.Select(ServiceRow.Of)],
            Academic = string.Join('、', interests.Academic.Select(p => p.Name)),
        };
    }

    /// <summary>Rows in which nothing was typed are not rows; nor is a key for which nothing was posted.</summary>
    public void DropEmptyRows()
    {
        Ties.RemoveAll(r => r is null || r.IsEmpty);
        Relatives.RemoveAll(r => r is null || r.IsEmpty);
        Works.RemoveAll(r => r is null || r.IsEmpty);
        Services.RemoveAll(r => r is null || r.IsEmpty);
    }

    /// <summary>The checked input as a profile.</summary>
    public ExpertProfile ToProfile() => new()
    {
        Name = Name!.Trim(),
        BirthYear = BirthYear!.Value,
        IsAcademician = IsAcademician,
        Ground = Ground!.Value,
        Title = Title!.Trim(),
        Position = Trimmed(Position),
        Licence = Trimmed(Licence),
        Category = Category!,
        WorkingSince = WorkingSince!.Value,
        ManagerSince = ManagerSince,
        Employer = Employer!.Trim(),
        EmployerUscc = string.IsNullOrWhiteSpace(EmployerUscc) ? null : Uscc.Normalise(EmployerUscc),
        EmployedSince = EmployedSince!.Value,
        CityCode = CityCode!,
        Fields = [.. Fields.Distinct().Order(StringComparer.Ordinal)],
        Chains = Split(Chains),
        Specialities = Split(Specialities),
        Achievements = Trimmed(Achievements),
    };

    /// <summary>The checked input as declared interests. What the form does not ask for stays as it was.</summary>
    public ExpertInterests ToInterests(ExpertInterests? before = null) => (before ?? new ExpertInterests()) with
    {
        Ties = [.. Ties.Select(r => r.ToTie())],
        Relatives = [.. Relatives.Select(r => r.ToRelative())],
        Works = [.. Works.Select(r => r.ToWork())],
        Services = [.. Services.Select(r => r.ToService())],
        Academic = [.. Split(Academic).Select(n => new Person(null, n))],
    };

    internal static IReadOnlyList<string> Split(string? text) =>
        (text ?? string.Empty).Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
