using System.Text.Json;
using Applications.Data;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Domain.Enterprises;
using Applications.Domain.Enterprises.Record;
using Applications.Domain.Forms;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Changes;

/// <summary>What the enterprise changed in its record after it filed, for those who check what was filed.</summary>
[Authorize(Roles = $"{Roles.County},{Roles.City},{Roles.Officer},{Roles.Head},{Roles.Leader},{Roles.Inspector}")]
public sealed class RecordChangesModel(RecordChangesQuery query, CurrentActor actor) : PageModel
{
    public RecordChangesView View { get; private set; } = null!;

    public async Task OnGetAsync(Guid id, CancellationToken ct) => View = await query.ExecuteAsync(id, actor.Value, ct);
}

public sealed record RecordChangesView(Application Application, Filing Filing, DateTime UpdatedAt, IReadOnlyList<RecordChange> Changes);

/// <summary>The record that was frozen with the last filing beside the record of today.</summary>
public sealed class RecordChangesQuery(ApplicationsDbContext db)
{
    public async Task<RecordChangesView> ExecuteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var found = await (
            from a in db.Applications.AsNoTracking().VisibleTo(db, actor)
            join f in db.Filings on new { CaseId = a.Id, Round = a.FilingRound } equals new { f.CaseId, f.Round }
            join e in db.Enterprises on a.EnterpriseId equals e.Id
            where a.Id == id
            select new { Application = a, Filing = f, Enterprise = e }).SingleOrDefaultAsync(ct) ?? throw new NotFoundException();
        return new RecordChangesView(
            found.Application, found.Filing, found.Enterprise.UpdatedAt,
            RecordDiff.Between(Frozen(found.Filing.Enterprise), RecordForm.Read(found.Enterprise.Profile, found.Enterprise.Figures)));
    }

    private static Answers Frozen(string record)
    {
        using var json = JsonDocument.Parse(record);
        return RecordForm.Read(
            json.RootElement.GetProperty("profile").Deserialize<EnterpriseProfile>(ApplicationsDbContext.Json)!,
            json.RootElement.GetProperty("figures").Deserialize<List<YearFigures>>(ApplicationsDbContext.Json)!);
    }
}
