using System.Text.Json.Nodes;
using Applications.Domain.Common;
using Applications.Domain.Workflow;

namespace Applications.Domain.Tests.Workflow;

/// <summary>
/// Writes Elsa JSON for a test: boxes by short methods, arrows as text (<c>"check:Pass > end"</c>), further inputs as the JSON they would have
/// in a file. Says nothing about right or wrong, so that wrong charts can be written as easily.
/// </summary>
internal sealed class Chart
{
    public const string File = "small.workflow.json";

    private readonly JsonArray activities = [];
    private readonly JsonArray connections = [];
    private readonly JsonArray variables = [];

    /// <summary>The whole document; a test may spoil it before it is loaded.</summary>
    public JsonObject Document { get; }

    public Chart(string id = "small.v1")
    {
        Document = new JsonObject
        {
            ["id"] = id,
            ["definitionId"] = "small",
            ["name"] = "Small",
            ["version"] = 1,
            ["variables"] = variables,
            ["root"] = new JsonObject { ["type"] = "Elsa.Flowchart", ["id"] = "flow", ["activities"] = activities, ["connections"] = connections },
        };
    }

    /// <summary>Start, one work item for the officer with <paramref name="outcomes"/>, and an end for each: the least that decides something.</summary>
    public static Chart OneItem(string outcomes, string more = "{}", string ports = "")
    {
        var chart = new Chart().Start().Item("check", outcomes, more).Arrows("start > check");
        foreach (var port in $"{outcomes} {ports}".Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            chart.End("end" + port).Arrows($"check:{port} > end{port}");
        }

        return chart;
    }

    /// <summary>An activity of any type; <paramref name="inputs"/> is a JSON object. An object in it is written as Elsa wants it, as text with a type.</summary>
    public Chart Add(string id, string type, string inputs = "{}")
    {
        var activity = new JsonObject { ["id"] = id, ["name"] = id, ["type"] = type };
        foreach (var (name, value) in JsonNode.Parse(inputs)!.AsObject())
        {
            activity[name] = value is JsonObject map && name != "variable" && !map.ContainsKey("expression") ? Object(map) : value?.DeepClone();
        }

        activities.Add(activity);
        return this;
    }

    public Chart Start() => Add("start", "Elsa.Start");

    public Chart End(string id) => Add(id, "Elsa.End");

    /// <summary>A work item; <paramref name="outcomes"/> stand apart by blanks, <paramref name="more"/> holds further inputs.</summary>
    public Chart Item(string id, string outcomes, string more = "{}", string role = Roles.Officer)
    {
        var names = outcomes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Add(id, "Applications.WorkItem", more);
        var item = activities[^1]!.AsObject();
        item.TryAdd("role", role);
        item.TryAdd("task", Tasks.Check);
        item.TryAdd("outcomes", new JsonArray([.. names.Select(n => JsonValue.Create(n))]));
        item.TryAdd("labels", Object(new JsonObject(names.Select(n => KeyValuePair.Create(n, (JsonNode?)JsonValue.Create(n))))));
        return this;
    }

    public Chart Panel(string id, int? dueDays = null, string? round = null) => Add(
        id,
        "Applications.PanelReview",
        $$"""{ "role": "expert", "task": "score"{{(dueDays is null ? "" : $", \"dueDays\": {dueDays}")}}{{(round is null ? "" : $", \"round\": \"{round}\"")}} }""");

    /// <summary>A countersignature; <paramref name="more"/> holds signers and rule.</summary>
    public Chart Countersign(string id, string more)
    {
        Add(id, "Applications.Countersign", more);
        activities[^1]!.AsObject().TryAdd("task", Tasks.SignList);
        return this;
    }

    public Chart Gate(string id, string signal, string more = "{}")
    {
        Add(id, "Applications.Gate", more);
        activities[^1]!.AsObject().TryAdd("gate", signal);
        return this;
    }

    public Chart WaitUntil(string id, string fact) => Add(id, "Applications.WaitUntil", $$"""{ "fact": "{{fact}}" }""");

    public Chart Command(string id, string command) => Add(id, "Applications.Command", $$"""{ "command": "{{command}}" }""");

    public Chart Fork(string id, string branches)
    {
        Add(id, "Elsa.FlowFork");
        activities[^1]!["branches"] = new JsonArray([.. branches.Split(' ').Select(b => JsonValue.Create(b))]);
        return this;
    }

    public Chart Join(string id, string mode = "WaitAll") => Add(id, "Elsa.FlowJoin", $$"""{ "mode": "{{mode}}" }""");

    public Chart Decision(string id, string script)
    {
        Add(id, "Elsa.FlowDecision");
        activities[^1]!["condition"] = Script(script);
        return this;
    }

    /// <summary>Cases are written <c>label = script</c>.</summary>
    public Chart Switch(string id, params string[] cases)
    {
        Add(id, "Elsa.FlowSwitch");
        activities[^1]!["cases"] = new JsonArray([.. cases.Select(c => c.Split('=', 2, StringSplitOptions.TrimEntries)).Select(c =>
            new JsonObject { ["label"] = c[0], ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = c[1] } })]);
        return this;
    }

    /// <summary>Gives <paramref name="variable"/> a value: JSON, or a script when <paramref name="script"/> is given.</summary>
    public Chart Set(string id, string variable, string value = "null", string? script = null)
    {
        Add(id, "Elsa.SetVariable", $$"""{ "variable": { "id": "v{{variable}}", "name": "{{variable}}" } }""");
        activities[^1]!["value"] = script is null
            ? new JsonObject { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = JsonNode.Parse(value) } }
            : Script(script);
        return this;
    }

    public Chart Variable(string name, string typeName = "String", string? value = null)
    {
        variables.Add(new JsonObject
        {
            ["id"] = "v" + name,
            ["name"] = name,
            ["typeName"] = typeName,
            ["value"] = value,
            ["storageDriverTypeName"] = "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core",
        });
        return this;
    }

    /// <summary>Arrows: <c>source > target</c> or <c>source:port > target</c>.</summary>
    public Chart Arrows(params string[] arrows)
    {
        foreach (var arrow in arrows)
        {
            var ends = arrow.Split('>', StringSplitOptions.TrimEntries);
            var source = ends[0].Split(':');
            var from = new JsonObject { ["activity"] = source[0], ["port"] = source.Length > 1 ? source[1] : "Done" };
            connections.Add(new JsonObject { ["source"] = from, ["target"] = new JsonObject { ["activity"] = ends[1], ["port"] = "In" } });
        }

        return this;
    }

    /// <summary>The same chart as another version.</summary>
    public Chart As(string id, int version)
    {
        Document["id"] = id;
        Document["version"] = version;
        return this;
    }

    public string Json() => Document.ToJsonString();

    public WorkflowDefinition Load() => WorkflowLoader.Load(Json(), File, Vocabulary.Known);

    /// <summary>What the loader says against the chart; fails when it says nothing, or does not name the file.</summary>
    public IReadOnlyList<DefinitionProblem> Problems() => ProblemsOf(Json());

    public static IReadOnlyList<DefinitionProblem> ProblemsOf(string json)
    {
        var problems = Assert.Throws<DefinitionException>(() => WorkflowLoader.Load(json, File, Vocabulary.Known)).Problems;
        Assert.NotEmpty(problems);
        Assert.All(problems, p => Assert.Equal(File, p.File));
        return problems;
    }

    /// <summary>The chart is refused at <paramref name="place"/>, for a reason that says <paramref name="reason"/>.</summary>
    public void AssertRefused(string place, string reason) => AssertRefused(Json(), place, reason);

    public static void AssertRefused(string json, string place, string reason)
    {
        var problems = ProblemsOf(json);
        Assert.True(
            problems.Any(p => p.Place == place && p.Reason.Contains(reason, StringComparison.Ordinal)),
            $"Expected '{place}: …{reason}…', but was:{Environment.NewLine}{string.Join(Environment.NewLine, problems)}");
    }

    private static JsonObject Object(JsonObject value) =>
        new() { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = "Object", ["value"] = value.ToJsonString() } };

    private static JsonObject Script(string script) =>
        new() { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = script } };
}
