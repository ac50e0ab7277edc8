using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Applications.Web.Infrastructure.TagHelpers;

/// <summary>
/// A form that names no address goes to its page, not to the handler that showed it last: a browser would send it to the address in its bar, and after a trial or a refusal that
/// still names the other button's handler.
/// </summary>
[HtmlTargetElement("form", Attributes = "[method=post]")]
public sealed class PlainFormTagHelper : TagHelper
{
    private const string Handler = "handler";

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var request = ViewContext.HttpContext.Request;
        if (output.Attributes.ContainsName("action") || !request.Query.ContainsKey(Handler))
        {
            return;
        }

        var query = new QueryBuilder(request.Query.Where(q => !string.Equals(q.Key, Handler, StringComparison.OrdinalIgnoreCase)));
        output.Attributes.SetAttribute("action", $"{request.PathBase}{request.Path}{query}");
    }
}
