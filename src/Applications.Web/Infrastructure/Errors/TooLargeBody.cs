using Applications.Web.Infrastructure.Startup;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Applications.Web.Infrastructure.Errors;

/// <summary>
/// A body over the limit is answered with a page. The server alone would close the connection under the sender, and a browser then shows a broken
/// connection in place of the reason; so what is still coming in is read and thrown away first, within bounds.
/// </summary>
public static class TooLargeBody
{
    /// <summary>Beyond this many times the limit nobody means it well.</summary>
    private const int MostTimes = 8;

    public static void UseReadableTooLarge(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var most = ServiceSetup.LargestBody(app.Services.GetRequiredService<IOptions<StorageSettings>>().Value);
        app.Use(async (context, next) =>
        {
            if (context.Request.ContentLength > most)
            {
                await DrainAsync(context, most * MostTimes);
                Refuse(context);
                return;
            }

            await next(context);
        });
    }

    /// <summary>Leaves it to the error page to say so; nothing may try to read the form again.</summary>
    public static void Refuse(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Request.ContentType = null;
        context.Request.ContentLength = 0;
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
    }

    private static async Task DrainAsync(HttpContext context, long most)
    {
        if (context.Request.ContentLength <= most && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = most;
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        }
    }
}
