using Applications.Data;
using Applications.Domain.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Start;

/// <summary>An application that was filed before and can be begun with.</summary>
public sealed record EarlierApplication(Guid CaseId, string ProgrammeKey, string BatchName, DateTime FiledAt);

/// <summary>An application that is under way.</summary>
public sealed record RunningApplication(Guid Id, Guid BatchId, string Programme, string? Number, string Stage, bool IsDraft);

/// <summary>The enterprise's last filed application of each programme.</summary>
public sealed class EarlierQuery(ApplicationsDbContext db)
{
    public async Task<IReadOnlyDictionary<string, EarlierApplication>> ExecuteAsync(Actor actor, CancellationToken ct) => (await (
            from application in db.Applications.AsNoTracking()
            join batch in db.Batches on application.BatchId equals batch.Id
            where application.EnterpriseId == actor.ScopeId && application.SubmittedAt != null
            orderby application.SubmittedAt descending
            select new EarlierApplication(application.Id, batch.ProgrammeKey, batch.Name, application.SubmittedAt!.Value)).ToListAsync(ct))
        .DistinctBy(e => e.ProgrammeKey).ToDictionary(e => e.ProgrammeKey);

    public async Task<IReadOnlyList<RunningApplication>> RunningAsync(Actor actor, CancellationToken ct) => await (
            from application in db.Applications.AsNoTracking()
            join batch in db.Batches on application.BatchId equals batch.Id
            where application.EnterpriseId == actor.ScopeId && application.Result == null
            orderby application.CreatedAt
            select new RunningApplication(application.Id, batch.Id, batch.ProgrammeKey, application.Number, application.StageTitle, application.SubmittedAt == null)).ToListAsync(ct);
}
