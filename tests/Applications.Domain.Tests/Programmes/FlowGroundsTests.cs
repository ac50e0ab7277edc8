using Applications.Domain.Common;
using Applications.Domain.Programmes;
using Applications.Domain.Tests.Workflow;

namespace Applications.Domain.Tests.Programmes;

public sealed class FlowGroundsTests
{
    [Theory]
    [InlineData("evalFailed", true)]
    [InlineData("badWeather", false)]
    public void Require_OnlyGroundsOfTheProgramme(string ground, bool known)
    {
        var flow = new Chart().Start().Add("take", "Applications.Command", $$"""{ "command": "revoke-title", "ground": "{{ground}}" }""").End("over").Arrows("start > take", "take > over").Load();

        var refused = Record.Exception(() => FlowGrounds.Require("small.workflow.json", Folders.OneTechnology.Programme, flow)) as DefinitionException;

        Assert.Equal(known, refused is null);
        Assert.Equal(known ? [] : ["take"], refused?.Problems.Select(p => p.Place) ?? []);
    }
}
