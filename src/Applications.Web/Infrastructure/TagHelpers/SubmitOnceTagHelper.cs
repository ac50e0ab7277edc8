using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Applications.Web.Infrastructure.TagHelpers;

/// <summary>
/// <c>&lt;submit-once /&gt;</c>: the hidden idempotency key of a form. A new one each time the page is drawn, so that the same click
/// twice is one submit and a corrected second try is a new one.
/// </summary>
[HtmlTargetElement("submit-once", TagStructure = TagStructure.WithoutEndTag)]
public sealed class SubmitOnceTagHelper : TagHelper
{
    public string Name { get; set; } = "IdempotencyKey";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "input";
        output.TagMode = TagMode.SelfClosing;
        output.Attributes.SetAttribute("type", "hidden");
        output.Attributes.SetAttribute("name", Name);
        output.Attributes.SetAttribute("value", Guid.NewGuid().ToString());
        output.Attributes.SetAttribute("autocomplete", "off");
    }
}
