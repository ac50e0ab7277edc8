using Applications.Web.Infrastructure.Presentation;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Applications.Web.Infrastructure.TagHelpers;

/// <summary><c>&lt;due at="item.DueAt" /&gt;</c>: a chip that says how far a deadline is. Nothing for no deadline; a stopped clock says so.</summary>
[HtmlTargetElement("due", Attributes = "at", TagStructure = TagStructure.WithoutEndTag)]
public sealed class DueTagHelper(TimeProvider time) : TagHelper
{
    /// <summary>The deadline, UTC.</summary>
    public DateTime? At { get; set; }

    /// <summary>The clock is stopped while the applicant corrects.</summary>
    public bool Paused { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (At is not { } at)
        {
            output.SuppressOutput();
            return;
        }

        var state = DueState.Of(at, time.GetUtcNow().UtcDateTime);
        var (kind, icon, words) = Paused ? ("paused", "pause", "计时暂停") : state.Kind switch
        {
            DueKind.Overdue => ("overdue", "error", state.Words),
            DueKind.Near => ("near", "clock", state.Words),
            _ => ("normal", "clock", state.Words),
        };
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"due due-{kind}");
        output.Attributes.SetAttribute("datetime", ChinaTime.Machine(at));
        output.Attributes.SetAttribute("title", $"办理时限 {ChinaTime.Deadline(at)}");
        output.Content.AppendHtml(Markup.Icon(icon)).Append(words);
    }
}
