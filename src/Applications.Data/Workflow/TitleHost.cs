using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Titles;

namespace Applications.Data.Workflow;

/// <summary>How a title moves, from the announcement to its end (programmes.md 2.7, 2.8). Saves nothing: what called it commits all at once.</summary>
public sealed class TitleHost(ApplicationsDbContext db, DefinitionCatalog definitions, EditionSource editions, WorkflowHost host)
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
        await host.StartAsync(await SubjectAsync(certificate, ct), flow.Id, Actor.System, "开始", ct);
    }

    /// <summary>Completes the work item that <paramref name="token"/> stands for.</summary>
    public async Task CompleteAsync(Certificate certificate, int token, string outcome, Actor actor, string? reason, CancellationToken ct) =>
        await host.CompleteAsync(await BegunAsync(certificate, ct), token, outcome, actor, reason, ct);

    /// <summary>The officer opens a revocation wherever the title stands.</summary>
    /// <exception cref="RuleBrokenException"><c>revocation-open</c>: one is open, or the title's life is over.</exception>
    public async Task OpenRevocationAsync(Certificate certificate, string ground, Actor actor, string reason, CancellationToken ct)
    {
        var subject = await BegunAsync(certificate, ct);
        certificate.NameGround(ground);
        var step = new Step(actor, "signal", host.DefinitionOf(subject).Start, Revocation, "发起撤销", reason);
        if (!await host.SignalAsync(subject, Revocation, ct, by: step))
        {
            throw new RuleBrokenException("revocation-open", "该称号正在办理撤销或已经终止，不能再次发起。");
        }
    }

    /// <summary>The time of a token is up.</summary>
    public async Task TimeOutAsync(Certificate certificate, int token, CancellationToken ct) => await host.TimeOutAsync(await BegunAsync(certificate, ct), token, ct);

    private Task<TitleSubject> BegunAsync(Certificate certificate, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.State is null
            ? throw new RuleBrokenException("title-not-begun", "该称号的管理流程尚未开始，请稍后再试。")
            : SubjectAsync(certificate, ct);
    }

    private async Task<TitleSubject> SubjectAsync(Certificate certificate, CancellationToken ct)
    {
        var application = (await db.Applications.FindAsync([certificate.CaseId], ct))!;
        return new TitleSubject(certificate, application, (await db.Batches.FindAsync([application.BatchId], ct))!);
    }
}
