using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Applications.Benchmarks.Load;
using Applications.Testing.Databases;

namespace Applications.Benchmarks.Serving;

/// <summary>The real program as a process of its own: Kestrel on the loopback, Production's logging, demonstration data.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private readonly Process process;

    private WebServer(Process process, int port, TimeSpan startedIn)
    {
        this.process = process;
        Port = port;
        StartedIn = startedIn;
    }

    public int Port { get; }

    /// <summary>From the start of the process to the last byte of the first page.</summary>
    public TimeSpan StartedIn { get; }

    /// <summary>Processor time the server has used so far, kernel's included.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public double ResidentMegabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1024.0 / 1024.0;
        }
    }

    /// <param name="root">The installation's folder: uploads, mail, and SQLite's file when <paramref name="database"/> is null.</param>
    public static async Task<WebServer> StartAsync(WebProgram program, string root, TestDatabase? database = null)
    {
        var folder = await program.FolderAsync();
        var port = FreePort();
        var info = new ProcessStartInfo("dotnet", [Path.Combine(folder, "Applications.Web.dll")])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Not Production, which refuses demonstration data; everything else is as there.
        info.Environment["ASPNETCORE_ENVIRONMENT"] = "Staging";
        info.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        info.Environment["Site__Demo"] = "true";
        info.Environment["Storage__Root"] = root;
        info.Environment["Database__Provider"] = database?.Provider ?? TestDatabases.Sqlite;
        if (database is not null)
        {
            info.Environment["ConnectionStrings__Applications"] = database.ConnectionString;
        }

        var watch = Stopwatch.StartNew();
        var process = Process.Start(info)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await FirstPageAsync(process, port, watch);
            return new WebServer(process, port, watch.Elapsed);
        }
        catch
        {
            await StopAsync(process);
            throw;
        }
    }

    public ValueTask DisposeAsync() => StopAsync(process);

    private static async Task FirstPageAsync(Process process, int port, Stopwatch watch)
    {
        while (true)
        {
            try
            {
                using var connection = await HttpConnection.OpenAsync(port);
                await connection.SendAsync(HttpRequests.Get("/", string.Empty));
                if (connection.Status == 200)
                {
                    return;
                }
            }
            catch (SocketException) when (!process.HasExited && watch.Elapsed < StartLimit)
            {
                // Not listening yet.
            }

            await Task.Delay(5);
        }
    }

    private static async ValueTask StopAsync(Process process)
    {
        if (!process.HasExited)
        {
            // Asked first, so that a database connection is closed rather than lost.
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
            }
        }

        process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
