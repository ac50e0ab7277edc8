using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Applications.Benchmarks.Bulk;
using Applications.Benchmarks.Load;
using Applications.Benchmarks.Reporting;
using Applications.Benchmarks.Serving;
using Applications.Testing;
using Applications.Testing.Databases;

namespace Applications.Benchmarks;

/// <summary>The evening before the deadline: 5,000 autosaves a minute of a whole section each, while others file. Latencies count from the moment a save was due, so waiting in line is in them.</summary>
internal sealed class AutosaveBenchmark : IBenchmark
{
    private const int PerMinute = 5_000;
    private const int People = 30;
    private const int Typists = 100;
    private const int Submitters = 8;
    private const string Section = "centre";
    private const string Typed = "coreTechnologyDescription";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1) * Typists / PerMinute;
    private static readonly TimeSpan SubmitInterval = TimeSpan.FromSeconds(1);

    public string Name => "autosave";

    public async Task<IReadOnlyList<Figure>> RunAsync(WebProgram program)
    {
        await using var database = await TestDatabases.CreateAsync(TestDatabases.Postgres);
        using var root = new TemporaryFolder();
        await using var server = await WebServer.StartAsync(program, root.Path, database);
        await using var db = Databases.Open(database);
        var submits = Submitters * (int)((WarmUp + Measured) / SubmitInterval);
        var owners = await SubmitBenchmark.AddDraftsAsync(db, TestDatabases.Postgres, People, People * ((submits / Submitters) + 2));
        var typists = (await Task.WhenAll(owners.Skip(Submitters).Select(o => TypistsAsync(server.Port, o.UserName, o.Drafts)))).SelectMany(t => t).Take(Typists).ToList();
        var posts = await Task.WhenAll(owners.Take(Submitters).Select(o => SubmitBenchmark.FormsAsync(server.Port, o.UserName, o.Drafts.Take(submits / Submitters))));
        if (typists.Count < Typists || posts.Any(p => p.Count < submits / Submitters))
        {
            throw new InvalidOperationException($"Only {typists.Count} typists and {posts.Sum(p => p.Count)} drafts to file.");
        }

        var began = Stopwatch.GetTimestamp();
        var cpu = server.CpuTime;
        var typing = typists.Select((t, i) => Task.Run(() => PaceAsync(server.Port, began, Interval * i / Typists, Interval, 200, t.Next, t.Take))).ToList();
        var filing = posts.Select((p, i) => Task.Run(() => PaceAsync(server.Port, began, SubmitInterval * i / Submitters, SubmitInterval, 302, n => p[n], _ => { }))).ToList();
        List<double> saved = [.. (await Task.WhenAll(typing)).SelectMany(l => l).Order()];
        List<double> filed = [.. (await Task.WhenAll(filing)).SelectMany(l => l).Order()];
        cpu = server.CpuTime - cpu;
        return
        [
            new($"autosave, PostgreSQL, {Typists} people, beside {filed.Count / Measured.TotalSeconds:0} submits/s", saved.Count / Measured.TotalMinutes, "/min", Bound.AtLeast, PerMinute * 0.98),
            new("  99th percentile, from when it was due", saved[saved.Count * 99 / 100], "ms", Bound.AtMost, 300),
            new("  median", saved[saved.Count / 2], "ms"),
            new("  99th percentile of the submits beside it", filed[filed.Count * 99 / 100], "ms", Bound.AtMost, 500),
            new("  processors the server used", cpu / (WarmUp + Measured), ""),
        ];
    }

    /// <summary>One request when each is due; the latencies in ms of those after the warm-up.</summary>
    private static async Task<List<double>> PaceAsync(int port, long began, TimeSpan offset, TimeSpan interval, int status, Func<int, byte[]> next, Action<HttpConnection> answered)
    {
        using var connection = await HttpConnection.OpenAsync(port);
        List<double> latencies = [];
        for (var n = 0; ; n++)
        {
            var due = offset + (interval * n);
            if (due >= WarmUp + Measured)
            {
                return latencies;
            }

            if (due - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } early)
            {
                await Task.Delay(early);
            }

            await connection.SendAsync(next(n));
            var taken = Stopwatch.GetElapsedTime(began) - due;
            if (connection.Status != status)
            {
                throw new InvalidOperationException($"Answer {connection.Status} where {status} was expected: {Encoding.UTF8.GetString(connection.Body)}");
            }

            answered(connection);
            if (due >= WarmUp)
            {
                latencies.Add(taken.TotalMilliseconds);
            }
        }
    }

    private static async Task<List<Typist>> TypistsAsync(int port, string userName, List<Guid> drafts)
    {
        using var session = await Session.SignInAsync(port, userName);
        List<Typist> typists = [];
        foreach (var path in drafts.Take(6).Select(d => $"/cases/{d}/edit/{Section}"))
        {
            var page = await FormClient.ParseAsync(await session.GetAsync(path));
            typists.Add(new Typist(path, session.Cookies, FormClient.FieldsOf(page, "form[data-autosave]").ToDictionary(f => f.Key, f => f.Value)));
        }

        return typists;
    }

    /// <summary>Somebody at an open section, whose page takes over version and fingerprints from each answer as the script does.</summary>
    private sealed class Typist(string path, string cookies, Dictionary<string, string> fields)
    {
        public byte[] Next(int number)
        {
            fields[Typed] = $"{number.ToString(CultureInfo.InvariantCulture)}. 以自主设计的高速主轴与在线补偿算法提高加工精度，形成发明专利与企业标准，主导产品进入国内重点用户。";
            return HttpRequests.Post($"{path}?handler=Autosave", cookies, fields.Select(f => (f.Key, f.Value)));
        }

        public void Take(HttpConnection answer)
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(answer.Body));
            fields["Version"] = json.RootElement.GetProperty("version").GetString()!;
            fields["Base"] = json.RootElement.GetProperty("base").GetRawText();
        }
    }
}
