using System.Runtime.CompilerServices;
using Applications.Domain.Workflow;

namespace Applications.Domain.Tests.Workflow;

/// <summary>The real definition files of the repository.</summary>
internal static class Definitions
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "../../../workflows"));

    public static TheoryData<string> Files => [.. Directory.GetFiles(Root, "*.workflow.json", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Root, f)).Order(StringComparer.Ordinal)];

    public static WorkflowDefinition Load(string file) =>
        WorkflowLoader.Load(File.ReadAllText(Path.Combine(Root, file)), file, Vocabulary.Known);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
