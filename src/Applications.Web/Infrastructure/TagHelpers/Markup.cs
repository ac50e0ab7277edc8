using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Applications.Web.Infrastructure.TagHelpers;

/// <summary>Short ways to write elements; text and attribute values are encoded when the page is written.</summary>
internal static class Markup
{
    public static TagBuilder Element(string name, (string Name, string? Value)[] attributes, params IHtmlContent?[] children)
    {
        var tag = new TagBuilder(name);
        foreach (var (key, value) in attributes)
        {
            if (value is not null)
            {
                tag.Attributes[key] = value;
            }
        }

        foreach (var child in children)
        {
            if (child is not null)
            {
                tag.InnerHtml.AppendHtml(child);
            }
        }

        return tag;
    }

    public static TagBuilder Element(string name, string? cssClass, string text) =>
        Element(name, [("class", cssClass)], Text(text));

    public static TagBuilder Void(string name, params (string Name, string? Value)[] attributes)
    {
        var tag = Element(name, attributes);
        tag.TagRenderMode = TagRenderMode.SelfClosing;
        return tag;
    }

    public static IHtmlContent Text(string text) => new HtmlContentBuilder().Append(text);

    public static TagBuilder Icon(string name) =>
        Element("svg", [("class", "icon"), ("aria-hidden", "true")], Element("use", [("href", $"/img/icons.svg#{name}")]));
}
