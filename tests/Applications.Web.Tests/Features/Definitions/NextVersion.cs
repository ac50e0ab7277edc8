using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Applications.Web.Tests.Features.Definitions;

/// <summary>A further version of the demonstration's case flow, changed as a test needs it.</summary>
internal sealed class NextVersion
{
    public const string Workflow = "one-enterprise-one-technology.case";
    public const string First = Workflow + ".v1";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly JsonObject document;

    private NextVersion(JsonObject document) => this.document = document;

    public string Id => document["id"]!.GetValue<string>();

    public static NextVersion Make(int number, string suffix = "") => Of("case", number, suffix);

    /// <summary>A further version of the flow of the batch.</summary>
    public static NextVersion OfBatch(int number) => Of("batch", number, string.Empty);

    private static NextVersion Of(string flow, int number, string suffix)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "workflows", "one-enterprise-one-technology", $"{flow}.workflow.json");
        var document = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        document["id"] = $"one-enterprise-one-technology.{flow}.v{number}{suffix}";
        document["version"] = number;
        return new NextVersion(document);
    }

    public NextVersion Title(string id, string title) => With(id, a => a["metadata"]!["displayText"] = title);

    /// <summary>Sets an input to a literal.</summary>
    public NextVersion Input(string id, string name, JsonNode value) => With(id, a => a[name] = value);

    public NextVersion Rename(string id, string other)
    {
        With(id, a => a["id"] = other);
        foreach (var end in Connections.SelectMany(c => new[] { c!["source"]!, c["target"]! }).Where(e => e["activity"]!.GetValue<string>() == id))
        {
            end["activity"] = other;
        }

        return this;
    }

    public NextVersion Arrow(string source, string port, string target)
    {
        Connections.Add(JsonNode.Parse($$"""{ "source": { "activity": "{{source}}", "port": "{{port}}" }, "target": { "activity": "{{target}}", "port": "In" } }"""));
        return this;
    }

    public NextVersion Cut(string source, string port)
    {
        Connections.Remove(Connections.First(c => c!["source"]!["activity"]!.GetValue<string>() == source && c["source"]!["port"]!.GetValue<string>() == port));
        return this;
    }

    public NextVersion Set(string name, JsonNode value)
    {
        document[name] = value;
        return this;
    }

    public string Json() => document.ToJsonString(Readable);

    private JsonArray Connections => document["root"]!["connections"]!.AsArray();

    private NextVersion With(string id, Action<JsonNode> change)
    {
        change(document["root"]!["activities"]!.AsArray().Single(a => a!["id"]!.GetValue<string>() == id)!);
        return this;
    }
}
