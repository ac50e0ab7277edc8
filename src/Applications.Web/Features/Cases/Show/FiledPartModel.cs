using Applications.Domain.Forms;

namespace Applications.Web.Features.Cases.Show;

/// <summary>A section of what was filed, to be read.</summary>
/// <param name="Changed">Fields that differ from the filing before.</param>
/// <param name="Marks">What is asked about each field; null for a reader who asks nothing.</param>
/// <param name="Open">Unfolded from the start.</param>
public sealed record FiledPartModel(SectionDefinition Part, Answers Filed, IReadOnlySet<string> Changed, IReadOnlyDictionary<string, string?>? Marks, bool Open)
{
    /// <summary>The sections that hold anything to read.</summary>
    public static IEnumerable<SectionDefinition> Of(FormDefinition form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return form.Sections.Where(s => s.Fields.Any(f => f.Kind is not (FieldKind.Computed or FieldKind.Files)));
    }
}
