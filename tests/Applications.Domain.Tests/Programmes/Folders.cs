using Applications.Domain.Programmes;

namespace Applications.Domain.Tests.Programmes;

/// <summary>The programme folders of the repository.</summary>
internal static class Folders
{
    public const string Main = "one-enterprise-one-technology";

    private static readonly Lazy<ProgrammeFolder> Parsed = new(() => Load(Main));

    public static string Root { get; } = FindRoot();

    public static ProgrammeFolder OneTechnology => Parsed.Value;

    /// <summary>All programmes by key; a track's is <c>programme-track</c>.</summary>
    public static IEnumerable<string> Keys => Paths.Keys.Order(StringComparer.Ordinal);

    private static Dictionary<string, string> Paths { get; } = Directory.GetFiles(Root, "programme.json", SearchOption.AllDirectories)
        .Select(f => Path.GetDirectoryName(f)!).ToDictionary(f => Path.GetRelativePath(Root, f).Replace(Path.DirectorySeparatorChar, '-'));

    public static SampleApplication Sample { get; } = SampleOf(Main);

    public static SampleApplication SampleOf(string folder) => SampleApplication.Parse(Read(folder, SampleApplication.FileName), SampleApplication.FileName);

    public static ProgrammeFolder Load(string folder) => ProgrammeFolder.Parse(folder, file => Read(folder, file));

    public static string Read(string folder, string file) => File.ReadAllText(Path.Combine(Paths[folder], file));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "workflows", "_schema")))
            {
                return Path.Combine(folder.FullName, "workflows");
            }
        }

        throw new DirectoryNotFoundException("There is no workflows folder above the tests.");
    }
}
