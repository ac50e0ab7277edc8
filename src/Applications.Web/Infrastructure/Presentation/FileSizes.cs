using System.Globalization;

namespace Applications.Web.Infrastructure.Presentation;

public static class FileSizes
{
    /// <summary>512 字节, 34 KB, 2.1 MB</summary>
    public static string Words(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} 字节",
        < 1024 * 1024 => $"{bytes / 1024} KB",
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024m * 1024m):0.#} MB"),
    };
}
