using Applications.Domain.Enterprises.Record;

namespace Applications.Web.Features.Enterprises;

/// <summary>Where in the enterprise record a thing is filled in.</summary>
public static class RecordLinks
{
    /// <param name="path">A prefill path, such as <c>enterprise.platforms</c>.</param>
    public static string Of(string path)
    {
        var field = path.StartsWith(RecordForm.Figures, StringComparison.Ordinal) ? RecordForm.Figures : path.Split('.', '[') is [_, var name, ..] ? name : path;
        return RecordForm.Definition.Sections.FirstOrDefault(s => s.Fields.Any(f => f.Key == field)) is { } section ? Of(section.Key, field) : "/enterprise";
    }

    /// <param name="section">A section of the record.</param>
    /// <param name="field">Where on its page.</param>
    public static string Of(string section, string? field) => section switch
    {
        RecordForm.Identity => "/enterprise/identity",
        RecordForm.Figures => "/enterprise/identity#figures",
        _ => $"/enterprise/{section}{(field is null ? "" : $"#{field}")}",
    };
}
