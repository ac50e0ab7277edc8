using Applications.Data;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Data.Similarity;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Similar;

public sealed record JudgeSimilarity(Guid CaseId, Guid OtherId, SimilarityVerdict? Verdict, string? Word, Guid Version, Guid IdempotencyKey);

/// <summary>The officer says what he makes of words that stand in two applications. The next one sees it; the audit keeps every change of mind.</summary>
public sealed class JudgeSimilarityHandler(ApplicationsDbContext db, CommandPipeline pipeline, TimeProvider clock)
{
    /// <returns>The pair's new version.</returns>
    /// <exception cref="RuleBrokenException"><c>verdict-required</c>, <c>word-required</c>, <c>text-too-long</c>.</exception>
    public Task<Guid> HandleAsync(JudgeSimilarity request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(
            actor, request.IdempotencyKey, "judge-similarity", ("case", request.CaseId), c => JudgeAsync(request, actor, c), ct,
            $"{request.OtherId:N} {SimilarityWords.Of(request.Verdict)} {request.Word?.Trim()}");
    }

    private async Task<Guid> JudgeAsync(JudgeSimilarity request, Actor actor, CancellationToken ct)
    {
        if (actor.Role != Roles.Officer)
        {
            throw new NotFoundException();
        }

        var application = await db.GetCaseAsync(request.CaseId, actor, ct);
        var pair = await db.SimilarPairs.SingleOrDefaultAsync(p => p.CaseId == application.Id && p.OtherId == request.OtherId, ct) ?? throw new NotFoundException();
        StaleVersionException.ThrowIfStale(request.Version, pair.Version, "查重结果");
        if (request.Verdict is not { } verdict || !Enum.IsDefined(verdict))
        {
            throw new RuleBrokenException("verdict-required", "请选择核查结论。", "Verdict");
        }

        if (string.IsNullOrWhiteSpace(request.Word))
        {
            throw new RuleBrokenException("word-required", "请写明依据，例如引用了同一标准原文，或核心内容雷同。", "Word");
        }

        var word = request.Word.Trim();
        if (word.Length > SimilarPair.LongestWord)
        {
            throw new RuleBrokenException("text-too-long", $"说明不超过 {SimilarPair.LongestWord} 字。", "Word");
        }

        (pair.Verdict, pair.Word, pair.JudgedBy, pair.JudgedByName) = (verdict, word, actor.UserId, actor.Name);
        (pair.JudgedAt, pair.JudgedRound, pair.Version) = (UtcMilliseconds.Cut(clock.GetUtcNow().UtcDateTime), pair.Round, Guid.NewGuid());
        return pair.Version;
    }
}

/// <summary>What verdicts are called.</summary>
public static class SimilarityWords
{
    public static string Of(SimilarityVerdict? verdict) => verdict switch
    {
        SimilarityVerdict.Reasonable => "合理引用",
        SimilarityVerdict.Suspected => "疑似重复",
        _ => "未核查",
    };
}
