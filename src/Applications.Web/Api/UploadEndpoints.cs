using System.Globalization;
using Applications.Domain.Common;
using Applications.Web.Features.Cases.Files;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Antiforgery;

namespace Applications.Web.Api;

/// <param name="Field">Key of the form field.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Hex, compared at the end; null when not counted.</param>
/// <param name="Replaces">The file it takes the place of.</param>
public sealed record UploadRequest(string Field, string Name, long Size, string? Sha256 = null, Guid? Replaces = null);

/// <summary>
/// Upload in parts: POST opens it or takes it up again, PUT brings a part with <c>Content-Range: bytes 0-1048575/5242880</c> (<c>bytes */5242880</c> only
/// finishes), GET tells how far it is, DELETE gives it up. A part that does not continue what has arrived is answered 409 with where to go on.
/// </summary>
internal static class UploadEndpoints
{
    public static void Map(RouteGroupBuilder cases)
    {
        cases.MapPost("/{id:guid}/uploads", async (Guid id, UploadRequest body, StartUploadHandler handler, CurrentActor actor, HttpContext http, CancellationToken ct) =>
        {
            var state = await handler.HandleAsync(new StartUpload(id, body.Field, body.Name, body.Size, body.Sha256, body.Replaces), actor.Value, ct);
            http.Response.Headers.Location = $"{http.Request.Path}/{state.Id}";
            return Answer(http, state, StatusCodes.Status201Created);
        }).WithSummary("Opens an upload in parts, or takes up one that stopped.");
        cases.MapGet("/{id:guid}/uploads/{uploadId:guid}", async (Guid id, Guid uploadId, UploadQuery query, CurrentActor actor, HttpContext http, CancellationToken ct) =>
            Answer(http, await query.ExecuteAsync(id, uploadId, actor.Value, ct), StatusCodes.Status200OK)).WithSummary("How much of an upload has arrived.");
        cases.MapPut("/{id:guid}/uploads/{uploadId:guid}", async (Guid id, Guid uploadId, TakePartHandler handler, CurrentActor actor, HttpContext http, CancellationToken ct) =>
        {
            if (http.Request.GetTypedHeaders().ContentRange is not { Unit.Value: "bytes", Length: { } total } range)
            {
                throw new RuleBrokenException("part-form", "缺少 Content-Range（bytes 起-止/总长）。");
            }

            var (state, taken) = await handler.HandleAsync(new TakePart(id, uploadId, range.From, range.To - range.From + 1 ?? 0, total, http.Request.Body), actor.Value, ct);
            return Answer(http, state, !taken ? StatusCodes.Status409Conflict : state.FileId is null ? StatusCodes.Status202Accepted : StatusCodes.Status201Created);
        }).WithSummary("Brings the next part of an upload (Content-Range); the last one makes the attachment.");
        cases.MapDelete("/{id:guid}/uploads/{uploadId:guid}", async (Guid id, Guid uploadId, CancelUploadHandler handler, CurrentActor actor, CancellationToken ct) =>
        {
            await handler.HandleAsync(new CancelUpload(id, uploadId), actor.Value, ct);
            return Results.NoContent();
        }).WithSummary("Gives an upload up.");
    }

    /// <summary>The same for the pages' script: with the cookie, so with the form's token, and refusals as JSON.</summary>
    public static void MapForPages(WebApplication app)
    {
        var cases = app.MapGroup("/cases").RequireAuthorization().ExcludeFromDescription().AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (!HttpMethods.IsGet(http.Request.Method) && !await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
            {
                return Results.Problem(title: "页面已过期，请刷新页面后重新选择同一文件，已上传的部分不会丢失。", statusCode: StatusCodes.Status400BadRequest);
            }

            try
            {
                return await next(context);
            }
            catch (RuleBrokenException e)
            {
                return Results.Problem(title: e.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
            }
        });
        Map(cases);
    }

    private static IResult Answer(HttpContext http, UploadState state, int status)
    {
        if (state.Received > 0)
        {
            http.Response.Headers.Range = string.Create(CultureInfo.InvariantCulture, $"bytes=0-{state.Received - 1}");
        }

        return Results.Json(state, statusCode: status);
    }
}
