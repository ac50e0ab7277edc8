using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;

namespace Applications.Web.Infrastructure.Pictures;

/// <summary>Where a step of a batch stands.</summary>
public enum TimelineState
{
    Done,
    Current,
    Ahead,
}

/// <summary>A step of a batch.</summary>
/// <param name="When">As it is to be read: 3月1日 – 4月15日.</param>
/// <param name="Note">One more word on it: 还剩12天.</param>
public sealed record TimelineStep(string Name, string When, TimelineState State, string? Note = null);

/// <summary>The stages of a batch side by side, below each other on a narrow screen. An ordered list, so it reads well aloud too.</summary>
public static class BatchTimeline
{
    public static HtmlString Render(IEnumerable<TimelineStep> steps)
    {
        var html = new StringBuilder("""<ol class="steps">""");
        foreach (var step in steps)
        {
            var (css, words) = step.State switch
            {
                TimelineState.Done => ("is-done", "已完成："),
                TimelineState.Current => ("is-current", "进行中："),
                _ => ("is-ahead", "未开始："),
            };
            html.Append(CultureInfo.InvariantCulture, $"""<li class="{css}"{(step.State == TimelineState.Current ? " aria-current=\"step\"" : "")}><span class="step-name"><span class="visually-hidden">{words}</span>{Svg.Text(step.Name)}</span><span class="step-when">{Svg.Text(step.When)}</span>""");
            if (step.Note is not null)
            {
                html.Append(CultureInfo.InvariantCulture, $"""<span class="step-note">{Svg.Text(step.Note)}</span>""");
            }

            html.Append("</li>");
        }

        return new(html.Append("</ol>").ToString());
    }
}
