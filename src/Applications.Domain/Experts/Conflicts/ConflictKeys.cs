namespace Applications.Domain.Experts.Conflicts;

/// <summary>
/// What an expert or a file could meet in a rule: codes and names of units, keys and names of persons, the batch, the file itself. Where two share none of these no rule of
/// <see cref="ConflictChecker"/> can hold between them, so that of a whole pool only few pairs have to be looked at.
/// </summary>
public static class ConflictKeys
{
    public static IReadOnlySet<string> Of(ExpertFacts expert)
    {
        ArgumentNullException.ThrowIfNull(expert);
        var found = new HashSet<string>(StringComparer.Ordinal);
        found.Add(expert.Person);
        foreach (var unit in expert.Ties.Select(t => t.Unit).Concat(expert.Relatives.SelectMany(r => r.Ties).Select(t => t.Unit)).Concat(expert.Works.SelectMany(w => w.Units))
            .Concat(expert.Services.Select(s => s.For)).Concat(expert.Disputes.Select(d => d.With)))
        {
            found.Add(unit);
        }

        foreach (var person in expert.Relatives.Select(r => r.Person).Concat(expert.Works.SelectMany(w => w.People)).Concat(expert.Academic))
        {
            found.Add(person);
        }

        foreach (var control in expert.Controls)
        {
            found.Add(control);
        }

        found.UnionWith(expert.Filings.Select(f => Filing(f.ProgrammeId, f.BatchId)));
        found.UnionWith(expert.Services.Select(s => s.CaseId).OfType<string>().Concat(expert.Declarations.Select(d => d.CaseId)).Select(File));
        return found;
    }

    public static IReadOnlySet<string> Of(CaseFacts file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var found = new HashSet<string>(StringComparer.Ordinal) { File(file.CaseId), Filing(file.ProgrammeId, file.BatchId) };
        foreach (var unit in file.Shareholders.Concat(file.Partners).Concat(file.RecommendingUnits).Append(file.Applicant))
        {
            found.Add(unit);
        }

        if (file.ProjectLeader is { } leader)
        {
            found.Add(leader);
        }

        if (file.Control is { } control)
        {
            found.Add(control);
        }

        foreach (var avoidance in file.Avoidances)
        {
            found.Add(new Person(null, avoidance.Name));
        }

        return found;
    }

    private static void Add(this HashSet<string> found, Control control)
    {
        foreach (var unit in control.Parents.Append(control.Unit))
        {
            found.Add(unit);
        }

        foreach (var person in control.Controllers.Concat(control.LegalRepresentative is { } one ? [one] : []))
        {
            found.Add(person);
        }
    }

    /// <summary>By code and by name: a name counts where one side has no code.</summary>
    private static void Add(this HashSet<string> found, Unit unit)
    {
        if (!string.IsNullOrWhiteSpace(unit.Uscc))
        {
            found.Add($"u:{unit.Uscc.Trim().ToUpperInvariant()}");
        }

        found.Add($"n:{unit.Name.Trim()}");
    }

    private static void Add(this HashSet<string> found, Person person)
    {
        if (person.Key is not null)
        {
            found.Add($"k:{person.Key}");
        }

        found.Add($"p:{person.Name.Trim()}");
    }

    private static string Filing(string programme, string batch) => $"b:{programme}:{batch}";

    private static string File(string id) => $"c:{id}";
}
