using Applications.Domain.Programmes;

namespace Applications.Domain.Tests.Programmes;

/// <summary>The programme folders of the repository.</summary>
internal static class Folders
{
    public const string Main = "one-enterprise-one-technology";

    private static readonly Lazy<ProgrammeFolder> Parsed = new(() => Load(Main));

    public static string Root { get; } = FindRoot();

    public static ProgrammeFolder OneTechnology => Parsed.Value;

    public static SampleApplication Sample { get; } = SampleApplication.Parse(Read(Main, SampleApplication.FileName), SampleApplication.FileName);

    public static ProgrammeFolder Load(string folder) => ProgrammeFolder.Parse(folder, file => Read(folder, file));

    public static string Read(string folder, string file) => File.ReadAllText(Path.Combine(Root, folder, file));

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
