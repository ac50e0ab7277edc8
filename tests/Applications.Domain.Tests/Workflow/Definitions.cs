using System.Runtime.CompilerServices;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;

namespace Applications.Domain.Tests.Workflow;

/// <summary>The real definition files of the repository.</summary>
internal static class Definitions
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "../../../workflows"));

    public static TheoryData<string> Files => [.. Directory.GetFiles(Root, "*.workflow.json", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Root, f)).Order(StringComparer.Ordinal)];

    /// <summary>The facts that list the panels of all rounds.</summary>
    public static IReadOnlyList<string> PanelFacts { get; } = [.. Files.SelectMany(f => Load(f.Data).Activities)
        .Select(a => a.Settings).OfType<PanelReviewSettings>().Select(s => s.PanelFact).Distinct().Order(StringComparer.Ordinal)];

    public static WorkflowDefinition Load(string file) =>
        WorkflowLoader.Load(File.ReadAllText(Path.Combine(Root, file)), file, Vocabulary.Known);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
