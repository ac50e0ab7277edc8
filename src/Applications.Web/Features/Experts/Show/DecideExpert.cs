using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Experts;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Experts;
using Applications.Domain.Workflow;
using Microsoft.Extensions.Options;

namespace Applications.Web.Features.Experts.Show;

public enum ExpertDecision
{
    /// <summary>入库.</summary>
    Approve,

    /// <summary>退回补充.</summary>
    Return,

    /// <summary>不予入库.</summary>
    Refuse,

    /// <summary>续聘.</summary>
    Renew,

    /// <summary>采纳信息变更.</summary>
    Accept,

    /// <summary>不采纳信息变更.</summary>
    Decline,
}

public sealed record DecideExpert(Guid Id, ExpertDecision Decision, string? Note, Guid Version, Guid IdempotencyKey);

/// <summary>The pool's office decides who belongs to it. Those who run programmes cannot.</summary>
public sealed class DecideExpertHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, IOptions<PoolRules> rules)
{
    private const int LongestNote = 500;

    /// <exception cref="RuleBrokenException">What <see cref="Expert"/> refuses; <c>text-too-long</c>.</exception>
    public Task<bool> HandleAsync(DecideExpert request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(Roles.Pool))
        {
            throw new NotFoundException();
        }

        if (request.Note?.Length > LongestNote)
        {
            throw new RuleBrokenException("text-too-long", $"意见不超过 {LongestNote} 字。", "Note");
        }

        var command = request.Decision switch
        {
            ExpertDecision.Approve => "approve-expert",
            ExpertDecision.Return => "return-expert",
            ExpertDecision.Refuse => "refuse-expert",
            ExpertDecision.Accept => "accept-expert-change",
            ExpertDecision.Decline => "decline-expert-change",
            _ => "renew-expert",
        };
        return pipeline.RunAsync(actor, request.IdempotencyKey, command, ("expert", request.Id), c => DecideAsync(request, actor, c), ct, request.Note);
    }

    private async Task<bool> DecideAsync(DecideExpert request, Actor actor, CancellationToken ct)
    {
        var expert = await db.Experts.OfAsync(request.Id, actor, ct);
        StaleVersionException.ThrowIfStale(request.Version, expert.Version, "专家信息");
        var today = ChinaTime.DateOf(host.Now);
        switch (request.Decision)
        {
            case ExpertDecision.Approve:
                expert.Approve(rules.Value, today, request.Note, actor.Name, host.Now);
                break;
            case ExpertDecision.Return:
                expert.Return(request.Note, actor.Name, host.Now);
                break;
            case ExpertDecision.Refuse:
                expert.Refuse(request.Note, actor.Name, host.Now);
                break;
            case ExpertDecision.Accept:
                expert.Accept(rules.Value, today, request.Note);
                break;
            case ExpertDecision.Decline:
                expert.Decline(request.Note);
                break;
            default:
                expert.Renew(rules.Value, today, actor.Name, host.Now);
                break;
        }

        expert.Version = Guid.NewGuid();
        return true;
    }
}

public sealed record RevealSecret(Guid Id, SecretKind Kind, string? Reason);

/// <summary>Shows a number in full, once, to those who need it for their work; who, what and why is in the audit.</summary>
public sealed class RevealSecretHandler(ApplicationsDbContext db, CommandPipeline pipeline, PersonalSecrets secrets)
{
    private const int LongestReason = 200;

    /// <exception cref="RuleBrokenException"><c>reason-required</c>, <c>text-too-long</c>, <c>secret-empty</c>.</exception>
    public Task<string> HandleAsync(RevealSecret request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(Roles.Pool, Roles.Officer))
        {
            throw new NotFoundException();
        }

        if (string.IsNullOrWhiteSpace(request.Reason))
        {
            throw new RuleBrokenException("reason-required", "请写明查看的事由，将记入审计。", "RevealReason");
        }

        if (request.Reason.Length > LongestReason)
        {
            throw new RuleBrokenException("text-too-long", $"事由不超过 {LongestReason} 字。", "RevealReason");
        }

        // Without a key: the answer of a keyed command would be stored.
        return pipeline.RunAsync(actor, null, "reveal-secret", ("expert", request.Id), c => OpenAsync(request, actor, c), ct, $"{ExpertWords.Of(request.Kind)}：{request.Reason.Trim()}");
    }

    private async Task<string> OpenAsync(RevealSecret request, Actor actor, CancellationToken ct)
    {
        var expert = await db.Experts.OfAsync(request.Id, actor, ct);
        var value = request.Kind switch
        {
            SecretKind.Phone => expert.Secrets.Phone,
            SecretKind.Identity => expert.Secrets.Identity,
            _ => expert.Secrets.Bank,
        };
        return secrets.Open(expert.Id, request.Kind, value ?? throw new RuleBrokenException("secret-empty", "该专家没有登记此项。", "RevealReason"));
    }
}
