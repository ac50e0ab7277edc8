using Applications.Web.Infrastructure.Presentation;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Applications.Web.Infrastructure.TagHelpers;

/// <summary><c>&lt;money fen="row.Revenue" /&gt;</c>: 分 shown as 万元 (or <c>unit="元"</c>); a dash for none.</summary>
[HtmlTargetElement("money", Attributes = "fen", TagStructure = TagStructure.WithoutEndTag)]
public sealed class MoneyTagHelper : TagHelper
{
    public long? Fen { get; set; }

    public string Unit { get; set; } = "万元";

    /// <summary>Leave the unit away, where the table's head names it.</summary>
    public bool Bare { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Fen is not { } fen)
        {
            output.TagName = null;
            output.Content.SetContent("—");
            return;
        }

        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "num");
        var digits = Unit == "元" ? Money.Yuan(fen) : Money.Wan(fen);
        output.Content.SetContent(Bare ? digits : $"{digits} {Unit}");
    }
}
