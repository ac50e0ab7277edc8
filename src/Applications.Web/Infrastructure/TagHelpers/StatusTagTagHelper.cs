using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Applications.Web.Infrastructure.TagHelpers;

/// <summary>The tone of a status tag.</summary>
public enum StatusKind
{
    /// <summary>Not begun, closed, of no consequence.</summary>
    Neutral,

    /// <summary>Waits for somebody else.</summary>
    Info,

    /// <summary>Being worked on now.</summary>
    Progress,

    Success,
    Warning,
    Danger,
}

/// <summary><c>&lt;status-tag kind="Progress" text="形式审查中" /&gt;</c></summary>
[HtmlTargetElement("status-tag", Attributes = "text", TagStructure = TagStructure.WithoutEndTag)]
public sealed class StatusTagTagHelper : TagHelper
{
    public StatusKind Kind { get; set; }

    public string Text { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Kind switch
        {
            StatusKind.Info => "tag tag-info",
            StatusKind.Progress => "tag tag-progress",
            StatusKind.Success => "tag tag-success",
            StatusKind.Warning => "tag tag-warning",
            StatusKind.Danger => "tag tag-danger",
            _ => "tag",
        });
        output.Content.SetContent(Text);
    }
}

/// <summary>The tone of a case's standing.</summary>
public static class StatusTags
{
    /// <param name="result">The End the case reached, or null while it runs.</param>
    public static StatusKind Of(string? result) => result switch
    {
        null => StatusKind.Progress,
        "recognised" => StatusKind.Success,
        _ => StatusKind.Neutral,
    };
}
