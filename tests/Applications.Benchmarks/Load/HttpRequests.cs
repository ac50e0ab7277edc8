using System.Globalization;
using System.Text;

namespace Applications.Benchmarks.Load;

/// <summary>Requests as bytes, made before they are timed.</summary>
internal static class HttpRequests
{
    /// <param name="cookies">The value of the Cookie header; empty for none.</param>
    /// <param name="encoding">What the client accepts, as a browser would; empty for plain text.</param>
    public static byte[] Get(string path, string cookies, string encoding = "") =>
        Encoding.UTF8.GetBytes($"GET {path} HTTP/1.1\r\n{Headers(cookies, encoding)}\r\n");

    public static byte[] Post(string path, string cookies, IEnumerable<(string Name, string Value)> fields)
    {
        var form = string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Name)}={Uri.EscapeDataString(f.Value)}"));
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\n{Headers(cookies, string.Empty)}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\n\r\n{form}"));
    }

    private static string Headers(string cookies, string encoding) =>
        "Host: 127.0.0.1\r\n"
        + (cookies.Length > 0 ? $"Cookie: {cookies}\r\n" : "")
        + (encoding.Length > 0 ? $"Accept-Encoding: {encoding}\r\n" : "");
}
