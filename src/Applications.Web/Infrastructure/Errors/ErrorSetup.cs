using Applications.Data.Commands;
using Applications.Domain.Common;
using FluentValidation;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Infrastructure.Errors;

/// <summary>What a caller gets when something is refused or fails: a page in Chinese, or problem details for the API.</summary>
public static class ErrorSetup
{
    public static void UseErrors(this WebApplication app)
    {
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase),
            api => api.UseStatusCodePages());
        app.UseWhen(
            context => !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase),
            pages => pages.UseStatusCodePagesWithReExecute("/error/{0}"));

        // Inside of the above: what a page throws becomes an empty answer with a status, and that is filled on the way out.
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = StatusOf,
            ExceptionHandler = AnswerAsync,
            SuppressDiagnosticsCallback = context => StatusOf(context.Exception) < 500,
        });
    }

    private static int StatusOf(Exception exception) => exception switch
    {
        NotFoundException => StatusCodes.Status404NotFound,
        ValidationException => StatusCodes.Status422UnprocessableEntity,
        RuleBrokenException => StatusCodes.Status409Conflict,
        StaleVersionException => StatusCodes.Status409Conflict,
        BadHttpRequestException e => e.StatusCode,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static async Task AnswerAsync(HttpContext context)
    {
        var exception = context.Features.Get<IExceptionHandlerFeature>()!.Error;
        context.Response.StatusCode = StatusOf(exception);
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            await WriteProblemAsync(context, exception);
        }

        // A page's answer is left empty here; the status code page around this fills it.
    }

    private static async Task WriteProblemAsync(HttpContext context, Exception exception)
    {
        ProblemDetails problem = exception switch
        {
            ValidationException e => new HttpValidationProblemDetails(e.Errors.GroupBy(x => x.PropertyName).ToDictionary(g => g.Key, g => g.Select(x => x.ErrorMessage).ToArray()))
            {
                Title = "提交的内容有误。",
            },
            RuleBrokenException e => new ProblemDetails { Title = e.Message, Extensions = { ["code"] = e.Code, ["field"] = e.Field } },
            StaleVersionException e => new ProblemDetails { Title = e.Message, Extensions = { ["code"] = "stale-version" } },
            NotFoundException e => new ProblemDetails { Title = e.Message },
            BadHttpRequestException e => new ProblemDetails { Title = "请求无法读取，请核对字段是否齐全、格式是否正确。", Detail = e.InnerException?.Message ?? e.Message },
            _ => new ProblemDetails { Title = "系统出现问题，已经记录，请稍后重试。" },
        };
        problem.Status = context.Response.StatusCode;
        await context.Response.WriteAsJsonAsync(problem, problem.GetType(), options: null, contentType: "application/problem+json");
    }
}
