using Applications.Web.Infrastructure.Startup;
using Microsoft.Extensions.Options;

namespace Applications.Web.Infrastructure.Presentation;

/// <summary>Whose system this is, as pages name it.</summary>
public sealed class House(IOptions<SiteSettings> site, IHostEnvironment environment)
{
    public string Department => site.Value.Department;

    /// <summary>Not the real thing: pages say so, and documents carry a demonstration stamp.</summary>
    public bool IsDemo => !environment.IsProduction();

    /// <summary>Where objections are taken; empty when not set.</summary>
    public string Contact => site.Value.Contact;

    /// <summary>The department as it signs documents.</summary>
    public string Signature => IsDemo ? $"{Department}（演示）" : Department;
}
