using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Applications.Benchmarks.Serving;

/// <summary>The program as it is installed, compiled ahead for this machine: published once a run, or given by <c>--program</c>.</summary>
internal sealed class WebProgram(string? given)
{
    private string? folder = given;

    /// <summary>The folder with <c>Applications.Web.dll</c>.</summary>
    public async Task<string> FolderAsync()
    {
        if (folder is not null)
        {
            return folder;
        }

        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Directory.Packages.props")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The benchmarks run inside the repository.");
        }

        var target = Path.Combine(root.FullName, "artifacts", "benchmarks", "web");
        if (!await PublishAsync(root.FullName, target, ["-r", RuntimeInformation.RuntimeIdentifier, "-p:NuGetLockFilePath=obj/publish.lock.json"]))
        {
            await Console.Error.WriteLineAsync("Compiling ahead needs a package that this feed does not have; going on without.");
            if (!await PublishAsync(root.FullName, target, []))
            {
                throw new InvalidOperationException("The program could not be published.");
            }
        }

        return folder = target;
    }

    private static async Task<bool> PublishAsync(string root, string target, string[] options)
    {
        using var publish = Process.Start(new ProcessStartInfo(
            "dotnet", ["publish", Path.Combine(root, "src", "Applications.Web"), "-c", "Release", "-o", target, "-v", "quiet", .. options])
        {
            // What this process was started with is not for the build it starts.
            Environment = { ["MSBUILD_EXE_PATH"] = null, ["MSBuildSDKsPath"] = null },
        })!;
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0;
    }
}
