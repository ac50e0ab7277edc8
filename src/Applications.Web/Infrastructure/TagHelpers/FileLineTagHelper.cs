using Applications.Web.Infrastructure.Presentation;
using Microsoft.AspNetCore.Mvc.Rendering;
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

    /// <summary>Pages of a PDF.</summary>
    public int? Pages { get; set; }

    /// <summary>Hash of the content, shown short and copied whole.</summary>
    public string? Sha256 { get; set; }

    /// <summary>Whether the browser can show it: then a second link opens it in a tab of its own.</summary>
    public bool Preview { get; set; }

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
        var meta = string.Join(" · ", new[] { FileSizes.Words(Bytes), Pages is { } pages ? $"{pages} 页" : null, Note }.Where(m => m is not null));
        output.Content.AppendHtml(Markup.Icon("file"))
            .AppendHtml(Markup.Element("div", [], name, Markup.Element("span", "file-meta", meta), PreviewLink(), HashLine()))
            .AppendHtml(inner);
    }

    private TagBuilder? PreviewLink() => Preview && Href is not null
        ? Markup.Element("a", [("class", "file-meta"), ("href", $"{Href}/view"), ("target", "_blank"), ("rel", "noopener")], Markup.Text("预览"), Markup.Element("span", "visually-hidden", $"：{Name}（新标签页）"))
        : null;

    private TagBuilder? HashLine()
    {
        if (Sha256 is not { Length: > 12 } hash)
        {
            return null;
        }

        return Markup.Element(
            "details",
            [("class", "file-hash")],
            Markup.Element("summary", [], Markup.Text($"SHA-256 {hash[..12]}…")),
            Markup.Element("code", "code", hash),
            Markup.Element("button", [("class", "button button-link button-small"), ("type", "button"), ("data-copy", hash), ("hidden", "hidden")], Markup.Text("复制")));
    }
}
