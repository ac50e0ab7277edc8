using System.Diagnostics;
using System.Globalization;

namespace Applications.Testing.Databases;

/// <summary>
/// The PostgreSQL server tests run against: the one in <c>APPLICATIONS_TEST_POSTGRES</c> (a superuser's connection string, as
/// <c>tests/run.sh</c> sets it), otherwise a throw-away one started here from Debian's binaries, otherwise none with the reason.
/// One server per process, started at first use; it ends with the process.
/// </summary>
public sealed class PostgresServer
{
    private const string Variable = "APPLICATIONS_TEST_POSTGRES";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly Lazy<PostgresServer> Instance = new(Find);

    private PostgresServer(string? connectionString, string? unavailable, Process? process)
    {
        ConnectionString = connectionString;
        Unavailable = unavailable;
        Process = process;
    }

    public static PostgresServer Shared => Instance.Value;

    /// <summary>To the server's maintenance database; null when there is no server.</summary>
    public string? ConnectionString { get; }

    /// <summary>Why there is no server; null when there is one.</summary>
    public string? Unavailable { get; }

    // Held so that the pipe the server lives on stays open as long as this process does.
    private Process? Process { get; }

    /// <summary>The newest directory with Debian's server binaries, or null.</summary>
    internal static string? FindBinaries()
    {
        const string root = "/usr/lib/postgresql";
        return !Directory.Exists(root)
            ? null
            : Directory.GetDirectories(root)
                .Where(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out _))
                .OrderByDescending(d => int.Parse(Path.GetFileName(d), CultureInfo.InvariantCulture))
                .Select(d => Path.Combine(d, "bin"))
                .FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")));
    }

    private static PostgresServer Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return new(given, null, null);
        }

        return FindBinaries() is { } binaries
            ? Start(binaries)
            : new(null, $"no PostgreSQL: {Variable} is not set and no server is installed under /usr/lib/postgresql", null);
    }

    private static PostgresServer Start(string binaries)
    {
        // The text rather than the file: the account postgres need not be able to read where the tests lie.
        var script = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "throwaway-postgres.sh"));
        string[] command = ["sh", "-c", script, "throwaway-postgres", binaries];
        if (Environment.UserName == "root")
        {
            command = ["runuser", "-u", "postgres", "--", .. command];
        }

        var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;

        var answer = process.StandardOutput.ReadLineAsync();
        if (answer.Wait(StartLimit) && answer.Result?.Split(' ') is ["ready", var port])
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(process);
            return new($"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres", null, process);
        }

        Stop(process);
        return new(null, "no PostgreSQL: the throw-away server did not start, see its output above", null);
    }

    private static void Stop(Process process)
    {
        process.StandardInput.Close();
        process.WaitForExit(TimeSpan.FromSeconds(10));
    }
}
