using Applications.Domain.Forms;
using Applications.Web.Infrastructure.Startup;
using Microsoft.Extensions.Options;

namespace Applications.Web.Files;

/// <summary>How large a file may be: what the field says, and never more than the installation allows (<c>Storage:LargestFile</c>).</summary>
public sealed class UploadLimits(IOptions<StorageSettings> storage)
{
    /// <summary>Bytes.</summary>
    public long Largest => storage.Value.LargestFile;

    /// <summary>The installation's limit as pages name it.</summary>
    public string Words => WordsOf(Largest);

    /// <summary>Bytes.</summary>
    public long Of(FieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.MaxMegabytes is { } most ? Math.Min(most * 1024L * 1024, Largest) : Largest;
    }

    /// <summary>A limit as pages name it: 50 MB, 512 KB.</summary>
    public static string WordsOf(long bytes) => bytes >= 1024 * 1024 ? $"{bytes / 1024 / 1024} MB" : $"{Math.Max(1, bytes / 1024)} KB";
}
