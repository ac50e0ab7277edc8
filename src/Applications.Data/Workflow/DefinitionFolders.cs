using Applications.Domain.Common;
using Applications.Domain.Programmes;

namespace Applications.Data.Workflow;

/// <summary>A folder of definitions.</summary>
/// <param name="Key">The programme's key: the folder's name, or for a track of a programme <c>programme-track</c>.</param>
public sealed record DefinitionFolder(string Key, string Path)
{
    /// <summary>The text of a file of the folder.</summary>
    public string Read(string file) => File.ReadAllText(System.IO.Path.Combine(Path, file));
}

/// <summary>Finds the programmes below <c>workflows</c>: a folder with <c>programme.json</c>, or a group whose subfolders are the programme's tracks.</summary>
public static class DefinitionFolders
{
    /// <summary>All of them in the order of their keys; names that begin with an underscore are not programmes.</summary>
    /// <exception cref="DefinitionException">A folder is neither a programme nor a group, or is both.</exception>
    public static IReadOnlyList<DefinitionFolder> Find(string root)
    {
        var found = new List<DefinitionFolder>();
        foreach (var folder in Below(root))
        {
            var tracks = Below(folder).Where(IsProgramme).ToList();
            if (IsProgramme(folder) == tracks.Count > 0)
            {
                throw new DefinitionException(
                    Path.GetFileName(folder), "$", tracks.Count > 0 ? "A folder with programme.json has no tracks below it." : "Neither this folder nor one below it has a programme.json.");
            }

            found.AddRange(tracks.Count == 0
                ? [new DefinitionFolder(Path.GetFileName(folder), folder)]
                : tracks.Select(t => new DefinitionFolder($"{Path.GetFileName(folder)}-{Path.GetFileName(t)}", t)));
        }

        return [.. found.OrderBy(f => f.Key, StringComparer.Ordinal)];
    }

    private static bool IsProgramme(string folder) => File.Exists(Path.Combine(folder, ProgrammeFolder.ProgrammeFile));

    private static IEnumerable<string> Below(string folder) => Directory.GetDirectories(folder).Where(f => !Path.GetFileName(f).StartsWith('_'));
}
