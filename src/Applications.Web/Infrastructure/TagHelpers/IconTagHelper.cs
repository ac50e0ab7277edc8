using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Applications.Web.Infrastructure.TagHelpers;

/// <summary><c>&lt;icon name="desk" /&gt;</c>: a symbol of <c>wwwroot/img/icons.svg</c>, decoration unless given a label.</summary>
[HtmlTargetElement("icon", Attributes = "name", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper : TagHelper
{
    public string Name { get; set; } = "";

    public string? Label { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var icon = Markup.Icon(Name);
        if (Label is not null)
        {
            icon.Attributes.Remove("aria-hidden");
            icon.Attributes["role"] = "img";
            icon.Attributes["aria-label"] = Label;
        }

        output.Content.SetHtmlContent(icon);
    }
}
