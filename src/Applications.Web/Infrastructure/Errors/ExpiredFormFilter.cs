using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Applications.Web.Infrastructure.Errors;

/// <summary>
/// A form whose antiforgery token no longer fits (signed out and in again, key rotated, tab open for days) is not lost: the answer is a page that
/// holds what was typed and offers to send it once more with a fresh token.
/// </summary>
public sealed class ExpiredFormFilter : IAlwaysRunResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Result is not IAntiforgeryValidationFailedResult)
        {
            return;
        }

        var request = context.HttpContext.Request;
        if (!CanRead(request))
        {
            TooLargeBody.Refuse(context.HttpContext);
            context.Result = new StatusCodeResult(StatusCodes.Status413PayloadTooLarge);
            return;
        }

        var fields = request.HasFormContentType
            ? request.Form.Where(f => f.Key != "__RequestVerificationToken").SelectMany(f => f.Value.Select(v => new KeyValuePair<string, string>(f.Key, v ?? string.Empty))).ToList()
            : [];
        context.Result = new ViewResult
        {
            StatusCode = StatusCodes.Status400BadRequest,
            ViewName = "/Features/Shared/ExpiredForm.cshtml",
            ViewData = new ViewDataDictionary<ExpiredForm>(new EmptyModelMetadataProvider(), new ModelStateDictionary())
            {
                Model = new ExpiredForm(request.Path + request.QueryString, fields, request.HasFormContentType && request.Form.Files.Count > 0),
            },
        };
    }

    /// <summary>False when it is the form that could not be read, not its token: longer than forms may be.</summary>
    private static bool CanRead(HttpRequest request)
    {
        try
        {
            return !request.HasFormContentType || request.Form.Count >= 0;
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return false;
        }
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}

/// <param name="Action">Where the form was going.</param>
/// <param name="Fields">What was typed.</param>
/// <param name="HadFiles">Files cannot be carried over and must be chosen again.</param>
public sealed record ExpiredForm(string Action, IReadOnlyList<KeyValuePair<string, string>> Fields, bool HadFiles);
