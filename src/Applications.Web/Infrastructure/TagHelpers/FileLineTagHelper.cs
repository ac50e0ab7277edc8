using Applications.Web.Infrastructure.Presentation;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Applications.Web.Infrastructure.TagHelpers;

/// <summary>
/// <c>&lt;file-line name="审计报告.pdf" href="/files/1" bytes="20480"&gt;buttons&lt;/file-line&gt;</c>: a line of <c>ul.files</c>;
/// what stands inside comes after the name.
/// </summary>
[HtmlTargetElement("file-line", Attributes = "name")]
public sealed class FileLineTagHelper : TagHelper
{
    public string Name { get; set; } = "";

    public string? Href { get; set; }

    public long Bytes { get; set; }

    /// <summary>What the file is for, or who brought it and when.</summary>
    public string? Note { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var inner = await output.GetChildContentAsync();
        output.TagName = "li";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "file");
        var name = Href is null
            ? Markup.Element("span", "file-name", Name)
            : Markup.Element("a", [("class", "file-name"), ("href", Href)], Markup.Text(Name));
        var meta = Note is null ? FileSizes.Words(Bytes) : $"{FileSizes.Words(Bytes)} · {Note}";
        output.Content.AppendHtml(Markup.Icon("file"))
            .AppendHtml(Markup.Element("div", [], name, Markup.Element("span", "file-meta", meta)))
            .AppendHtml(inner);
    }
}
