using Applications.Web.Infrastructure.Presentation;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Applications.Web.Infrastructure.TagHelpers;

/// <summary>How a moment is written.</summary>
public enum WhenStyle
{
    Full,
    Date,
    ShortDate,
    Clock,
    Ago,

    /// <summary>Midnight is written as 24:00 of the day that ends.</summary>
    Deadline,
}

/// <summary><c>&lt;when at="entry.At" as="Ago" /&gt;</c>: a UTC moment in Shanghai time; a dash for none.</summary>
[HtmlTargetElement("when", Attributes = "at", TagStructure = TagStructure.WithoutEndTag)]
public sealed class WhenTagHelper(TimeProvider time) : TagHelper
{
    public DateTime? At { get; set; }

    [HtmlAttributeName("as")]
    public WhenStyle As { get; set; } = WhenStyle.Full;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (At is not { } at)
        {
            output.TagName = null;
            output.Content.SetContent("—");
            return;
        }

        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", ChinaTime.Machine(at));
        if (As == WhenStyle.Ago)
        {
            output.Attributes.SetAttribute("title", ChinaTime.DateAndTime(at));
        }

        output.Content.SetContent(As switch
        {
            WhenStyle.Date => ChinaTime.Date(at),
            WhenStyle.ShortDate => ChinaTime.ShortDate(at),
            WhenStyle.Clock => ChinaTime.Clock(at),
            WhenStyle.Ago => ChinaTime.Ago(at, time.GetUtcNow().UtcDateTime),
            WhenStyle.Deadline => ChinaTime.Deadline(at),
            _ => ChinaTime.DateAndTime(at),
        });
    }
}
