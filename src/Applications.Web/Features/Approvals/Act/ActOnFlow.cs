using Applications.Data.Accounts;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Workflow;

namespace Applications.Web.Features.Approvals.Act;

/// <param name="Subject">The case or batch.</param>
/// <param name="Act">One of <see cref="ApprovalActs"/>.</param>
/// <param name="ItemId">The work item it concerns, for acts that concern one.</param>
/// <param name="Version">The item's version as the reader saw it.</param>
/// <param name="Person">To whom it is given, or who is to sign.</param>
/// <param name="Target">The earlier step to return to.</param>
/// <param name="Outcome">What the signer says.</param>
public sealed record ActOnFlow(
    Guid Subject, string Act, Guid? ItemId, Guid? Version, string? Reason, Guid? Person, SignerPosition? Position, string? Target, string? Outcome, Guid IdempotencyKey);

/// <summary>Does what <see cref="ApprovalOptionsQuery"/> offers, and nothing else.</summary>
public sealed class ActOnFlowHandler(ApprovalOptionsQuery query, ApprovalHost host, CommandPipeline pipeline, DelegationSource delegations)
{
    private const int LongestReason = 2000;

    /// <returns>Where the subject stands now.</returns>
    /// <exception cref="RuleBrokenException"><c>not-possible-now</c>, <c>reason-required</c>, <c>text-too-long</c>, <c>person-required</c>, <c>position-required</c>, <c>target-required</c>, <c>own-work</c>, or what the engine refuses.</exception>
    /// <exception cref="StaleVersionException">Somebody was first.</exception>
    public Task<string> HandleAsync(ActOnFlow request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, $"approval-{request.Act}", ("flow", request.Subject), c => ActAsync(request, actor, c), ct, request.Reason);
    }

    private async Task<string> ActAsync(ActOnFlow request, Actor actor, CancellationToken ct)
    {
        var desk = await query.ExecuteAsync(request.Subject, actor, ct);
        var option = desk.Options.FirstOrDefault(o => o.Act == request.Act && (request.ItemId is null || o.Item?.Id == request.ItemId))
            ?? throw new RuleBrokenException("not-possible-now", "现在不能这样办理：可能已有他人办理，或已超过次数。请查看最新状态。");
        if (request.Version is { } seen && option.Item is { } shown)
        {
            StaleVersionException.ThrowIfStale(seen, shown.Version, "该待办");
        }

        var reason = Reason(request, option);
        var subject = FlowSubjects.Of(desk.Application, desk.Batch);
        var by = option.As;
        switch (request.Act)
        {
            case ApprovalActs.Recall:
                await host.RecallAsync(subject, option.Token!.Value, by, reason, ct);
                break;
            case ApprovalActs.SendBack:
                await host.SendBackAsync(subject, option.Item!.Token, Required(request.Target, "target-required", "请选择退回到哪个环节。", "Target"), by, reason, ct);
                break;
            case ApprovalActs.Reassign:
                var colleague = Person(desk, request.Person, u => u.Holder == option.Item!.Holder, "只能转办给同一岗位的人员。");
                host.Reassign(subject, option.Item!, colleague.Id, colleague.DisplayName, by, reason);
                break;
            case ApprovalActs.AddSigner:
                var signer = Person(desk, request.Person, _ => true, "请选择加签人员。");
                var position = request.Position ?? throw new RuleBrokenException("position-required", "请选择加签方式。", "Position");
                await host.AddSignerAsync(subject, option.Item!.Token, signer.Id, signer.DisplayName, position, by, reason, ct);
                break;
            case ApprovalActs.Sign:
                await delegations.RefuseOwnWorkAsync(actor, by, subject.Id, ct);
                await host.SignAsync(subject, option.Item!, Outcome(option, request.Outcome), by, reason, ct);
                break;
            case ApprovalActs.Urge:
                host.Urge(subject, option.Item!, by, reason);
                break;
            case ApprovalActs.Suspend:
                await host.SuspendAsync(subject, by, reason, ct);
                break;
            case ApprovalActs.Resume:
                await host.ResumeAsync(subject, by, reason, ct);
                break;
            case ApprovalActs.Terminate:
                await host.TerminateAsync(subject, by, reason, ct);
                break;
        }

        return desk.StageTitle;
    }

    private static string Reason(ActOnFlow request, ApprovalOption option)
    {
        var reason = request.Reason?.Trim() ?? string.Empty;
        var optional = request.Act == ApprovalActs.Urge || (request.Act == ApprovalActs.Sign && Outcome(option, request.Outcome) == Domain.Workflow.Approvals.Agree);
        if (reason.Length == 0 && !optional)
        {
            throw new RuleBrokenException("reason-required", "请写明理由，将记入办理记录。", "Reason");
        }

        return reason.Length <= LongestReason ? reason : throw new RuleBrokenException("text-too-long", $"意见或理由不超过 {LongestReason} 字。", "Reason");
    }

    /// <summary>Countersigners and added signers say yes alike and no each in their own word.</summary>
    private static string Outcome(ApprovalOption option, string? given) => given switch
    {
        "Agree" => Domain.Workflow.Approvals.Agree,
        "Object" or "Disagree" => option.Item?.Task == Tasks.SignOpinion ? Domain.Workflow.Approvals.Object : Domain.Workflow.Activities.CountersignKind.Disagree,
        _ => throw new RuleBrokenException("outcome-required", "请选择同意或不同意。", "Outcome"),
    };

    private static AppUser Person(ApprovalDesk desk, Guid? id, Func<AppUser, bool> fits, string message) =>
        desk.Colleagues.FirstOrDefault(u => u.Id == id && fits(u)) ?? throw new RuleBrokenException("person-required", message, "Person");

    private static string Required(string? text, string code, string message, string field) =>
        string.IsNullOrEmpty(text) ? throw new RuleBrokenException(code, message, field) : text;
}
