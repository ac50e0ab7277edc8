using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Applications.Benchmarks.Reporting;
using Applications.Benchmarks.Serving;
using Applications.Data.Seed;
using Applications.Domain.Enterprises;
using Applications.Domain.Forms;
using Applications.Domain.Forms.Merging;
using Applications.Testing;

namespace Applications.Benchmarks;

/// <summary>
/// Saving one section of a form of 300 fields with a table of 500 rows: reading what is stored and what was posted, bringing both together, writing it
/// back, and checking the whole form for the page that follows. On one thread; no database and no pages. And over HTTP on SQLite: the page of a section with
/// a table of 500 rows, and its save by the page's script.
/// </summary>
internal sealed partial class FormBenchmark : IBenchmark
{
    private const int Sections = 10;
    private const int Fields = 30;
    private const int Rows = 500;
    private const int Columns = 8;
    private const int WarmUps = 20;
    private const int Saves = 60;

    public string Name => "form";

    public async Task<IReadOnlyList<Figure>> RunAsync(WebProgram program)
    {
        var form = FormDefinition.Parse(Definition(), "form-of-300.json");
        var (section, stored) = (form.Sections[0], Stored(form).ToJson());
        var known = AnswersBase.Of(section, Answers.Parse(stored), Answers.Parse(stored)).ToJson();
        var posted = Posted(section, Answers.Parse(stored));
        List<double> saves = [];
        List<double> checks = [];
        for (var i = -WarmUps; i < Saves; i++)
        {
            var (save, check) = Save(form, section, stored, known, posted);
            if (i >= 0)
            {
                saves.Add(save);
                checks.Add(check);
            }
        }

        saves.Sort();
        checks.Sort();
        return
        [
            new($"save and check, form of {Sections * Fields} fields and {Rows} rows, in memory: middle", saves[Saves / 2] + checks[Saves / 2], "ms", Bound.AtMost, 300),
            new("  worst", saves[^1] + checks[^1], "ms"),
            new("  of it the save", saves[Saves / 2], "ms"),
            new("  bytes of the answers", stored.Length / 1024.0, "KB"),
            new("  fingerprints on the page", known.Length / 1024.0, "KB"),
            .. await ServedAsync(program),
        ];
    }

    private static async Task<IReadOnlyList<Figure>> ServedAsync(WebProgram program)
    {
        using var root = new TemporaryFolder();
        await using var server = await WebServer.StartAsync(program, root.Path);
        var client = await FormClient.SignInAsync(new Uri($"http://127.0.0.1:{server.Port}"), "qiye02");
        var id = DraftLink().Match(await client.Http.GetStringAsync(new Uri("/desk", UriKind.Relative))).Groups["id"].Value;
        await FillAsync(client.Http, id);
        var section = new Uri($"/cases/{id}/edit/equipment", UriKind.Relative);
        var inputs = Inputs((await client.GetAsync(section.OriginalString)).QuerySelector("form[data-autosave]")!);
        List<double> pages = [];
        List<double> saves = [];
        for (var i = -WarmUps; i < Saves; i++)
        {
            var began = Stopwatch.GetTimestamp();
            var page = await client.Http.GetByteArrayAsync(section);
            var shown = Stopwatch.GetTimestamp();
            using var answer = await client.Http.PostAsync(new Uri($"{section}?handler=Autosave", UriKind.Relative), new FormUrlEncodedContent(inputs));
            _ = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
            if (i >= 0)
            {
                pages.Add(Stopwatch.GetElapsedTime(began, shown).TotalMilliseconds);
                saves.Add(Stopwatch.GetElapsedTime(shown).TotalMilliseconds);
            }
        }

        pages.Sort();
        saves.Sort();
        var size = (await client.Http.GetByteArrayAsync(section)).Length;
        return
        [
            new($"page of a section with {Rows} rows, over HTTP, SQLite: middle", pages[Saves / 2], "ms", Bound.AtMost, 300),
            new("  worst", pages[^1], "ms"),
            new("  bytes, not compressed", size / 1024.0, "KB"),
            new($"save of the section with {Rows} rows, over HTTP, SQLite: middle", saves[Saves / 2], "ms", Bound.AtMost, 300),
            new("  worst", saves[^1], "ms"),
        ];
    }

    /// <summary>Puts the rows into the draft by the API.</summary>
    private static async Task FillAsync(HttpClient http, string id)
    {
        using var login = await http.PostAsJsonAsync(new Uri("/api/v1/tokens", UriKind.Relative), new { userName = "qiye02", password = DemoAccounts.Password });
        var token = (await login.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!["token"]!.GetValue<string>();
        using var asked = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/v1/applications/{id}/draft", UriKind.Relative)) { Headers = { Authorization = new("Bearer", token) } };
        using var found = await http.SendAsync(asked);
        var draft = (await found.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!;
        var answers = draft["answers"]!.DeepClone().AsObject();
        answers["equipment"] = new JsonArray([.. Enumerable.Range(0, Rows).Select(i => (JsonNode)new JsonObject
        {
            [Answers.RowKey] = $"n{i:0000000}",
            ["name"] = $"第{i}号高精度检测装置",
            ["model"] = $"型号{i}",
            ["quantity"] = 1 + (i % 3),
            ["unitPrice"] = 1_000_000L * (i + 1),
            ["boughtOn"] = "2024-05-31",
            ["invoiceNo"] = $"{20_240_000 + i}",
        })]);
        using var put = new HttpRequestMessage(HttpMethod.Put, new Uri($"/api/v1/applications/{id}/answers", UriKind.Relative))
        {
            Headers = { Authorization = new("Bearer", token) },
            Content = JsonContent.Create(new { answers, version = draft["version"]!.GetValue<string>() }),
        };
        using var done = await http.SendAsync(put);
        done.EnsureSuccessStatusCode();
    }

    private static List<KeyValuePair<string, string>> Inputs(IElement form) =>
        [.. form.QuerySelectorAll("input[name]").OfType<IHtmlInputElement>().Where(i => i.Name is { Length: > 0 }).Select(i => new KeyValuePair<string, string>(i.Name!, i.Value))];

    [GeneratedRegex("/cases/(?<id>[0-9a-f-]{36})", RegexOptions.CultureInvariant)]
    private static partial Regex DraftLink();

    private static (double Save, double Check) Save(FormDefinition form, SectionDefinition section, string stored, string known, ILookup<string, string> posted)
    {
        var began = Stopwatch.GetTimestamp();
        var before = Answers.Parse(stored);
        var typed = FormBinder.Bind(form, posted, before, section.Key);
        var merged = AnswersMerge.Merge(section, AnswersBase.Parse(known)!, before, typed, new Dictionary<string, IReadOnlyList<string>>());
        _ = merged.Answers.ToJson();
        var saved = Stopwatch.GetTimestamp();
        _ = AnswerChecker.Check(form, merged.Answers, null, Scope);
        _ = AnswersBase.Of(section, merged.Answers, merged.Answers).ToJson();
        return (Stopwatch.GetElapsedTime(began, saved).TotalMilliseconds, Stopwatch.GetElapsedTime(saved).TotalMilliseconds);
    }

    private static FormScope Scope { get; } = new()
    {
        Year = 2026,
        Today = new DateOnly(2026, 3, 15),
        Enterprise = new EnterpriseProfile { Uscc = "91370100MA3DEM0192", Name = "示例公司" },
    };

    private static string Definition()
    {
        var kinds = new[] { "text", "longText", "integer", "decimal", "money", "date", "yesNo" };
        var json = new StringBuilder("""{ "id": "form-of-300", "version": 1, "title": "三百栏", "sections": [""");
        for (var s = 0; s < Sections; s++)
        {
            json.Append(s > 0 ? "," : string.Empty).Append(CultureInfo.InvariantCulture, $$"""{ "key": "s{{s}}", "title": "第{{s}}栏", "fields": [""");
            for (var f = 0; f < Fields; f++)
            {
                json.Append(f > 0 ? "," : string.Empty).Append((s, f) switch
                {
                    (0, 0) => $$"""{ "key": "rows", "kind": "table", "label": "清单", "columns": [ { "key": "name", "kind": "text", "label": "名称", "required": true }, { "key": "price", "kind": "money", "label": "单价" }, { "key": "pieces", "kind": "integer", "label": "件数" }, { "key": "amount", "kind": "computed", "label": "金额", "computedAs": "money", "expression": "known(row.price, row.pieces) ? row.price * row.pieces : null" }{{string.Concat(Enumerable.Range(0, Columns - 4).Select(c => $$""", { "key": "c{{c}}", "kind": "{{(c % 2 == 0 ? "text" : "date")}}", "label": "列{{c}}" }"""))}} ] }""",
                    (_, 1) => $$"""{ "key": "total{{s}}", "kind": "computed", "label": "合计", "computedAs": "money", "expression": "sum(answers.rows, r => r.amount) + {{s}}" }""",
                    _ => $$"""{ "key": "f{{s}}x{{f}}", "kind": "{{kinds[f % kinds.Length]}}", "label": "字段{{s}}之{{f}}", "required": true }""",
                });
            }

            json.Append("] }");
        }

        return json.Append("""], "checks": [ { "expression": "known(row.pieces) ? row.pieces > 0 : null", "message": "应大于零。", "field": "rows", "forEach": "rows", "column": "pieces" } ] }""").ToString();
    }

    private static Answers Stored(FormDefinition form)
    {
        var answers = new Answers();
        foreach (var field in form.Fields.Where(f => f.Kind is not FieldKind.Computed))
        {
            answers[field.Key] = field.IsTable
                ? new JsonArray([.. Enumerable.Range(0, Rows).Select(r => (JsonNode)Row(field, r))])
                : Value(field.Kind, 1);
        }

        return answers;
    }

    private static JsonObject Row(FieldDefinition table, int number)
    {
        var row = new JsonObject { [Answers.RowKey] = $"n{number:0000000}" };
        foreach (var column in table.Columns.Where(c => c.Kind is not FieldKind.Computed))
        {
            row[column.Key] = Value(column.Kind, number + 1);
        }

        return row;
    }

    private static JsonNode Value(FieldKind kind, int number) => kind switch
    {
        FieldKind.Text => $"第{number}号高精度检测装置",
        FieldKind.LongText => string.Concat(Enumerable.Repeat("围绕关键工序开展攻关，形成稳定的工艺路线和检测办法。", 20)),
        FieldKind.Date => "2024-05-31",
        FieldKind.YesNo => true,
        FieldKind.Money => 1_000_000L * number,
        _ => number,
    };

    /// <summary>What the page posts: every input of the section, one field and one cell changed.</summary>
    private static ILookup<string, string> Posted(SectionDefinition section, Answers stored)
    {
        List<(string Name, string Value)> posted = [];
        foreach (var field in section.Fields.Where(f => f.Kind is not FieldKind.Computed))
        {
            if (!field.IsTable)
            {
                posted.Add((field.Key, field.Kind is FieldKind.LongText ? "改写过的一段话。" : FormDisplay.Raw(field, stored[field.Key])));
                continue;
            }

            foreach (var (row, i) in stored.Rows(field.Key).Select((row, i) => (row, i)))
            {
                var key = FormBinder.KeyOf(row, i);
                posted.Add((FormBinder.IndexName(field), key));
                posted.AddRange(field.Columns.Where(c => c.Kind is not FieldKind.Computed)
                    .Select(c => (FormBinder.CellName(field, key, c), i == 250 && c.Key == "name" ? "改名的装置" : FormDisplay.Raw(c, row[c.Key]))));
            }
        }

        return posted.ToLookup(p => p.Name, p => p.Value);
    }
}
