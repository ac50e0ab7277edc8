namespace Applications.Web.Features.Enterprises;

/// <summary>Where in the enterprise record a thing is filled in.</summary>
public static class RecordLinks
{
    /// <param name="path">A prefill path, such as <c>enterprise.platforms</c>.</param>
    public static string Of(string path) => path.StartsWith("figures", StringComparison.Ordinal) ? "/enterprise#figures" : "/enterprise";
}
