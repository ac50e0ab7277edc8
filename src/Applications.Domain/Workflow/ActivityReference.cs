using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Applications.Domain.Workflow.Activities;

namespace Applications.Domain.Workflow;

/// <summary>The reference of all activities, written from the catalogue itself: a page for people and a JSON schema for editors.</summary>
public static class ActivityReference
{
    /// <summary>How a schema is written: the same text on every machine.</summary>
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The page (<c>workflows/ACTIVITIES.md</c>).</summary>
    public static string Markdown(WorkflowVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        var page = new StringBuilder("""
            # Activities

            Written from the catalogue by a test (`ReferenceTests`); edit the kinds in `src/Applications.Domain/Workflow/Activities`, not this page. Types and
            input names are stable for ever. Inputs in bold are required.

            """).Append('\n');
        foreach (var kind in ActivityCatalog.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"## `{kind.Type}`\n\n{kind.Summary} Left by: {kind.Leaves}.{(kind.Blocks ? " The flow waits here." : string.Empty)}\n\n");
            if (kind.Inputs.Count > 0)
            {
                page.Append("| input | type | meaning |\n| --- | --- | --- |\n");
                foreach (var input in kind.Inputs)
                {
                    var name = input.Required ? $"**`{input.Name}`**" : $"`{input.Name}`";
                    page.Append(CultureInfo.InvariantCulture, $"| {name} | {Type(input)} | {input.Doc} |\n");
                }

                page.Append('\n');
            }
        }

        page.Append("## Words\n\n| kind | known here |\n| --- | --- |\n");
        foreach (var of in Enum.GetValues<Words>().Where(w => w != Words.Free))
        {
            page.Append(CultureInfo.InvariantCulture, $"| {of.ToString().ToLowerInvariant()} | {string.Join(", ", Known(vocabulary, of).Select(w => $"`{w}`"))} |\n");
        }

        return page.ToString();
    }

    /// <summary>The schema (<c>workflows/_schema/workflow.schema.json</c>): the given one with what each type may hold put in.</summary>
    public static string Schema(WorkflowVocabulary vocabulary, string present)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        var schema = JsonNode.Parse(present)!.AsObject();
        var activity = schema["definitions"]!["activity"]!.AsObject();
        activity["properties"]!["type"] = new JsonObject { ["enum"] = new JsonArray([.. ActivityCatalog.All.Select(k => (JsonNode)k.Type)]) };
        activity["allOf"] = new JsonArray([.. ActivityCatalog.All.Where(k => k.Inputs.Count > 0).Select(kind => new JsonObject
        {
            ["if"] = new JsonObject { ["properties"] = new JsonObject { ["type"] = new JsonObject { ["const"] = kind.Type } } },
            ["then"] = new JsonObject
            {
                ["required"] = new JsonArray([.. kind.Inputs.Where(i => i.Required).Select(i => (JsonNode)i.Name)]),
                ["properties"] = new JsonObject(kind.Inputs.Select(i => KeyValuePair.Create(i.Name, (JsonNode?)Input(i, vocabulary)))),
            },
        })]);
        return schema.ToJsonString(Layout) + "\n";
    }

    /// <summary>Elsa's object form. What stands inside a text of its own (lists, maps) is for the loader to check.</summary>
    private static JsonObject Input(InputSpec input, WorkflowVocabulary vocabulary)
    {
        var known = Known(vocabulary, input.Of);
        JsonObject value = input.Type switch
        {
            InputType.Text when known.Count > 0 => new JsonObject { ["enum"] = new JsonArray([.. known.Select(w => (JsonNode)w)]) },
            InputType.Number => new JsonObject { ["type"] = "integer", ["minimum"] = 1 },
            InputType.Flag => new JsonObject { ["type"] = "boolean" },
            InputType.Any or InputType.Cases or InputType.Variable => [],
            _ => new JsonObject { ["type"] = "string" },
        };
        return input.Type is InputType.Variable or InputType.Cases
            ? new JsonObject { ["description"] = input.Doc }
            : new JsonObject
            {
                ["description"] = input.Doc,
                ["type"] = "object",
                ["required"] = new JsonArray("typeName", "expression"),
                ["properties"] = new JsonObject
                {
                    ["typeName"] = new JsonObject { ["type"] = "string" },
                    ["expression"] = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["value"] = value } },
                },
            };
    }

    private static string Type(InputSpec input) => input.Type switch
    {
        InputType.Texts => "list of texts",
        InputType.Map => "names with a text each",
        InputType.Script => "JavaScript",
        InputType.TextsOrScript => "list of texts, or JavaScript",
        InputType.Cases => "Elsa's switch cases",
        InputType.Variable => "variable",
        InputType.Any => "literal or JavaScript",
        InputType.Text when input.Of != Words.Free => $"one of the {input.Of.ToString().ToLowerInvariant()}",
        var type => type.ToString().ToLowerInvariant(),
    };

    private static List<string> Known(WorkflowVocabulary vocabulary, Words of) => [.. (of switch
    {
        Words.Roles => vocabulary.Roles,
        Words.Tasks => vocabulary.Tasks,
        Words.Commands => vocabulary.Commands,
        Words.Templates => vocabulary.Templates,
        Words.Facts => vocabulary.Facts,
        _ => Enumerable.Empty<string>(),
    }).Order(StringComparer.Ordinal)];
}
