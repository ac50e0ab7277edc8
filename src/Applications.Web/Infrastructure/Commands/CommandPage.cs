using Applications.Data.Commands;
using Applications.Domain.Common;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Infrastructure.Commands;

/// <summary>
/// A page that runs a command. A refusal comes back as the same page with the reader's own words still in it: messages at the fields, status 400
/// (409 when somebody else was first).
/// </summary>
public abstract class CommandPage : PageModel
{
    /// <summary>The same click twice is one command; the page renders it with <c>&lt;submit-once /&gt;</c>.</summary>
    [BindProperty]
    public Guid IdempotencyKey { get; set; }

    /// <summary>Loads again what the page shows beside the form.</summary>
    protected abstract Task LoadAsync(CancellationToken ct);

    /// <summary>Runs <paramref name="command"/>; when it refuses, shows the page again. Names of fields in refusals are prefixed with <paramref name="prefix"/>.</summary>
    protected async Task<IActionResult> RunAsync(Func<Task<IActionResult>> command, CancellationToken ct, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(command);
        try
        {
            if (ModelState.IsValid)
            {
                return await command();
            }
        }
        catch (ValidationException e)
        {
            foreach (var error in e.Errors)
            {
                ModelState.AddModelError(prefix + error.PropertyName, error.ErrorMessage);
            }
        }
        catch (RuleBrokenException e)
        {
            ModelState.AddModelError(e.Field is null ? string.Empty : prefix + e.Field, e.Message);
        }
        catch (StaleVersionException e)
        {
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.AddModelError(string.Empty, e.Message);

            // The newer version is shown and will be the one decided on; without this the page would keep posting the old one.
            ModelState.Remove(prefix + "Version");
        }

        if (Response.StatusCode == StatusCodes.Status200OK)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
        }

        await LoadAsync(ct);
        return Page();
    }
}
