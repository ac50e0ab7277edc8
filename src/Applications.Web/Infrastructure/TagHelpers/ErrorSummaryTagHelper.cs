using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Applications.Web.Infrastructure.TagHelpers;

/// <summary><c>&lt;error-summary /&gt;</c>: every error of the model state, each a link to its field; takes the focus. Nothing when all is well.</summary>
[HtmlTargetElement("error-summary", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ErrorSummaryTagHelper : TagHelper
{
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        // In the order of the form, which is the order its fields were posted in; what belongs to no field comes first.
        var request = ViewContext.HttpContext.Request;
        string[] order = request.HasFormContentType ? [.. request.Form.Keys] : [];
        var errors = ViewContext.ViewData.ModelState
            .SelectMany(entry => entry.Value?.Errors.Select(error => (entry.Key, Text: error.ErrorMessage)) ?? [])
            .Where(error => error.Text.Length > 0)
            .Distinct()
            .OrderBy(error => Array.IndexOf(order, error.Key))
            .ToList();
        if (errors.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "error-summary");
        output.Attributes.SetAttribute("id", "error-summary");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Attributes.SetAttribute("autofocus", "autofocus");
        var list = new TagBuilder("ul");
        foreach (var (key, text) in errors)
        {
            list.InnerHtml.AppendHtml(Markup.Element("li", [], key.Length == 0
                ? Markup.Text(text)
                : Markup.Element("a", [("href", "#" + TagBuilder.CreateSanitizedId(key, "_"))], Markup.Text(text))));
        }

        // A word to the whole form is no place in it.
        var places = errors.Count(e => e.Key.Length > 0);
        output.Content.AppendHtml(Markup.Element("h2", null, places > 0 ? $"有 {places} 处需要修改" : "未能办理")).AppendHtml(list);
    }
}
