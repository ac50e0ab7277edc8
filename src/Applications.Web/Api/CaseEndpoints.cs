using System.Text.Json.Nodes;
using Applications.Domain.Forms;
using Applications.Domain.Workflow;
using Applications.Web.Features.Cases.Edit;
using Applications.Web.Features.Cases.Files;
using Applications.Web.Features.Cases.List;
using Applications.Web.Features.Cases.Show;
using Applications.Web.Features.Cases.Start;
using Applications.Web.Features.Cases.Submit;
using Applications.Web.Infrastructure.Security;

namespace Applications.Web.Api;

/// <param name="From">An earlier application of the same programme to begin with.</param>
public sealed record StartRequest(Guid BatchId, Guid? From = null);

/// <param name="Answers">Answers by field key, in the form's own shape.</param>
public sealed record AnswersRequest(JsonObject Answers, Guid Version);

/// <param name="Explanations">Words to findings that ask for one, by the finding's key.</param>
public sealed record SubmitRequest(Guid Version, IReadOnlyDictionary<string, string?>? Explanations = null);

/// <summary>Applications in the caller's scope.</summary>
internal static class CaseEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/applications", async (StartRequest body, HttpRequest request, StartApplicationHandler handler, CurrentActor actor, CancellationToken ct) =>
        {
            var id = await handler.HandleAsync(new StartApplication(body.BatchId, IdempotencyKey.Of(request), body.From), actor.Value, ct);
            return Results.Created($"/api/v1/applications/{id}", new { id });
        }).WithSummary("Opens a draft in a batch.");
        api.MapPut("/applications/{id:guid}/answers", async (Guid id, AnswersRequest body, SaveAnswersHandler handler, CurrentActor actor, CancellationToken ct) =>
            new { version = (await handler.HandleAsync(new SaveAnswers(id, body.Version, (_, _) => new Answers(body.Answers), Reviewed: _ => true), actor.Value, ct)).Version }).WithSummary("Replaces the draft's answers; what was taken over from an earlier application counts as confirmed by it.");
        api.MapGet("/applications/{id:guid}/draft", async (Guid id, EditQuery query, CurrentActor actor, CancellationToken ct) =>
        {
            var (form, correction) = await query.ExecuteAsync(id, actor.Value, null, ct);
            return new
            {
                form.Application.Version,
                answers = form.Answers.Json,
                files = form.Files.Select(f => new { f.Id, f.FieldKey, f.FileName, f.Size, f.Sha256 }),
                problems = form.Check.Errors.Select(e => new { section = e.SectionKey, field = e.FieldKey, e.Row, e.Column, e.Message }),
                eligibility = form.Eligibility.Select(r => new { r.Rule.Id, r.Rule.Title, r.Clause.Clause, outcome = r.Outcome.ToString(), r.Message }),
                correction,
                carried = form.Carried,
                form.MaySubmit,
            };
        }).WithSummary("The draft with what is still wrong with it and the conditions, each with its clause.");
        api.MapDelete("/applications/{id:guid}/files/{fileId:guid}", async (Guid id, Guid fileId, RemoveAttachmentHandler handler, CurrentActor actor, CancellationToken ct) =>
        {
            await handler.HandleAsync(new RemoveAttachment(id, fileId), actor.Value, ct);
            return Results.NoContent();
        }).WithSummary("Takes a file out of the draft.");
        api.MapPost("/applications/{id:guid}/files", async (Guid id, string field, IFormFile file, AddAttachmentHandler handler, CurrentActor actor, CancellationToken ct) =>
        {
            await using var content = file.OpenReadStream();
            return new { fileId = await handler.HandleAsync(new AddAttachment(id, field, file.FileName, content), actor.Value, ct) };
        }).DisableAntiforgery().WithSummary("Adds a file to a field (?field=key, multipart part 'file').");
        api.MapPost("/applications/{id:guid}/submit", async (Guid id, SubmitRequest body, HttpRequest request, SubmitApplicationHandler handler, CurrentActor actor, CancellationToken ct) =>
            new { number = await handler.HandleAsync(new SubmitApplication(id, body.Version, IdempotencyKey.Of(request), body.Explanations), actor.Value, ct) }).WithSummary("Files the application.");
        api.MapGet("/applications", async (string? q, Guid? batch, string? stage, long? after, Guid? afterId, CaseListQuery query, CurrentActor actor, CancellationToken ct) =>
        {
            var key = after is { } ticks && afterId is { } last ? (ticks, last) : ((long, Guid)?)null;
            var (lines, more) = await query.ExecuteAsync(new CaseFilter(q, batch, stage, null, false, false, key), actor.Value, ct);
            var next = more ? $"/api/v1/applications?q={Uri.EscapeDataString(q ?? string.Empty)}&batch={batch}&stage={Uri.EscapeDataString(stage ?? string.Empty)}&after={lines[^1].KeyFor(actor.Value).Ticks}&afterId={lines[^1].Id}" : null;
            return new { items = lines.Select(l => l with { Score = actor.Value.IsDepartment ? l.Score : null }), next };
        }).WithSummary("Applications in the caller's scope, by key.");
        api.MapGet("/applications/{id:guid}", async (Guid id, CaseShowQuery query, CurrentActor actor, CancellationToken ct) =>
        {
            var view = await query.ExecuteAsync(id, actor.Value, ct);
            var a = view.Application;
            return new
            {
                a.Id,
                a.Number,
                a.EnterpriseName,
                a.Stage,
                a.StageTitle,
                a.StageSince,
                a.StageDue,
                a.Result,
                a.FilingRound,
                a.Version,
                filing = view.Filing is null ? null : new { view.Filing.Round, view.Filing.FiledAt, view.Filing.Digest, answers = view.Filed!.Json },
                files = view.Files.Select(f => new { f.Id, f.FieldKey, f.FileName, f.Size, f.Sha256 }),
                journal = view.Journal.Select(j => new { j.Sequence, j.At, j.ActorName, j.ActivityTitle, j.OutcomeLabel, j.Reason, j.Hash }),
                outcomes = view.Outcomes.Select(o => new { o.Outcome, o.Label, o.NeedsReason }),
                checklist = view.Item?.Task == Tasks.FormalCheck ? view.Programme.FormalChecklist.Select(c => new { c.Key, c.Text, c.Clause }) : null,
                workItem = view.Item is null ? null : new { view.Item.Id, view.Item.Version, view.Item.Task },
            };
        }).WithSummary("An application with its filing and journal, cut to what the caller may know.");
    }
}
