using System.Text.Json.Nodes;

namespace Applications.Domain.Tests.Workflow;

/// <summary>
/// What Elsa needs of a file besides what the loader checks, so that its host finds, runs and draws the definition unchanged. Elsa itself is run by
/// <c>tests/elsa-host.sh</c>.
/// </summary>
public sealed class ElsaFormatTests
{
    private static readonly HashSet<string> TypeNames = ["String", "String[]", "Boolean", "Int32", "Object"];

    public static TheoryData<string> Files => Definitions.Files;

    [Theory]
    [MemberData(nameof(Files))]
    public void Document_IsThePublishedVersionThatElsaLooksFor(string file)
    {
        var document = Read(file);

        Assert.True((bool)document["isLatest"]! && (bool)document["isPublished"]!);
        Assert.Equal($"{document["definitionId"]}.v{document["version"]}", (string?)document["id"]);
        Assert.StartsWith("3.6.", (string?)document["toolVersion"], StringComparison.Ordinal);
        Assert.Equal("Workflow1:flow", (string?)document["root"]!["nodeId"]);
        Assert.All(["inputs", "outputs", "outcomes", "variables"], list => Assert.IsType<JsonArray>(document[list]));
    }

    /// <summary>Bookmarks and contexts refer to the node id; the name is how Elsa's own functions call the activity.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Activities_HaveNodeIdNameAndVersion(string file) => Assert.All(Activities(file), activity =>
    {
        Assert.Equal($"Workflow1:flow:{activity["id"]}", (string?)activity["nodeId"]);
        Assert.False(string.IsNullOrEmpty((string?)activity["name"]));
        Assert.Equal(1, (int?)activity["version"]);
        Assert.NotNull(activity["metadata"]!["designer"]!["position"]);
    });

    /// <summary>Every input stands in the object form that Elsa Studio edits, with a type that Elsa knows by its alias.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Inputs_AreInObjectFormOfAKnownType(string file)
    {
        var definition = Definitions.Load(file);
        var inputs = Activities(file).SelectMany(a => a).Where(p => p.Value is not null && definition.Get((string)p.Value.Parent!["id"]!).InputNames.Contains(p.Key));

        Assert.All(inputs.Where(p => p.Key is not ("variable" or "cases")), input =>
        {
            Assert.Contains((string)input.Value!["typeName"]!, TypeNames);
            Assert.NotNull(input.Value["expression"]!["value"]);
        });
    }

    private static JsonObject Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Definitions.Root, file)))!.AsObject();

    private static IEnumerable<JsonObject> Activities(string file) => Read(file)["root"]!["activities"]!.AsArray().Select(a => a!.AsObject());
}
