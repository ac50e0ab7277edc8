using System.Text.Json.Serialization;
using Applications.Data.Similarity;
using Applications.Web.Features.Cases.Similar;
using Applications.Web.Infrastructure.Security;

namespace Applications.Web.Api;

/// <param name="Verdict"><c>Reasonable</c> or <c>Suspected</c>.</param>
public sealed record VerdictRequest(
    [property: JsonConverter(typeof(JsonStringEnumConverter<SimilarityVerdict>))] SimilarityVerdict? Verdict = null, string? Word = null, Guid? Version = null);

/// <summary>Words that an application shares with earlier ones.</summary>
internal static class SimilarityEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/applications/{id:guid}/similar", async (Guid id, SimilarQuery query, CurrentActor actor, CancellationToken ct) =>
        {
            var view = await query.ListAsync(id, actor.Value, ct);
            return new { compared = view.IsCompared, texts = view.Compared, waiting = view.Waiting, items = view.Lines.Select(Line) };
        }).WithSummary("Earlier applications that share words with this one; of another city's without name and number.");
        api.MapGet("/applications/{id:guid}/similar/{otherId:guid}", async (Guid id, Guid otherId, SimilarQuery query, CurrentActor actor, CancellationToken ct) =>
        {
            var view = await query.PairAsync(id, otherId, actor.Value, ct);
            return new
            {
                pair = Line(view.Line),
                view.SameTitle,
                passages = view.Line.Pair.Passages.Select(p => new { p.Number, p.Characters, p.IsCommon, own = Text(view.Own, p.Number), other = Text(view.Other, p.Number) }),
            };
        }).WithSummary("The passages that two applications share.");
        api.MapPost("/applications/{id:guid}/similar/{otherId:guid}/verdict", async (
            Guid id, Guid otherId, VerdictRequest body, HttpRequest request, JudgeSimilarityHandler handler, CurrentActor actor, CancellationToken ct) => new
            {
                version = await handler.HandleAsync(new JudgeSimilarity(id, otherId, body.Verdict, body.Word, body.Version.GetValueOrDefault(), IdempotencyKey.Of(request)), actor.Value, ct),
            }).WithSummary("The officer's verdict on words that stand in two applications.");
    }

    private static object Line(SimilarLine line) => new
    {
        line.Pair.OtherId,
        line.Programme,
        line.Year,
        line.Enterprise,
        line.Number,
        line.FiledAt,
        isOwn = line.Pair.IsOwn,
        share = line.Pair.Share / 10_000m,
        resemblance = line.Pair.Resemblance / 10_000m,
        line.Pair.Characters,
        fields = line.Fields.Select(f => new { f.Label, f.Characters }),
        verdict = line.Pair.Verdict?.ToString(),
        line.Pair.Word,
        line.Pair.JudgedByName,
        line.Pair.JudgedAt,
        line.Pair.Version,
    };

    private static string Text(IReadOnlyList<MarkedPart> parts, int passage) =>
        string.Concat(parts.SelectMany(p => p.Pieces).Where(p => p.Passages.Contains(passage)).Select(p => p.Text));
}
