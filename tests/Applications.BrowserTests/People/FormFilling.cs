using System.Text.Json.Nodes;
using Applications.BrowserTests.Support;
using Applications.Domain.Forms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Applications.BrowserTests.People;

/// <summary>Types answers into the application form, field by field as they stand on the page, whatever the programme.</summary>
public static class FormFilling
{
    /// <summary>Tables up to this many rows are typed row by row; longer ones are pasted as from a spreadsheet.</summary>
    private const int MostTypedRows = 3;

    public static Task OpenSectionAsync(this Visitor enterprise, Guid application, string section)
    {
        ArgumentNullException.ThrowIfNull(enterprise);
        return enterprise.OpenAsync($"/cases/{application}/edit/{section}");
    }

    /// <summary>Fills what the section asks and goes on; as long as answers bring up new questions, the page stays and those are filled too.</summary>
    public static async Task FillSectionAsync(this Visitor enterprise, SectionDefinition section, Answers answers)
    {
        ArgumentNullException.ThrowIfNull(enterprise);
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(answers);
        var left = section.Fields.Where(f => f.Kind is not (FieldKind.Files or FieldKind.Computed) && !f.ReadOnly && answers[f.Key] is not null).ToList();
        while (true)
        {
            var asked = new List<FieldDefinition>();
            foreach (var field in left)
            {
                if (await IsAskedAsync(enterprise, field))
                {
                    await enterprise.FillFieldAsync(field, answers[field.Key]!);
                    asked.Add(field);
                }
            }

            if (asked.Count == 0)
            {
                return;
            }

            left.RemoveAll(asked.Contains);
            var here = new Uri(enterprise.Page.Url).AbsolutePath;
            var next = await enterprise.Main.GetByRole(AriaRole.Button, new() { Name = "保存，下一栏" }).CountAsync() > 0;
            await enterprise.PressAsync(next ? "保存，下一栏" : "保存");
            await enterprise.SeesAsync("已保存");
            if (!next || new Uri(enterprise.Page.Url).AbsolutePath != here)
            {
                return;
            }

            await enterprise.SeesAsync("按您的选择，本栏还需填写");
        }
    }

    public static async Task FillFieldAsync(this Visitor enterprise, FieldDefinition field, JsonNode value)
    {
        ArgumentNullException.ThrowIfNull(enterprise);
        ArgumentNullException.ThrowIfNull(field);
        if (field.Kind == FieldKind.Table)
        {
            await FillTableAsync(enterprise, field, [.. value.AsArray().Select(r => r!.AsObject())]);
            return;
        }

        await FillControlAsync(enterprise.Main, field.Key, field, value);
    }

    /// <summary>Two empty rows stand below what is filled in; a new row comes by the button, or without scripts by saving.</summary>
    public static async Task AddRowsAsync(this Visitor enterprise, FieldDefinition table, IReadOnlyList<JsonObject> rows)
    {
        ArgumentNullException.ThrowIfNull(enterprise);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(rows);
        var lines = enterprise.Main.Locator($"#{table.Key} [data-rows-body] > tr");
        var next = await FilledRowsAsync(lines);
        foreach (var row in rows)
        {
            if (next == await lines.CountAsync())
            {
                if (enterprise.HasScripts)
                {
                    await enterprise.Main.Locator($"#{table.Key}").GetByRole(AriaRole.Button, new() { Name = "添加一行" }).ClickAsync();
                }
                else
                {
                    await enterprise.PressAsync("保存");
                }

                await Expect(lines.Nth(next)).ToBeVisibleAsync();
            }

            await FillRowAsync(lines.Nth(next++), table, row);
        }
    }

    /// <summary>Pastes rows as a spreadsheet gives them: tabs and lines, choices in words.</summary>
    public static async Task PasteRowsAsync(this Visitor enterprise, FieldDefinition table, IReadOnlyList<JsonObject> rows)
    {
        ArgumentNullException.ThrowIfNull(enterprise);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(rows);
        var columns = table.Columns.Where(c => c.Kind != FieldKind.Computed).ToList();
        var text = string.Join('\n', rows.Select(row => string.Join('\t', columns.Select(c => Spoken(c, row[c.Key])))));
        await enterprise.Page.EvaluateAsync("text => navigator.clipboard.writeText(text)", text);
        var lines = enterprise.Main.Locator($"#{table.Key} [data-rows-body] > tr");
        await lines.First.Locator("input:not([type=hidden]), select").First.FocusAsync();
        await enterprise.Page.Keyboard.PressAsync("Control+V");
        await Expect(lines).ToHaveCountAsync(Math.Max(rows.Count, 2));
    }

    /// <summary>As a spreadsheet shows it: choices in words, thousands apart, units in the heading.</summary>
    private static string Spoken(FieldDefinition column, JsonNode? value)
    {
        var text = FormDisplay.Text(column, value);
        return column.Kind is FieldKind.Integer or FieldKind.Decimal or FieldKind.Money ? text.Split(' ')[0] : text;
    }

    private static async Task FillTableAsync(Visitor enterprise, FieldDefinition table, List<JsonObject> rows)
    {
        var lines = enterprise.Main.Locator($"#{table.Key} [data-rows-body] > tr");
        if (await FilledRowsAsync(lines) >= rows.Count)
        {
            return; // Taken over from the enterprise's record.
        }

        if (enterprise.HasScripts && rows.Count > MostTypedRows)
        {
            await enterprise.PasteRowsAsync(table, rows);
        }
        else
        {
            await enterprise.AddRowsAsync(table, rows);
        }
    }

    private static async Task FillRowAsync(ILocator line, FieldDefinition table, JsonObject row)
    {
        foreach (var column in table.Columns)
        {
            if (column.Kind == FieldKind.Computed || row[column.Key] is not { } value)
            {
                continue;
            }

            var cell = line.Locator($"[name$='].{column.Key}']");
            if (column.Kind is FieldKind.Choice or FieldKind.YesNo)
            {
                await cell.SelectOptionAsync(FormDisplay.Raw(column, value));
            }
            else
            {
                await cell.FillAsync(FormDisplay.Raw(column, value));
            }
        }
    }

    private static async Task FillControlAsync(ILocator main, string name, FieldDefinition field, JsonNode value)
    {
        var raw = FormDisplay.Raw(field, value);
        var control = main.Locator($"[name='{name}']:not([type=hidden])");
        switch (field.Kind)
        {
            case FieldKind.Choice when !field.Multiple:
                await control.SelectOptionAsync(raw);
                break;
            case FieldKind.Choice:
                foreach (var chosen in FormDisplay.Chosen(value))
                {
                    await main.Locator($"[name='{name}'][value='{chosen}']").CheckAsync();
                }

                break;
            case FieldKind.YesNo:
                await main.Locator($"[name='{name}'][value='{raw}']").CheckAsync();
                break;
            case FieldKind.Declaration:
                await control.CheckAsync();
                break;
            default:
                await control.FillAsync(raw);
                break;
        }
    }

    private static async Task<int> FilledRowsAsync(ILocator lines)
    {
        var filled = 0;
        while (filled < await lines.CountAsync() && (await lines.Nth(filled).Locator("input:not([type=hidden]), select").First.InputValueAsync()).Length > 0)
        {
            filled++;
        }

        return filled;
    }

    private static async Task<bool> IsAskedAsync(Visitor enterprise, FieldDefinition field) =>
        await enterprise.Main.Locator(field.Kind == FieldKind.Table ? $"#{field.Key}" : $"[name='{field.Key}']").CountAsync() > 0;
}
