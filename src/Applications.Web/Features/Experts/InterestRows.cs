using System.Globalization;
using Applications.Domain.Experts.Conflicts;

namespace Applications.Web.Features.Experts;

/// <summary>A row of a declaration as it is typed: texts, so that nothing that does not parse is lost.</summary>
public abstract class InterestRow
{
    /// <summary>Nothing was typed into it.</summary>
    public bool IsEmpty => GetType().GetProperties().Where(p => p.PropertyType == typeof(string)).All(p => string.IsNullOrWhiteSpace(p.GetValue(this) as string));

    internal static DateOnly? Day(string? text) => DateOnly.TryParseExact(text?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    protected static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    protected static Unit UnitOf(string? uscc, string? name) => new(string.IsNullOrWhiteSpace(uscc) ? null : uscc.Trim().ToUpperInvariant(), name?.Trim() ?? string.Empty);
}

/// <summary>An earlier employment, an advisory post, shares.</summary>
public sealed class TieRow : InterestRow
{
    public string? Kind { get; set; }

    public string? Unit { get; set; }

    public string? Uscc { get; set; }

    public string? From { get; set; }

    public string? To { get; set; }

    public static TieRow Of(Tie tie) => new() { Kind = tie.Kind.ToString(), Unit = tie.Unit.Name, Uscc = tie.Unit.Uscc, From = Text(tie.From), To = Text(tie.To) };

    public Tie ToTie() => new(Enum.Parse<TieKind>(Kind!), UnitOf(Uscc, Unit), Day(From)!.Value, Day(To));
}

/// <summary>A relative and one tie of his.</summary>
public sealed class RelativeRow : InterestRow
{
    public string? Relation { get; set; }

    public string? Name { get; set; }

    public string? Kind { get; set; }

    public string? Unit { get; set; }

    public string? Uscc { get; set; }

    public string? From { get; set; }

    public static IEnumerable<RelativeRow> Of(Relative relative) => relative.Ties.Select(t => new RelativeRow
    {
        Relation = relative.Relation,
        Name = relative.Person.Name,
        Kind = t.Kind.ToString(),
        Unit = t.Unit.Name,
        Uscc = t.Unit.Uscc,
        From = Text(t.From),
    });

    public Relative ToRelative() => new(new Person(null, Name!.Trim()), Relation!.Trim(), [new Tie(Enum.Parse<TieKind>(Kind!), UnitOf(Uscc, Unit), Day(From)!.Value, null)]);
}

/// <summary>A patent, project or publication with others.</summary>
public sealed class WorkRow : InterestRow
{
    public string? Kind { get; set; }

    public string? Title { get; set; }

    public string? Unit { get; set; }

    public string? Uscc { get; set; }

    public string? Person { get; set; }

    public string? Until { get; set; }

    public static IEnumerable<WorkRow> Of(SharedWork work) =>
        Enumerable.Range(0, Math.Max(1, Math.Max(work.Units.Count, work.People.Count))).Select(i => new WorkRow
        {
            Kind = work.Kind.ToString(),
            Title = work.Title,
            Unit = work.Units.ElementAtOrDefault(i)?.Name,
            Uscc = work.Units.ElementAtOrDefault(i)?.Uscc,
            Person = work.People.ElementAtOrDefault(i)?.Name,
            Until = Text(work.Until),
        });

    public SharedWork ToWork() => new(
        Enum.Parse<WorkKind>(Kind!), Title!.Trim(), Day(Until),
        string.IsNullOrWhiteSpace(Unit) && string.IsNullOrWhiteSpace(Uscc) ? [] : [UnitOf(Uscc, Unit)],
        string.IsNullOrWhiteSpace(Person) ? [] : [new Person(null, Person.Trim())]);
}

/// <summary>A test or advice for an enterprise.</summary>
public sealed class ServiceRow : InterestRow
{
    public string? Kind { get; set; }

    public string? Unit { get; set; }

    public string? Uscc { get; set; }

    public string? On { get; set; }

    public string? What { get; set; }

    public static ServiceRow Of(Service service) => new() { Kind = service.Kind.ToString(), Unit = service.For.Name, Uscc = service.For.Uscc, On = Text(service.On), What = service.What };

    public Service ToService() => new(Enum.Parse<ServiceKind>(Kind!), null, UnitOf(Uscc, Unit), Day(On)!.Value, What?.Trim() ?? string.Empty);
}
