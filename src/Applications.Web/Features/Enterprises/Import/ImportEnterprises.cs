using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Enterprises;
using Applications.Domain.Enterprises.Record;
using Applications.Domain.Trail;
using Applications.Web.Infrastructure.Workbooks;

namespace Applications.Web.Features.Enterprises.Import;

/// <param name="Sha256">Of the file, for the record.</param>
/// <param name="Digest">Of the plan as it was shown (<see cref="EnterprisePlan.Digest"/>).</param>
/// <param name="Updates">Rows whose enterprises are to be updated; the others on record stay as they are.</param>
public sealed record ImportEnterprises(SheetTable Table, string Sha256, string Digest, Func<PlannedRow, bool> Updates, Guid IdempotencyKey);

public sealed record ImportedEnterprises(int Created, int Updated, int Skipped);

/// <summary>Takes over the good rows of a table of enterprises, all of them or none.</summary>
public sealed class ImportEnterprisesHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, EnterprisePlanQuery plans)
{
    /// <exception cref="StaleVersionException">A record changed since the plan was shown.</exception>
    public Task<ImportedEnterprises> HandleAsync(ImportEnterprises request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(
            actor, request.IdempotencyKey, "import-enterprises", ("enterprise", null), c => TakeAsync(request, actor, c), ct, $"{request.Table.Rows.Count} 行，文件 {request.Sha256}");
    }

    private async Task<ImportedEnterprises> TakeAsync(ImportEnterprises request, Actor actor, CancellationToken ct)
    {
        var plan = await plans.ExecuteAsync(request.Table, actor, ct);
        if (plan.Digest() != request.Digest)
        {
            throw new StaleVersionException("企业档案");
        }

        foreach (var row in plan.Created)
        {
            db.Enterprises.Add(Make(row));
        }

        var updated = plan.Updated.Where(request.Updates).ToList();
        foreach (var row in updated)
        {
            Update(row);

            // The record belongs to the enterprise: its own trail says who changed what in it.
            db.Audit.Add(new AuditEvent
            {
                At = host.Now,
                UserId = actor.UserId,
                UserName = actor.Name,
                Role = actor.Role,
                Ip = actor.Ip,
                Action = "import-enterprise",
                ObjectType = "enterprise",
                ObjectId = row.Existing!.Id.ToString("N"),
                Detail = string.Join("、", row.Changes.Select(c => c.Label)),
            });
        }

        return new ImportedEnterprises(plan.Created.Count, updated.Count, plan.Updated.Count - updated.Count);
    }

    private Enterprise Make(PlannedRow row)
    {
        var enterprise = new Enterprise
        {
            Id = Guid.CreateVersion7(),
            Uscc = row.Uscc,
            Name = row.Name,
            CityId = row.CityId,
            CountyId = row.CountyId,
            Profile = RecordForm.Apply(
                new EnterpriseProfile { Uscc = row.Uscc, Name = row.Name, CityCode = row.CityCode, CountyCode = row.CountyCode }, row.Answers, RecordForm.Identity),
            Figures = [],
            UpdatedAt = host.Now,
            Version = Guid.NewGuid(),
        };
        enterprise.Identify(row.Uscc, row.Name);
        return enterprise;
    }

    private void Update(PlannedRow row)
    {
        var enterprise = row.Existing!;
        var record = RecordForm.Read(enterprise.Profile, enterprise.Figures);
        foreach (var (key, value) in row.Answers.Json.Where(a => a.Value is not null))
        {
            record[key] = value!.DeepClone();
        }

        enterprise.Profile = RecordForm.Apply(enterprise.Profile, record, RecordForm.Identity);
        enterprise.Identify(enterprise.Uscc, row.Name);
        enterprise.UpdatedAt = host.Now;
        enterprise.Version = Guid.NewGuid();
    }
}
