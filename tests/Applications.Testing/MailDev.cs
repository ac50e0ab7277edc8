using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Applications.Testing;

/// <summary>maildev, a mail server with a mailbox that can be read over HTTP. <c>APPLICATIONS_TEST_MAILDEV</c> names its script, as <c>tests/run.sh</c> sets it.</summary>
public sealed class MailDev : IAsyncDisposable
{
    private const string Variable = "APPLICATIONS_TEST_MAILDEV";
    private static readonly string? Script = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given && File.Exists(given) ? given : null;

    private readonly HttpClient http;
    private Process? process;

    public MailDev()
    {
        (SmtpPort, var webPort) = (FreePort(), FreePort());
        WebPort = webPort;
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{webPort}") };
    }

    /// <summary>Why there is none, for the skip message; null when there is one.</summary>
    public static string? Unavailable => Script is null ? $"no maildev: {Variable} does not name its script" : null;

    public int SmtpPort { get; }

    private int WebPort { get; }

    /// <summary>Settings that make a host send here.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Mail:Mode"] = "Smtp",
        ["Mail:Host"] = "127.0.0.1",
        ["Mail:Port"] = $"{SmtpPort}",
    };

    public async Task StartAsync()
    {
        process = Process.Start(new ProcessStartInfo("node", [Script!, "--smtp", $"{SmtpPort}", "--web", $"{WebPort}", "--ip", "127.0.0.1", "--web-ip", "127.0.0.1"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(100))
        {
            try
            {
                await ReadAsync();
                return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
        }

        throw new TimeoutException("maildev did not answer.");
    }

    /// <summary>Every letter in the box as maildev describes it.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReadAsync() => await http.GetFromJsonAsync<List<JsonElement>>(new Uri("/email", UriKind.Relative)) ?? [];

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
