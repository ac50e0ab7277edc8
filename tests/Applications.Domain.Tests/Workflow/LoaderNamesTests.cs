using System.Text.Json.Nodes;

namespace Applications.Domain.Tests.Workflow;

/// <summary>Whatever an activity says by itself: its type, its inputs, and the names in them.</summary>
public sealed class LoaderNamesTests
{
    [Fact]
    public void Load_SmallestChart_IsSound()
    {
        var definition = Chart.OneItem("Pass").Load();

        Assert.Equal("small.v1", definition.Id);
        Assert.Equal(["start", "check", "endPass"], definition.Activities.Select(a => a.Id));
    }

    [Fact]
    public void Load_UnknownType_IsRefused() =>
        Chart.OneItem("Pass").Add("odd", "Elsa.ForEach").AssertRefused("odd", "Unknown activity type 'Elsa.ForEach'");

    [Fact]
    public void Load_UnknownType_IsNotCalledADanglingConnectionToo()
    {
        var problems = Chart.OneItem("Pass Odd").Add("odd", "Elsa.ForEach").Arrows("check:Pass > odd").Problems();

        Assert.DoesNotContain(problems, p => p.Reason.Contains("Dangling", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "colour": 1 }""", "Applications.WorkItem has no input 'colour'")]
    [InlineData("""{ "role": "king" }""", "Unknown role 'king'")]
    [InlineData("""{ "task": "dance" }""", "Unknown task 'dance'")]
    [InlineData("""{ "otherRoles": { "Pass": "king" } }""", "Unknown role 'king'")]
    [InlineData("""{ "otherRoles": { "Fly": "city" } }""", "'Fly' is not among the outcomes")]
    [InlineData("""{ "limits": { "Fly": 1 } }""", "'Fly' is not among the outcomes")]
    [InlineData("""{ "reasons": ["Fly"] }""", "'Fly' is not among the outcomes")]
    [InlineData("""{ "limits": { "Pass": 0 } }""", "A limit must be a whole number above zero")]
    [InlineData("""{ "limits": { "Pass": "once" } }""", "A limit must be a whole number above zero")]
    [InlineData("""{ "labels": {} }""", "Outcome 'Pass' has no label")]
    [InlineData("""{ "labels": { "Pass": "" } }""", "Outcome 'Pass' has no label")]
    [InlineData("""{ "labels": ["Pass"] }""", "Input 'labels' must be an object")]
    [InlineData("""{ "outcomes": ["Pass", "Pass"] }""", "names something twice")]
    [InlineData("""{ "outcomes": [] }""", "needs an outcome")]
    [InlineData("""{ "outcomes": [1] }""", "must be a list of texts")]
    [InlineData("""{ "outcomes": "Pass" }""", "must be a list of texts")]
    [InlineData("""{ "dueDays": 0 }""", "must be a whole number above zero")]
    [InlineData("""{ "dueDays": 1.5 }""", "must be a whole number above zero")]
    [InlineData("""{ "dueDays": "5" }""", "must be a whole number above zero")]
    [InlineData("""{ "dueFact": "someDay" }""", "Unknown fact 'someDay'")]
    [InlineData("""{ "timeoutOutcome": "Pass" }""", "A timeout outcome needs 'dueDays' or 'dueFact'")]
    [InlineData("""{ "pausesClock": "yes" }""", "Input 'pausesClock' must be true or false")]
    [InlineData("""{ "pausesClock": true }""", "'pausesClock' needs 'dueDays'")]
    [InlineData("""{ "role": null }""", "Input 'role' is missing")]
    [InlineData("""{ "role": 7 }""", "Input 'role' must be a text")]
    public void Load_WorkItemWithAWrongInput_IsRefused(string more, string reason) =>
        Chart.OneItem("Pass", more).AssertRefused("check", reason);

    [Theory]
    [InlineData("Applications.Command", """{ "command": "fly" }""", "Unknown command 'fly'")]
    [InlineData("Applications.Command", "{}", "Input 'command' is missing")]
    [InlineData("Applications.Notify", """{ "template": "love", "audience": "applicant" }""", "Unknown template 'love'")]
    [InlineData("Applications.Notify", """{ "template": "receipt", "audience": "king" }""", "Unknown role 'king'")]
    [InlineData("Applications.PanelReview", """{ "role": "king", "task": "score" }""", "Unknown role 'king'")]
    [InlineData("Applications.PanelReview", """{ "role": "expert", "task": "dance" }""", "Unknown task 'dance'")]
    [InlineData("Applications.WaitUntil", """{ "fact": "someDay" }""", "Unknown fact 'someDay'")]
    [InlineData("Applications.WaitUntil", "{}", "Input 'fact' is missing")]
    [InlineData("Applications.Gate", """{ "gate": "a", "signals": { "a": "Late" } }""", "Signal 'a' is the gate's own")]
    [InlineData("Applications.Gate", "{}", "Input 'gate' is missing")]
    [InlineData("Applications.OpenGate", "{}", "Input 'signal' is missing")]
    [InlineData("Applications.Command", "{ \"command\": \"tally\", \"ground\": \"evalFailed\" }", "'ground' belongs to the command 'revoke-title'")]
    [InlineData("Applications.OpenGate", "{ \"signal\": \"review\", \"pulse\": \"yes\" }", "Input 'pulse' must be true or false")]
    [InlineData("Applications.PanelReview", "{ \"role\": \"expert\", \"task\": \"score\", \"round\": 2 }", "Input 'round' must be a text")]
    [InlineData("Applications.WorkItem", "{ \"role\": \"officer\", \"task\": \"check\", \"outcomes\": [\"Ok\"], \"labels\": { \"Ok\": \"ok\" }, \"round\": \"paper\" }", "'round' belongs to the task 'assign-panel'")]
    [InlineData("Elsa.FlowFork", """{ "branches": ["A"] }""", "A fork needs two branches or more")]
    [InlineData("Elsa.FlowFork", """{ "branches": ["A", "A"] }""", "names something twice")]
    [InlineData("Elsa.FlowJoin", """{ "mode": "WaitAny" }""", "Join mode 'WaitAny' is outside the subset")]
    [InlineData("Elsa.FlowSwitch", "{}", "Input 'cases' must be a list")]
    [InlineData("Elsa.FlowSwitch", """{ "cases": [], "mode": "MatchAny" }""", "Only the mode MatchFirst is in the subset")]
    [InlineData("Elsa.FlowSwitch", """{ "cases": ["x"] }""", "A case of the switch is unreadable")]
    [InlineData("Elsa.FlowSwitch", """{ "cases": [{ "label": "A" }] }""", "A case of the switch is unreadable")]
    [InlineData("Elsa.FlowSwitch", """{ "cases": [{ "label": null, "condition": { "type": "JavaScript", "value": "1" } }] }""", "A case of the switch is unreadable")]
    [InlineData("Elsa.FlowSwitch", """{ "cases": [{ "label": "A", "condition": { "type": "Liquid", "value": "1" } }] }""", "A case of the switch is unreadable")]
    [InlineData("Elsa.FlowSwitch", """{ "cases": [{ "label": "Default", "condition": { "type": "JavaScript", "value": "1" } }] }""", "names something twice")]
    [InlineData("Elsa.SetVariable", """{ "variable": { "name": "Round" } }""", "Input 'value' is missing")]
    [InlineData("Elsa.SetVariable", """{ "value": 1 }""", "Input 'variable' must name one of the workflow's variables")]
    [InlineData("Elsa.SetVariable", """{ "variable": { "name": 5 }, "value": 1 }""", "Input 'variable' must name one of the workflow's variables")]
    [InlineData("Elsa.SetVariable", """{ "variable": "Round", "value": 1 }""", "Input 'variable' must name one of the workflow's variables")]
    [InlineData("Elsa.FlowDecision", """{ "condition": true }""", "Input 'condition' must be a JavaScript expression")]
    [InlineData("Elsa.FlowDecision", "{}", "Input 'condition' must be a JavaScript expression")]
    public void Load_ActivityWithAWrongInput_IsRefused(string type, string inputs, string reason) =>
        Chart.OneItem("Pass").Variable("Round", "Int32", "0").Add("odd", type, inputs).AssertRefused("odd", reason);

    [Theory]
    [InlineData("getRound() >", "")]
    [InlineData("", "empty")]
    [InlineData("getRuond() > 1", "'getRuond'")]
    [InlineData("variables.Ruond > 1", "'variables.Ruond'")]
    [InlineData("getInput('windowOpne')", "fact 'windowOpne'")]
    [InlineData("getInput('window' + 'Open')", "getInput takes the name of a fact")]
    [InlineData("sum([1], x => x)", "'sum'")]
    [InlineData("Math.random() > 0.5", "'Math.random'")]
    [InlineData("new Date() > 1", "'Date'")]
    [InlineData("eval('1')", "'eval'")]
    [InlineData("setRound(2)", "'setRound'")]
    public void Load_BadJavaScript_IsRefused(string script, string reason)
    {
        Chart Spoilt(Func<Chart, Chart> add) => add(Chart.OneItem("Pass").Variable("Round", "Int32", "0"));

        Spoilt(c => c.Decision("odd", script)).AssertRefused("odd", reason);
        Spoilt(c => c.Switch("odd", $"A = {script}")).AssertRefused("odd", reason);
        Spoilt(c => c.Set("odd", "Round", script: script)).AssertRefused("odd", reason);
    }

    [Theory]
    [InlineData("getRound() > 1 && variables.Round < 9")]
    [InlineData("return getInput('windowOpen')")]
    [InlineData("getInput('panel').length === Math.max(1, getRound())")]
    [InlineData("getInput('filingClosesAt') < '2026-12-31'")]
    public void Load_ScriptWithinTheSurface_IsSound(string script)
    {
        var chart = new Chart().Start().Variable("Round", "Int32", "0").Decision("is", script).End("yes").End("no")
            .Arrows("start > is", "is:True > yes", "is:False > no");

        Assert.Single(chart.Load().Variables);
    }

    [Fact]
    public void Load_SetVariableOfAnUnknownVariable_IsRefused() =>
        new Chart().Start().Set("set", "Round", "1").End("end").Arrows("start > set", "set > end")
            .AssertRefused("set", "There is no variable 'Round'");

    [Theory]
    [InlineData("", "no name")]
    [InlineData("a-b", "letters and digits")]
    [InlineData("round", "begins with a capital")]
    [InlineData("Input", "getInput")]
    public void Load_VariableWithAWrongName_IsRefused(string name, string reason) =>
        Chart.OneItem("Pass").Variable(name).AssertRefused("variables", reason);

    [Theory]
    [InlineData("id", "null", "must be given with its id 'vRound'")]
    [InlineData("id", "\"vOther\"", "must be given with its id 'vRound'")]
    public void Load_VariableNotGivenByItsId_IsRefused(string property, string value, string reason)
    {
        var chart = new Chart().Start().Variable("Round").Set("set", "Round", "1").End("end").Arrows("start > set", "set > end");
        chart.Document["root"]!["activities"]![1]!["variable"]![property] = System.Text.Json.Nodes.JsonNode.Parse(value);

        chart.AssertRefused("set", reason);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"vRound\"")]
    public void Load_VariableWithoutAnIdOfItsOwn_IsRefused(string id)
    {
        var chart = Chart.OneItem("Pass").Variable("Round").Variable("Turn");
        chart.Document["variables"]![1]!["id"] = System.Text.Json.Nodes.JsonNode.Parse(id);

        chart.AssertRefused("variables", "Variable 'Turn' has no id, or that of another");
    }

    [Fact]
    public void Load_VariableThatElsaWouldForget_IsRefused()
    {
        var chart = Chart.OneItem("Pass").Variable("Round");
        chart.Document["variables"]![0]!.AsObject().Remove("storageDriverTypeName");

        chart.AssertRefused("variables", "Variable 'Round' needs the storageDriverTypeName");
    }

    [Theory]
    [InlineData("version", "2", "version must be 1")]
    [InlineData("version", "\"1\"", "version must be 1")]
    [InlineData("customProperties", """{ "mergeMode": "Race" }""", "'mergeMode' is outside the subset")]
    [InlineData("customProperties", """{ "runAsynchronously": true }""", "'runAsynchronously' is outside the subset")]
    public void Load_ActivityThatElsaWouldRunOtherwise_IsRefused(string property, string value, string reason)
    {
        var chart = Chart.OneItem("Pass");
        chart.Document["root"]!["activities"]![1]![property] = System.Text.Json.Nodes.JsonNode.Parse(value);

        chart.AssertRefused("check", reason);
    }

    [Fact]
    public void Load_BareObjectAsInput_IsRefused()
    {
        var chart = Chart.OneItem("Pass");
        chart.Document["root"]!["activities"]![1]!["labels"] = System.Text.Json.Nodes.JsonNode.Parse("""{ "Pass": "x" }""");

        chart.AssertRefused("check", "Input 'labels': An object is given as the text");
    }

    [Fact]
    public void Load_TwoVariablesOfOneName_IsRefused() =>
        Chart.OneItem("Pass").Variable("Round").Variable("Round").AssertRefused("variables", "stands twice");

    [Fact]
    public void Load_DefaultThatIsNotOfItsType_IsRefused() =>
        Chart.OneItem("Pass").Variable("Round", "Int32", "many").AssertRefused("variables", "Default of 'Round'");

    [Theory]
    [InlineData("""{ "expression": { "type": "Literal", "value": "officer" } }""", "needs a typeName")]
    [InlineData("""{ "typeName": "String", "expression": { "type": "Liquid", "value": "x" } }""", "outside the subset")]
    [InlineData("""{ "typeName": "String", "expression": { "value": "x" } }""", "outside the subset")]
    [InlineData("""{ "typeName": "String", "expression": { "type": 1, "value": "x" } }""", "outside the subset")]
    [InlineData("""{ "typeName": "String", "expression": "x" }""", "outside the subset")]
    [InlineData("""{ "typeName": "String", "expression": { "type": "JavaScript", "value": "'officer'" } }""", "must be a literal")]
    [InlineData("""{ "typeName": "String", "expression": { "type": "JavaScript" } }""", "needs a text")]
    [InlineData("""{ "typeName": "String", "expression": { "type": "Object", "value": 5 } }""", "needs a text")]
    [InlineData("""{ "typeName": "String", "expression": { "type": "Object", "value": "{" } }""", "Input 'role'")]
    [InlineData("""{ "typeName": "String", "expression": { "type": "Literal", "value": null } }""", "Input 'role' is missing")]
    public void Load_InputInAFormOutsideTheSubset_IsRefused(string input, string reason) =>
        Chart.OneItem("Pass", $$"""{ "role": {{input}} }""").AssertRefused("check", reason);

    [Fact]
    public void Load_EveryProblem_IsReportedAtOnce()
    {
        var problems = Chart.OneItem("Pass", """{ "role": "king", "task": "dance" }""").Add("odd", "Elsa.ForEach").Problems();

        Assert.Equal(3, problems.Count);
        Assert.Contains("small.workflow.json: check: Unknown role 'king'", problems[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NameTwiceInOneObject_IsRefusedNotOverlooked()
    {
        var json = Chart.OneItem("Pass").Json();

        Chart.AssertRefused(json.Replace("\"role\":\"officer\"", "\"role\":\"officer\",\"role\":\"city\"", StringComparison.Ordinal), "$", "role");
        Chart.OneItem("Pass", """{ "labels": { "typeName": "Object", "expression": { "type": "Object", "value": "{\"Pass\":1,\"Pass\":2}" } } }""")
            .AssertRefused("check", "Pass");
    }

    [Theory]
    [InlineData("a:b")]
    [InlineData("a b")]
    [InlineData("1a")]
    public void Load_IdThatIsNoName_IsRefused(string id) =>
        Chart.OneItem("Pass").Add(id, "Elsa.End").AssertRefused(id, "letters and digits");

    [Fact]
    public void Load_ActivityWithoutId_IsRefused()
    {
        var chart = Chart.OneItem("Pass");
        chart.Document["root"]!["activities"]!.AsArray().Add(new JsonObject { ["type"] = "Elsa.End" });

        chart.AssertRefused("activities", "An activity has no id");
    }
}
