using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Applications.Benchmarks.Load;
using Applications.Benchmarks.Reporting;
using Applications.Benchmarks.Serving;

namespace Applications.Benchmarks;

/// <summary>What a first visit brings over the wire: the page, its style sheet and scripts with what these import, as a browser asks for them.</summary>
internal sealed partial class WeightBenchmark : IBenchmark
{
    private const string BrowserEncodings = "gzip, deflate, br, zstd";
    private const double Most = 60;

    public string Name => "weight";

    public async Task<IReadOnlyList<Figure>> RunAsync(WebProgram program)
    {
        using var root = new TemporaryFolder();
        await using var server = await WebServer.StartAsync(program, root.Path);
        using var officer = await Session.SignInAsync(server.Port, "jingban");
        using var applicant = await Session.SignInAsync(server.Port, "qiye02");
        var shown = CaseLink().Match(await officer.GetAsync("/cases")).Groups["path"].Value;
        var draft = EditLink().Match(await applicant.GetAsync("/desk")).Value;
        var section = SectionLink().Match(await applicant.GetAsync(draft)).Value;
        return
        [
            .. await WeighAsync(server.Port, "home", "/", string.Empty),
            .. await WeighAsync(server.Port, "desk", "/desk", officer.Cookies),
            .. await WeighAsync(server.Port, "case", shown, officer.Cookies),
            .. await WeighAsync(server.Port, "edit section", section, applicant.Cookies),
        ];
    }

    private static async Task<IReadOnlyList<Figure>> WeighAsync(int port, string what, string path, string cookies)
    {
        var (html, page) = await FetchAsync(port, path, cookies);
        double css = 0;
        double js = 0;
        HashSet<string> seen = [];
        Queue<string> links = new(AssetLink().Matches(html).Select(m => m.Groups["path"].Value));
        while (links.TryDequeue(out var link))
        {
            if (!seen.Add(link))
            {
                continue;
            }

            var (text, bytes) = await FetchAsync(port, link, string.Empty);
            if (link.Contains(".css", StringComparison.Ordinal))
            {
                css += bytes;
                continue;
            }

            js += bytes;
            foreach (Match import in Import().Matches(text))
            {
                links.Enqueue(new Uri(new Uri("http://x" + link), import.Groups["path"].Value).PathAndQuery);
            }
        }

        return
        [
            new($"first visit, {what}", (page + css + js) / 1024.0, "KB", Bound.AtMost, Most),
            new("  page", page / 1024.0, "KB"),
            new("  style sheets", css / 1024, "KB"),
            new("  scripts", js / 1024, "KB"),
        ];
    }

    /// <summary>The text as it reads, and how many bytes it was on the wire.</summary>
    private static async Task<(string Text, int Bytes)> FetchAsync(int port, string path, string cookies)
    {
        using var connection = await HttpConnection.OpenAsync(port);
        await connection.SendAsync(HttpRequests.Get(path, cookies, BrowserEncodings));
        if (connection.Status != 200)
        {
            throw new InvalidOperationException($"{path}: {connection.Status}");
        }

        // A page leaves the program as it is and is compressed by the proxy in front of it, at this level.
        var bytes = connection.Head.Contains("Content-Encoding", StringComparison.OrdinalIgnoreCase) ? connection.Body.Length : Compressed(connection.Body);
        await connection.SendAsync(HttpRequests.Get(path, cookies));
        return (Encoding.UTF8.GetString(connection.Body), bytes);
    }

    private static int Compressed(ReadOnlySpan<byte> body)
    {
        using var sink = new MemoryStream();
        using (var gzip = new GZipStream(sink, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return (int)sink.Length;
    }

    [GeneratedRegex("""<a href="(?<path>/cases/[0-9a-f-]{36})">""")]
    private static partial Regex CaseLink();

    [GeneratedRegex("""/cases/[0-9a-f-]{36}/edit(?=")""")]
    private static partial Regex EditLink();

    [GeneratedRegex("""/cases/[0-9a-f-]{36}/edit/[A-Za-z0-9-]+(?=")""")]
    private static partial Regex SectionLink();

    [GeneratedRegex("""(?:<link rel="stylesheet" href|<script[^>]* src)="(?<path>[^"]+)""")]
    private static partial Regex AssetLink();

    // Also those that come only where the page has something for them.
    [GeneratedRegex("""["'](?<path>\./[^"']+\.js)["']""")]
    private static partial Regex Import();
}
