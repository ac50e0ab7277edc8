using System.Text.Json;
using Applications.Domain.Common;
using Applications.Domain.Workflow.Activities;

namespace Applications.Domain.Workflow;

/// <summary>
/// Reads an Elsa 3 workflow definition and refuses whatever lies outside the safe subset, with file, activity and reason. What it returns cannot
/// deadlock, run away or meet an unknown name while a case is under way.
/// </summary>
public static class WorkflowLoader
{
    /// <summary>A name that stands twice in one object is a mistake: which of the two would count is anybody's guess.</summary>
    internal static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="DefinitionException">With every problem found.</exception>
    public static WorkflowDefinition Load(string json, string file, WorkflowVocabulary vocabulary)
    {
        var problems = new List<DefinitionProblem>();
        JsonElement document;
        try
        {
            document = JsonDocument.Parse(json, Strict).RootElement;
        }
        catch (JsonException e)
        {
            throw new DefinitionException(file, e.LineNumber is { } line ? $"line {line + 1}" : "$", $"Not valid JSON: {e.Message}");
        }

        var root = Property(document, "root");
        if (root.ValueKind != JsonValueKind.Object || Text(root, "type") != "Elsa.Flowchart")
        {
            throw new DefinitionException(file, "root", "The root must be an Elsa.Flowchart.");
        }

        var id = Required(document, "id", file, problems);
        var definitionId = Required(document, "definitionId", file, problems);
        var name = Required(document, "name", file, problems);
        var version = Property(document, "version") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var given) ? given : 0;
        if (version < 1)
        {
            problems.Add(new DefinitionProblem(file, "version", "Must be a whole number above zero."));
        }

        var variables = Variables(document, file, problems);
        var activities = Activities(root, file, vocabulary, problems);
        var connections = Connections(root, file, activities, problems);
        CheckNames(file, activities, variables, vocabulary, problems);
        Stop(problems);

        var regions = new FlowChecker(file, activities, connections, problems).Check();
        Stop(problems);
        return new WorkflowDefinition(id, definitionId, name, version, variables, activities, connections, regions);
    }

    private static List<Activity> Activities(JsonElement root, string file, WorkflowVocabulary vocabulary, List<DefinitionProblem> problems)
    {
        var activities = new List<Activity>();
        foreach (var element in Items(root, "activities"))
        {
            var id = Text(element, "id");
            if (id.Length == 0)
            {
                problems.Add(new DefinitionProblem(file, "activities", "An activity has no id."));
                continue;
            }

            if (activities.Any(a => a.Id == id))
            {
                problems.Add(new DefinitionProblem(file, id, "Two activities have this id."));
                continue;
            }

            if (!IsName(id))
            {
                problems.Add(new DefinitionProblem(file, id, "An id is made of letters and digits and begins with a letter."));
            }

            var type = Text(element, "type");
            if (ActivityCatalog.Find(type) is not { } kind)
            {
                problems.Add(new DefinitionProblem(file, id, $"Unknown activity type '{type}'. Known: {string.Join(", ", ActivityCatalog.All.Select(k => k.Type))}."));
                continue;
            }

            problems.AddRange(ElsaTraps.Of(element).Select(reason => new DefinitionProblem(file, id, reason)));
            var inputs = ActivityInputs.Read(element, kind, file, id, problems);
            var activity = new Activity(id, kind, Title(element, id), Box(element), inputs);
            activity.Settings = kind.Read(new InputReader(file, activity, vocabulary, problems), out var ports);
            activity.Ports = ports;
            activities.Add(activity);
        }

        return activities;
    }

    private static List<Connection> Connections(JsonElement root, string file, List<Activity> activities, List<DefinitionProblem> problems)
    {
        var connections = new List<Connection>();
        var present = Items(root, "activities").Select(a => Text(a, "id")).ToHashSet();
        foreach (var element in Items(root, "connections"))
        {
            var source = Property(element, "source");
            var target = Property(element, "target");
            var from = Text(source, "activity");
            var to = Text(target, "activity");
            var port = Text(source, "port") is { Length: > 0 } given ? given : Ports.Done;
            var known = activities.Find(a => a.Id == from);
            if (!present.Contains(from) || !present.Contains(to))
            {
                problems.Add(new DefinitionProblem(file, $"{from}:{port} -> {to}", $"Dangling connection: there is no activity '{(present.Contains(from) ? to : from)}'."));
            }
            else if (known is null)
            {
                // Its type is unknown, which has been said; what its outcomes are nobody can say.
                continue;
            }
            else if (Text(source, "port").Length == 0)
            {
                problems.Add(new DefinitionProblem(file, from, "A connection must name the outcome it leaves by: Elsa does not follow one without from an activity that names its outcomes."));
            }
            else if (!known.Ports.Contains(port))
            {
                problems.Add(new DefinitionProblem(file, from, $"A connection leaves by '{port}', but the outcomes are: {string.Join(", ", known.Ports)}."));
            }
            else if (connections.Exists(c => c.Source == from && c.Port == port && c.Target != to))
            {
                problems.Add(new DefinitionProblem(file, from, $"Outcome '{port}' leads to two places; parallel branches begin with a FlowFork."));
            }
            else if (!connections.Exists(c => c.Source == from && c.Port == port))
            {
                connections.Add(new Connection(from, port, to,
                    [.. Items(element, "vertices").Select(v => (Number(v, "x", 0), Number(v, "y", 0)))]));
            }
        }

        return connections;
    }

    private static List<WorkflowVariable> Variables(JsonElement document, string file, List<DefinitionProblem> problems)
    {
        var variables = new List<WorkflowVariable>();
        foreach (var element in Items(document, "variables"))
        {
            var name = Text(element, "name");
            if (name.Length == 0 || variables.Exists(v => v.Name == name))
            {
                problems.Add(new DefinitionProblem(file, "variables", $"Variable '{name}' has no name or stands twice."));
                continue;
            }

            if (!IsName(name) || char.IsAsciiLetterLower(name[0]) || name == "Input")
            {
                problems.Add(new DefinitionProblem(file, "variables", $"'{name}': a variable's name is made of letters and digits, begins with a capital, and is not Input, because getInput reads facts."));
            }

            if (Text(element, "id").Length == 0 || variables.Exists(v => v.Id == Text(element, "id")))
            {
                problems.Add(new DefinitionProblem(file, "variables", $"Variable '{name}' has no id, or that of another: Elsa finds variables by id."));
            }

            if (Text(element, "storageDriverTypeName") != ElsaTraps.StorageDriver)
            {
                problems.Add(new DefinitionProblem(file, "variables", $"Variable '{name}' needs the storageDriverTypeName '{ElsaTraps.StorageDriver}': Elsa forgets any other when the flow waits."));
            }

            variables.Add(new WorkflowVariable(Text(element, "id"), name, Text(element, "typeName"), Default(element, name, file, problems)));
        }

        return variables;
    }

    /// <summary>Elsa keeps defaults as text; numbers and booleans are read as what their type says. No text is no default.</summary>
    private static JsonElement Default(JsonElement variable, string name, string file, List<DefinitionProblem> problems)
    {
        var value = Property(variable, "value");
        var type = Text(variable, "typeName");
        if (value.ValueKind == JsonValueKind.String && type is not "String")
        {
            try
            {
                return JsonDocument.Parse(value.GetString() is { Length: > 0 } text ? text : "null", Strict).RootElement;
            }
            catch (JsonException)
            {
                problems.Add(new DefinitionProblem(file, "variables", $"Default of '{name}' is not a value of type {type}."));
            }
        }

        return value.ValueKind == JsonValueKind.Undefined ? JsonSerializer.SerializeToElement<object?>(null) : value.Clone();
    }

    /// <summary>Every variable and fact that an activity speaks of must be there.</summary>
    private static void CheckNames(
        string file, List<Activity> activities, List<WorkflowVariable> variables, WorkflowVocabulary vocabulary, List<DefinitionProblem> problems)
    {
        var surface = new ScriptSurface(variables, vocabulary.Facts);
        foreach (var activity in activities)
        {
            if (activity.Kind is SetVariableKind && activity.Settings is string name)
            {
                var variable = variables.Find(v => v.Name == name);
                if (variable is null)
                {
                    problems.Add(new DefinitionProblem(file, activity.Id, $"There is no variable '{name}'."));
                }
                else if (Text(activity.Input("variable")!.Literal, "id") != variable.Id)
                {
                    problems.Add(new DefinitionProblem(file, activity.Id, $"The variable '{name}' must be given with its id '{variable.Id}': Elsa finds it by that."));
                }
            }

            problems.AddRange(activity.Kind.Scripts(activity).SelectMany(surface.Problems).Select(reason => new DefinitionProblem(file, activity.Id, reason)));
        }
    }

    /// <summary>Ids become keys (<c>activity:outcome</c>) and variables become functions (<c>getX</c>), so both are plain names.</summary>
    private static bool IsName(string text) => char.IsAsciiLetter(text[0]) && text.All(char.IsAsciiLetterOrDigit);

    private static string Title(JsonElement activity, string id)
    {
        var text = Text(Property(activity, "metadata"), "displayText");
        return text.Length > 0 ? text : Text(activity, "name") is { Length: > 0 } name ? name : id;
    }

    private static DesignerBox Box(JsonElement activity)
    {
        var designer = Property(Property(activity, "metadata"), "designer");
        var position = Property(designer, "position");
        var size = Property(designer, "size");
        return new DesignerBox(Number(position, "x", 0), Number(position, "y", 0), Number(size, "width", 180), Number(size, "height", 50));
    }

    private static string Required(JsonElement document, string name, string file, List<DefinitionProblem> problems)
    {
        var text = Text(document, name);
        if (text.Length == 0)
        {
            problems.Add(new DefinitionProblem(file, name, "Missing."));
        }

        return text;
    }

    private static void Stop(List<DefinitionProblem> problems)
    {
        if (problems.Count > 0)
        {
            throw new DefinitionException(problems);
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    private static JsonElement Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static string Text(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : string.Empty;

    private static double Number(JsonElement element, string name, double otherwise) =>
        Property(element, name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : otherwise;
}
