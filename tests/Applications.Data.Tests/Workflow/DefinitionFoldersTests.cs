using Applications.Data.Workflow;
using Applications.Domain.Common;

namespace Applications.Data.Tests.Workflow;

public sealed class DefinitionFoldersTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("applications-folders-");

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public void Find_ProgrammesAndGroupsOfTracks_GivesTheirKeys()
    {
        Put("quality", "national");
        Put("quality", "provincial");
        Put("brand");
        root.CreateSubdirectory("_schema");
        root.CreateSubdirectory("brand/notes");

        var found = DefinitionFolders.Find(root.FullName);

        Assert.Equal(["brand", "quality-national", "quality-provincial"], found.Select(f => f.Key));
        Assert.Equal("{}", found[1].Read("programme.json"));
    }

    [Fact]
    public void Find_FolderThatIsProgrammeAndGroup_IsRefused()
    {
        Put("quality");
        Put("quality", "national");

        Assert.Contains("has no tracks below it", Assert.Throws<DefinitionException>(() => DefinitionFolders.Find(root.FullName)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_FolderWithoutProgramme_IsRefused()
    {
        root.CreateSubdirectory("empty/deeper");

        Assert.Contains("empty", Assert.Throws<DefinitionException>(() => DefinitionFolders.Find(root.FullName)).Message, StringComparison.Ordinal);
    }

    private void Put(params string[] folders) =>
        File.WriteAllText(Path.Combine(root.CreateSubdirectory(Path.Combine(folders)).FullName, "programme.json"), "{}");
}
