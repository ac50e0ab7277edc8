using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;

namespace Applications.Domain.Tests.Workflow;

/// <summary>
/// The reference page and the schema say what the catalogue says, and the charts of the repository are drawn so that they can be read. To write both files
/// anew: <c>UPDATE_REFERENCE=1</c> in the environment, and run this class.
/// </summary>
public sealed class ReferenceTests
{
    private static string Folder
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Applications.sln")))
            {
                folder = Path.GetDirectoryName(folder)!;
            }

            return Path.Combine(folder, "workflows");
        }
    }

    [Fact]
    public void Page_IsWhatTheCatalogueSays() => Compare(Path.Combine(Folder, "ACTIVITIES.md"), _ => ActivityReference.Markdown(Vocabulary.Known));

    [Fact]
    public void Schema_IsWhatTheCatalogueSays() =>
        Compare(Path.Combine(Folder, "_schema", "workflow.schema.json"), present => ActivityReference.Schema(Vocabulary.Known, present));

    [Fact]
    public void Catalogue_EveryKindAndInput_IsExplained() => Assert.All(ActivityCatalog.All, kind =>
    {
        Assert.NotEmpty(kind.Summary);
        Assert.NotEmpty(kind.Leaves);
        Assert.All(kind.Inputs, i => Assert.NotEmpty(i.Doc));
        Assert.Distinct(kind.Inputs.Select(i => i.Name));
    });

    [Theory]
    [MemberData(nameof(Files))]
    public void Chart_Boxes_DoNotOverlap(string file)
    {
        var boxes = Definitions.Load(file).Activities.Select(a => (a.Id, a.Box)).ToList();
        foreach (var (one, other) in boxes.SelectMany((a, i) => boxes.Skip(i + 1).Select(b => (a, b))))
        {
            var apart = one.Box.X + one.Box.Width <= other.Box.X || other.Box.X + other.Box.Width <= one.Box.X
                || one.Box.Y + one.Box.Height <= other.Box.Y || other.Box.Y + other.Box.Height <= one.Box.Y;
            Assert.True(apart, $"{file}: '{one.Id}' and '{other.Id}' lie over one another.");
        }
    }

    public static TheoryData<string> Files => Definitions.Files;

    private static void Compare(string path, Func<string, string> write)
    {
        var present = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : string.Empty;
        var expected = write(present).ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("UPDATE_REFERENCE") == "1")
        {
            File.WriteAllText(path, expected);
            return;
        }

        Assert.Equal(expected, present);
    }
}
