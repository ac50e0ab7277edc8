using Applications.Data.Calendars;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Titles;
using Applications.Domain.Workflow;

namespace Applications.Data.Workflow;

/// <summary>The only way a title moves, from the announcement to its end (programmes.md 2.7, 2.8). Saves nothing: what called it commits all at once.</summary>
public sealed class TitleHost(ApplicationsDbContext db, DefinitionCatalog definitions, EditionSource editions, CalendarSource calendars, WorkflowHost host)
{
    /// <summary>The signal that opens a revocation.</summary>
    public const string Revocation = "revocation";

    public DateTime Now => host.Now;

    /// <summary>Starts the life of a title that was granted; one whose life has begun, or that was revoked before, is left alone.</summary>
    public async Task StartAsync(Certificate certificate, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (certificate.State is not null || certificate.RevokedAt is not null || !definitions.Editions.TryGetValue(certificate.ProgrammeKey, out var edition))
        {
            return;
        }

        var flow = await editions.TitleFlowAsync(edition, ct);
        var decision = WorkflowEngine.Start(flow, await ContextAsync(certificate, ct));
        await host.ApplyAsync(await SubjectAsync(certificate, ct), flow, decision, new Step(Actor.System, "start", flow.Start, "Start", "开始", null), ct);
    }

    /// <summary>Completes the work item that <paramref name="token"/> stands for.</summary>
    public async Task CompleteAsync(Certificate certificate, int token, string outcome, Actor actor, string? reason, CancellationToken ct)
    {
        var (flow, state) = FlowOf(certificate);
        var activity = WorkflowHost.ActivityOf(flow, state, token);
        var decision = WorkflowEngine.Complete(flow, state, token, actor.Role, outcome, await ContextAsync(certificate, ct));
        WorkflowHost.RequireReason(activity, outcome, reason);
        await host.ApplyAsync(await SubjectAsync(certificate, ct), flow, decision, WorkflowHost.Completed(actor, activity, outcome, reason), ct);
    }

    /// <summary>The officer opens a revocation wherever the title stands.</summary>
    /// <exception cref="RuleBrokenException"><c>revocation-open</c>: one is open, or the title's life is over.</exception>
    public async Task OpenRevocationAsync(Certificate certificate, string ground, Actor actor, string reason, CancellationToken ct)
    {
        var (flow, state) = FlowOf(certificate);
        var decision = WorkflowEngine.Signal(flow, state, Revocation, await ContextAsync(certificate, ct));
        if (decision.Effects.Count == 0)
        {
            throw new RuleBrokenException("revocation-open", "该称号正在办理撤销或已经终止，不能再次发起。");
        }

        certificate.NameGround(ground);
        var activity = flow.Get(state.Tokens[0].Activity);
        await host.ApplyAsync(await SubjectAsync(certificate, ct), flow, decision, new Step(actor, "signal", activity, Revocation, "发起撤销", reason), ct);
    }

    /// <summary>The time of a token is up.</summary>
    public async Task TimeOutAsync(Certificate certificate, int token, CancellationToken ct)
    {
        var (flow, state) = FlowOf(certificate);
        var decision = WorkflowEngine.TimeOut(flow, state, token, await ContextAsync(certificate, ct));
        if (decision.Effects.Count > 0)
        {
            var step = new Step(Actor.System, "timeout", WorkflowHost.ActivityOf(flow, state, token), "Timeout", "到期", null);
            await host.ApplyAsync(await SubjectAsync(certificate, ct), flow, decision, step, ct);
        }
    }

    private (WorkflowDefinition Flow, WorkflowState State) FlowOf(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var state = certificate.State ?? throw new RuleBrokenException("title-not-begun", "该称号的管理流程尚未开始，请稍后再试。");
        return (definitions.Workflow(state.DefinitionId), state);
    }

    private async Task<TitleSubject> SubjectAsync(Certificate certificate, CancellationToken ct)
    {
        var application = (await db.Applications.FindAsync([certificate.CaseId], ct))!;
        return new TitleSubject(certificate, application, (await db.Batches.FindAsync([application.BatchId], ct))!);
    }

    private async Task<WorkflowContext> ContextAsync(Certificate certificate, CancellationToken ct) => new(
        Now,
        await calendars.GetAsync(ct),
        new Dictionary<string, object?>
        {
            ["anniversaryAt"] = TitleYears.NextAnniversary(certificate.IssuedAt, Now),
            ["yearsHeld"] = TitleYears.Held(certificate.IssuedAt, Now),
            ["inOneYearAt"] = Now.AddYears(1),
        });
}
