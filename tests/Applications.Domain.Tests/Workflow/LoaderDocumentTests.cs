using System.Text.Json.Nodes;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using CsCheck;

namespace Applications.Domain.Tests.Workflow;

/// <summary>The document around the activities, and text that is no definition at all.</summary>
public sealed class LoaderDocumentTests
{
    [Theory]
    [InlineData("", "line 1")]
    [InlineData("{", "line 1")]
    [InlineData("{\n \"id\": }", "line 2")]
    public void Load_MalformedJson_NamesTheLine(string json, string place) => Chart.AssertRefused(json, place, "Not valid JSON");

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "root": [] }""")]
    [InlineData("""{ "root": { "type": "Elsa.Sequence" } }""")]
    public void Load_NoFlowchart_IsRefused(string json) => Chart.AssertRefused(json, "root", "The root must be an Elsa.Flowchart");

    [Theory]
    [InlineData("id", "null", "Missing")]
    [InlineData("definitionId", "5", "Missing")]
    [InlineData("name", "\"\"", "Missing")]
    [InlineData("version", "0", "whole number above zero")]
    [InlineData("version", "1.5", "whole number above zero")]
    [InlineData("version", "1e99", "whole number above zero")]
    [InlineData("version", "\"1\"", "whole number above zero")]
    public void Load_WrongHeader_IsRefused(string property, string value, string reason)
    {
        var chart = Chart.OneItem("Pass");
        chart.Document[property] = JsonNode.Parse(value);

        chart.AssertRefused(property, reason);
    }

    [Fact]
    public void Load_ElsaFurniture_IsIgnored()
    {
        var chart = Chart.OneItem("Pass");
        var item = chart.Document["root"]!["activities"]![1]!;
        item["nodeId"] = "Workflow1:flow:check";
        item["version"] = 1;
        item["customProperties"] = JsonNode.Parse("""{ "canStartWorkflow": false }""");
        item["metadata"] = JsonNode.Parse("""{ "displayText": "审查", "designer": { "position": { "x": 3, "y": 4 }, "size": { "width": 5, "height": 6 } } }""");
        item["dueDays"] = null;

        var check = chart.Load().Get("check");

        Assert.Equal("审查", check.Title);
        Assert.Equal(new DesignerBox(3, 4, 5, 6), check.Box);
        Assert.DoesNotContain("dueDays", check.InputNames);
    }

    [Fact]
    public void Load_ElsaInputForms_ReadTheSame()
    {
        var bare = Chart.OneItem("Pass", """{ "dueDays": 5, "reasons": ["Pass"] }""").Load().Get("check");
        var wrapped = Chart.OneItem("Pass", """
            {
              "dueDays": { "typeName": "Int32", "expression": { "type": "Literal", "value": 5 } },
              "reasons": { "typeName": "String[]", "expression": { "type": "Object", "value": "[\"Pass\"]" } }
            }
            """).Load().Get("check");

        Assert.Equal(Settings(bare), Settings(wrapped));
        Assert.Contains("DueDays = 5", Settings(bare), StringComparison.Ordinal);

        static string Settings(Activity activity) =>
            activity.SettingsAs<Domain.Workflow.Activities.WorkItemSettings>() is var s ? $"{string.Join(',', s.Reasons)} {s with { Reasons = [] }}" : "";
    }

    /// <summary>Cutting, doubling or replacing any part of a sound document gives a sound document or a refusal, never another exception.</summary>
    [Fact]
    public void Load_SpoiltDocument_IsRefusedOrSound()
    {
        var sound = File.ReadAllText(Path.Combine(Definitions.Root, "one-enterprise-one-technology/batch.workflow.json"));
        var tokens = new[] { "\"", "{", "}", "[", "]", ",", ":", "null", "1", "\"type\"", "\"expression\":5", "\"value\":{}", "\"port\":[]", "" };

        Gen.Select(Gen.Int[0, sound.Length - 1], Gen.Int[0, 40], Gen.Int[0, tokens.Length - 1]).Sample(
            (at, length, token) => IsRefusedOrSound(sound[..at] + tokens[token] + sound[Math.Min(sound.Length, at + length)..]),
            iter: 2_000);
    }

    /// <summary>The same with whole values, so that the text stays JSON and the deeper readers are met.</summary>
    [Fact]
    public void Load_DocumentWithAnyValueReplaced_IsRefusedOrSound()
    {
        var sound = new Chart().Start().Variable("Round", "Int32", "0").Set("set", "Round", script: "getRound() + 1").Fork("fork", "A B")
            .Item("check", "Pass", """{ "labels": { "typeName": "Object", "expression": { "type": "Object", "value": "{\"Pass\":\"x\"}" } } }""")
            .Gate("gate", "a", """{ "signals": { "b": "Late" } }""").Set("late", "Round", "1").Join("join").Panel("panel", 3)
            .Switch("switch", "A = getRound() > 1").End("end")
            .Arrows("start > set", "set > fork", "fork:A > check", "fork:B > gate", "gate:Open > late", "gate:Late > late", "late > join")
            .Arrows("check:Pass > join", "join > panel", "panel > switch", "switch:A > set", "switch:Default > end");
        Assert.Equal(10, sound.Load().Activities.Count);
        var paths = Paths(sound.Document).ToList();
        var values = new[] { "null", "1", "-1", "1e99", "true", "\"\"", "\"x\"", "\"start\"", "[]", "{}", "[null]", "[1]", "[\"x\"]", """{"expression":{}}""", """{"name":null}""" };

        foreach (var path in paths)
        {
            foreach (var value in values)
            {
                var document = JsonNode.Parse(sound.Json())!;
                var at = path[..^1].Aggregate(document, (node, step) => step is int i ? node[i]! : node[(string)step]!);
                if (path[^1] is int index)
                {
                    at[index] = JsonNode.Parse(value);
                }
                else
                {
                    at[(string)path[^1]] = JsonNode.Parse(value);
                }

                Assert.True(IsRefusedOrSound(document.ToJsonString()), $"{string.Join('/', path)} = {value}");
            }
        }
    }

    private static bool IsRefusedOrSound(string json)
    {
        try
        {
            WorkflowLoader.Load(json, Chart.File, Vocabulary.Known);
            return true;
        }
        catch (DefinitionException e)
        {
            return e.Problems.Count > 0 && e.Problems.All(p => p.File == Chart.File && p.Place.Length > 0 && p.Reason.Length > 0);
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(p => Paths(p.Value).Prepend([]).Select(rest => (object[])[p.Key, .. rest])),
        JsonArray list => list.SelectMany((item, i) => Paths(item).Prepend([]).Select(rest => (object[])[i, .. rest])),
        _ => [],
    };
}
