using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Applications.Web.Infrastructure.TagHelpers;

/// <summary>
/// A labelled field: label, hint, errors, control, unit, counter, tied together for screen readers.
/// <c>&lt;field for="Input.Title" hint="…" max="50" /&gt;</c>, or without a model <c>&lt;field name="answers[x]" label="…" value="…" /&gt;</c>.
/// What was posted wins over the model, so a value that did not parse is shown again. Content inside replaces the control.
/// </summary>
[HtmlTargetElement("field", Attributes = "for")]
[HtmlTargetElement("field", Attributes = "name")]
public sealed class FieldTagHelper : TagHelper
{
    public ModelExpression? For { get; set; }

    public string? Name { get; set; }

    /// <summary>Made from the name when absent; needed where a page has the same field twice.</summary>
    public string? Id
    {
        get;
        set => field = NullIfEmpty(value);
    }

    public string? Value { get; set; }

    public string? Label { get; set; }

    /// <summary>Said after the label to those who do not see what the field stands beside.</summary>
    public string? About { get; set; }

    /// <summary>The two dates of a period, or the values of several boxes.</summary>
    public IReadOnlyList<string>? Values { get; set; }

    /// <summary>A code list: the input becomes a search in it.</summary>
    public string? List
    {
        get;
        set => field = NullIfEmpty(value);
    }

    /// <summary>Codes of the list under which the entry must stand.</summary>
    public IReadOnlyList<string>? Under { get; set; }

    /// <summary>Entries that belong to this page alone: the input becomes a search in them. Without scripts the browser offers them.</summary>
    public IEnumerable<string>? Options { get; set; }

    public string? Hint
    {
        get;
        set => field = NullIfEmpty(value);
    }

    /// <summary>Stands behind the input: 万元, %, 人.</summary>
    public string? Unit
    {
        get;
        set => field = NullIfEmpty(value);
    }

    /// <summary>text, textarea, number, date, datetime, password, email, tel, select, radios, checkboxes, checkbox, period, file; found from the model's type when absent.</summary>
    public string? Type { get; set; }

    /// <summary>Most characters; shown as a counter below a text area, and below a line with <see cref="Counted"/>.</summary>
    public int? Max { get; set; }

    public bool Counted { get; set; }

    public int Rows { get; set; } = 5;

    public IEnumerable<SelectListItem>? Items { get; set; }

    /// <summary>Found from the model's metadata when absent. A field that may stay empty says 选填.</summary>
    public bool? Required { get; set; }

    public bool Readonly { get; set; }

    public string? Autocomplete { get; set; }

    public string? Placeholder
    {
        get;
        set => field = NullIfEmpty(value);
    }

    /// <summary>File types for a file field, as <c>.pdf,.jpg</c>.</summary>
    public string? Accept
    {
        get;
        set => field = NullIfEmpty(value);
    }

    public bool Multiple { get; set; }

    /// <summary>An error that is not in the model state.</summary>
    public string? Error
    {
        get;
        set => field = NullIfEmpty(value);
    }

    /// <summary>Leave the 必填 and 选填 marks away, as in filters.</summary>
    public bool Unmarked { get; set; }

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var inner = await output.GetChildContentAsync();
        var name = For is null ? Name ?? "" : ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var id = Id ?? TagBuilder.CreateSanitizedId(name, "_");
        var type = Type ?? FieldControl.TypeOf(For, Items);
        var label = Label ?? For?.Metadata.DisplayName ?? For?.Metadata.Name ?? name;
        var required = Required ?? (type != "checkbox" && For?.Metadata.IsRequired == true);
        var errors = Errors(name);
        var max = Max ?? For?.Metadata.ValidatorMetadata.OfType<StringLengthAttribute>().FirstOrDefault()?.MaximumLength
            ?? For?.Metadata.ValidatorMetadata.OfType<MaxLengthAttribute>().FirstOrDefault()?.Length;
        var counted = (type == "textarea" || (type == "text" && Counted)) && max is not null && !Readonly;
        var describedBy = string.Join(' ', new[]
        {
            Hint is null ? null : $"{id}-hint",
            errors.Count == 0 ? null : $"{id}-error",
            counted ? $"{id}-counter" : null,
        }.Where(part => part is not null));

        var control = new FieldControl(name, id, type, label)
        {
            Values = Written(name),
            List = List,
            Under = Under ?? [],
            HasOptions = Options is not null,
            Items = Items,
            DescribedBy = describedBy.Length == 0 ? null : describedBy,
            Invalid = errors.Count > 0,
            Required = required,
            Readonly = Readonly,
            Max = max,
            Rows = Rows,
            Autocomplete = Autocomplete,
            Placeholder = Placeholder,
            Accept = Accept,
            Multiple = Multiple,
        };

        var group = control.IsGroup;
        output.TagName = group ? "fieldset" : "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        var css = output.Attributes["class"]?.Value?.ToString();
        output.Attributes.SetAttribute("class", string.Join(' ', new[] { "field", css, errors.Count > 0 ? "has-error" : null }.Where(c => c is not null)));
        if (group && control.DescribedBy is not null)
        {
            output.Attributes.SetAttribute("aria-describedby", control.DescribedBy);
        }

        if (type != "checkbox")
        {
            output.Content.AppendHtml(group
                ? Markup.Element("legend", [], Markup.Text(label), Mark(required))
                : Markup.Element("label", [("class", "label"), ("for", id)], Markup.Text(label), Beside(), Mark(required)));
            if (Hint is not null)
            {
                output.Content.AppendHtml(Markup.Element("p", [("class", "hint"), ("id", $"{id}-hint")], Markup.Text(Hint)));
            }
        }

        foreach (var (error, position) in errors.Select((error, position) => (error, position)))
        {
            output.Content.AppendHtml(Markup.Element(
                "p",
                [("class", "field-error"), ("id", position == 0 ? $"{id}-error" : null)],
                Markup.Icon("error"),
                Markup.Element("span", [], Markup.Element("span", "visually-hidden", "错误："), Markup.Text(error))));
        }

        output.Content.AppendHtml(inner.IsEmptyOrWhiteSpace ? WithUnit(control.Render(Hint)) : inner);
        if (List is not null)
        {
            var under = string.Concat((Under ?? []).Select((code, i) => $"{(i == 0 ? '?' : '&')}under={Uri.EscapeDataString(code)}"));
            output.Content.AppendHtml(Markup.Element("p", [("class", "hint")], Markup.Element("a", [("href", $"/lists/{List}{under}"), ("target", "_blank"), ("rel", "noopener")], Markup.Text("查代码表"))));
        }

        if (Options is not null)
        {
            output.Content.AppendHtml(Markup.Element("datalist", [("id", FieldControl.OptionsOf(id))], [.. Options.Select(o => Markup.Void("option", ("value", o)))]));
        }

        if (counted)
        {
            output.Content.AppendHtml(Markup.Element(
                "p",
                [("class", "counter"), ("id", $"{id}-counter"), ("data-counter", id), ("data-max", $"{max}")],
                Markup.Text($"最多 {max} 字")));
        }
    }

    /// <summary>Razor gives a null that stands in an attribute to a string property as an empty text.</summary>
    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private IHtmlContent WithUnit(IHtmlContent control) => Unit is null
        ? control
        : Markup.Element("div", [("class", "with-unit")], control, Markup.Element("span", "unit", Unit));

    private TagBuilder? Beside() => string.IsNullOrEmpty(About) ? null : Markup.Element("span", "visually-hidden", $"：{About}");

    private TagBuilder? Mark(bool required) => (Unmarked, Readonly, required) switch
    {
        (true, _, _) or (_, true, _) => null,
        (_, _, true) => Markup.Element("span", [("class", "label-mark")], Markup.Element("span", [("aria-hidden", "true")], Markup.Text("*")), Markup.Element("span", "visually-hidden", "必填")),
        _ => Markup.Element("span", "label-optional", "选填"),
    };

    private List<string> Errors(string name)
    {
        var errors = ViewContext.ViewData.ModelState.TryGetValue(name, out var entry)
            ? entry.Errors.Select(error => error.ErrorMessage).Where(text => text.Length > 0).Distinct().ToList()
            : [];
        if (Error is not null)
        {
            errors.Add(Error);
        }

        return errors;
    }

    private IReadOnlyList<string> Written(string name)
    {
        if (ViewContext.ViewData.ModelState.TryGetValue(name, out var entry) && entry.RawValue is not null)
        {
            return entry.RawValue is string[] many ? many : [entry.AttemptedValue ?? ""];
        }

        return Values ?? (Value is not null ? [Value] : FieldControl.Written(For?.Model));
    }
}
