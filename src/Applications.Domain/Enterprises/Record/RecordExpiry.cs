namespace Applications.Domain.Enterprises.Record;

/// <summary>Something in the record that ends, or has ended.</summary>
public sealed record ExpiringEntry(string SectionKey, string FieldKey, string Name, DateOnly Until)
{
    public bool IsOver(DateOnly today) => Until < today;
}

/// <summary>What of the record has a last day of validity near or past.</summary>
public static class RecordExpiry
{
    /// <summary>How long before its end an entry is told of; long enough to renew a certificate.</summary>
    public const int NoticeDays = 60;

    public static IReadOnlyList<ExpiringEntry> Of(EnterpriseProfile profile, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var systems = RecordForm.Definition.FindField("certificates")!.FindColumn("kind")!.Options;
        return
        [
            .. profile.Qualifications.Select(q => (Field: "qualifications", q.Name, Until: q.ExpiresOn))
                .Concat(profile.Certificates.Select(c => (Field: "certificates", Name: systems.FirstOrDefault(o => o.Value == c.Kind)?.Label ?? c.Kind, Until: c.ValidUntil)))
                .Concat(profile.Trademarks.Select(t => (Field: "trademarks", Name: $"商标“{t.Name}”", Until: t.ValidUntil)))
                .Where(e => e.Until <= today.AddDays(NoticeDays))
                .Select(e => new ExpiringEntry(SectionOf(e.Field), e.Field, e.Name, e.Until!.Value))
                .OrderBy(e => e.Until),
        ];
    }

    private static string SectionOf(string field) => RecordForm.Definition.Sections.First(s => s.Fields.Any(f => f.Key == field)).Key;
}
