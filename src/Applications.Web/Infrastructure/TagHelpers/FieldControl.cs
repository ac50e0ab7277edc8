using System.Collections;
using System.Globalization;
using Applications.Web.Features.Lists.Find;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Applications.Web.Infrastructure.TagHelpers;

/// <summary>The input of a field, without its label. Numbers are text inputs: a wheel or a stray key must not change a figure.</summary>
internal sealed class FieldControl(string name, string id, string type, string label)
{
    public IReadOnlyList<string> Values { get; init; } = [];
    public IEnumerable<SelectListItem>? Items { get; init; }
    public string? DescribedBy { get; init; }
    public bool Invalid { get; init; }
    public bool Required { get; init; }
    public bool Readonly { get; init; }
    public int? Max { get; init; }
    public int Rows { get; init; }
    public string? Autocomplete { get; init; }
    public string? Placeholder { get; init; }
    public string? Accept { get; init; }
    public bool Multiple { get; init; }

    /// <summary>Code list of a long choice with search.</summary>
    public string? List { get; init; }
    public IReadOnlyList<string> Under { get; init; } = [];

    /// <summary>A list of the page's own stands beside the input.</summary>
    public bool HasOptions { get; init; }

    public static string OptionsOf(string id) => $"{id}-options";

    public bool IsGroup => type is "radios" or "checkboxes" or "period";

    private string First => Values.Count == 0 ? "" : Values[0];

    public static string TypeOf(ModelExpression? model, IEnumerable<SelectListItem>? items)
    {
        if (items is not null)
        {
            return "select";
        }

        if (model is null)
        {
            return "text";
        }

        var clr = model.Metadata.UnderlyingOrModelType;
        return model.Metadata.DataTypeName switch
        {
            "Password" => "password",
            "EmailAddress" => "email",
            "PhoneNumber" => "tel",
            "MultilineText" => "textarea",
            _ when clr == typeof(bool) => "checkbox",
            _ when clr == typeof(DateOnly) => "date",
            _ when clr == typeof(DateTime) => "datetime",
            _ when typeof(IFormFile).IsAssignableFrom(clr) || typeof(IEnumerable<IFormFile>).IsAssignableFrom(clr) => "file",
            _ when clr == typeof(int) || clr == typeof(long) || clr == typeof(decimal) || clr == typeof(double) => "number",
            _ => "text",
        };
    }

    public static IReadOnlyList<string> Written(object? value) => value switch
    {
        null => [],
        string text => [text],
        bool yes => [yes ? "true" : "false"],
        DateOnly day => [day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)],
        DateTime moment => [moment.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture)],
        IFormattable number => [number.ToString(null, CultureInfo.InvariantCulture)],
        IEnumerable many => [.. many.Cast<object?>().SelectMany(Written)],
        _ => [value.ToString() ?? ""],
    };

    public IHtmlContent Render(string? hint) => type switch
    {
        "textarea" => TextArea(),
        "select" => Select(),
        "radios" or "checkboxes" => Choices(),
        "checkbox" => Checkbox(hint),
        "period" => Period(),
        "file" => Markup.Void("input", [("type", "file"), ("class", "file-input"), ("accept", Accept), ("multiple", Multiple ? "multiple" : null), .. Common()]),
        _ => Input(),
    };

    private (string Name, string? Value)[] Common() =>
    [
        ("name", name),
        ("id", id),
        ("aria-describedby", DescribedBy),
        ("aria-invalid", Invalid ? "true" : null),
        ("aria-required", Required ? "true" : null),
        ("readonly", Readonly ? "readonly" : null),
        ("autocomplete", Autocomplete),
    ];

    private TagBuilder Input()
    {
        var number = type == "number";
        return Markup.Void("input",
        [
            ("type", type switch { "number" => "text", "datetime" => "datetime-local", _ => type }),
            ("class", number ? "input input-number" : type is "date" or "datetime" ? "input input-short" : "input"),
            ("inputmode", number ? "decimal" : null),
            ("value", type == "password" ? null : First),
            ("maxlength", Max?.ToString(CultureInfo.InvariantCulture)),
            ("placeholder", Placeholder),
            ("data-code-list", HasOptions ? $"#{OptionsOf(id)}" : CodeListPayload.AddressOf(List)),
            ("list", HasOptions ? OptionsOf(id) : null),
            ("data-under", Under.Count == 0 ? null : string.Join(' ', Under)),
            .. Common(),
        ]);
    }

    /// <summary>Two inputs of one name: the first is the beginning.</summary>
    private TagBuilder Period()
    {
        return Markup.Element("div", [("class", "period")], End(0, "开始日期"), Markup.Element("span", null, "至"), End(1, "结束日期"));

        TagBuilder End(int place, string what) => Markup.Void("input",
            ("type", "date"),
            ("class", "input input-short"),
            ("name", name),
            ("id", place == 0 ? id : $"{id}-to"),
            ("value", Values.Count > place ? Values[place] : null),
            ("aria-label", $"{label}：{what}"),
            ("aria-describedby", DescribedBy),
            ("aria-invalid", Invalid ? "true" : null),
            ("aria-required", Required ? "true" : null));
    }

    private TagBuilder TextArea()
    {
        // The parser swallows one line break after the tag; without this a text that begins with one would lose it.
        var text = Markup.Element("textarea",
            [("class", "textarea"), ("rows", Rows.ToString(CultureInfo.InvariantCulture)), ("placeholder", Placeholder), .. Common()],
            new HtmlString("\n"), Markup.Text(First));
        return text;
    }

    private TagBuilder Select()
    {
        var select = Markup.Element("select", [("class", "select"), ("multiple", Multiple ? "multiple" : null), .. Common()]);
        foreach (var group in (Items ?? []).GroupBy(i => i.Group?.Name))
        {
            var options = group.Select(item => (IHtmlContent)Markup.Element("option",
                [("value", item.Value ?? item.Text), ("selected", IsChosen(item) ? "selected" : null), ("disabled", item.Disabled ? "disabled" : null)],
                Markup.Text(item.Text))).ToArray();
            var target = group.Key is null ? select : Markup.Element("optgroup", [("label", group.Key)]);
            Array.ForEach(options, option => target.InnerHtml.AppendHtml(option));
            if (group.Key is not null)
            {
                select.InnerHtml.AppendHtml(target);
            }
        }

        return select;
    }

    private HtmlContentBuilder Choices()
    {
        var all = new HtmlContentBuilder();
        foreach (var (item, position) in (Items ?? []).Select((item, position) => (item, position)))
        {
            all.AppendHtml(Markup.Element("label", [("class", "choice")],
                Markup.Void("input",
                    ("type", type == "radios" ? "radio" : "checkbox"),
                    ("name", name),
                    ("id", position == 0 ? id : $"{id}_{position}"),
                    ("value", item.Value ?? item.Text),
                    ("checked", IsChosen(item) ? "checked" : null),
                    ("disabled", item.Disabled || Readonly ? "disabled" : null)),
                Markup.Element("span", null, item.Text)));
        }

        return all;
    }

    private HtmlContentBuilder Checkbox(string? hint)
    {
        var text = Markup.Element("span", [], Markup.Text(label),
            hint is null ? null : Markup.Element("span", [("class", "hint"), ("id", $"{id}-hint")], Markup.Void("br"), Markup.Text(hint)));
        return (HtmlContentBuilder)new HtmlContentBuilder()
            .AppendHtml(Markup.Element("label", [("class", "choice")],
                Markup.Void("input", [("type", "checkbox"), ("value", "true"), ("checked", Values.Contains("true") ? "checked" : null), .. Common()]),
                text))
            .AppendHtml(Markup.Void("input", ("type", "hidden"), ("name", name), ("value", "false")));
    }

    private bool IsChosen(SelectListItem item) => Values.Count == 0 ? item.Selected : Values.Contains(item.Value ?? item.Text);
}
