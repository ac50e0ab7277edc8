namespace Applications.Domain.Tests.Workflow;

public sealed class WorkflowLoaderTests
{
    public static TheoryData<string> Files => Definitions.Files;

    [Theory]
    [MemberData(nameof(Files))]
    public void Load_EveryDefinitionInTheRepository_IsSound(string file)
    {
        var definition = Definitions.Load(file);

        Assert.NotEmpty(definition.Activities);
        Assert.All(definition.Activities, a => Assert.NotEqual(a.Id, a.Title));
    }
}
