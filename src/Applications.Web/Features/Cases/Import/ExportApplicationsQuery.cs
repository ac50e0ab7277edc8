using Applications.Data;
using Applications.Data.Cases;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Forms;
using Applications.Web.Infrastructure.Workbooks;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Import;

/// <summary>The applications of a batch as they were filed last, in the sheets in which they could be handed in.</summary>
public sealed class ExportApplicationsQuery(ApplicationsDbContext db, DefinitionCatalog definitions)
{
    public async Task<(IReadOnlyList<ImportTable> Tables, IReadOnlyList<string> Words, int Count)> ExecuteAsync(Batch batch, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var filed = await (
            from a in db.Applications.AsNoTracking().VisibleTo(db, actor)
            join f in db.Filings on a.Id equals f.CaseId
            join e in db.Enterprises on a.EnterpriseId equals e.Id
            where a.BatchId == batch.Id && f.Round == a.FilingRound
            orderby a.Number
            select new { e.Uscc, a.EnterpriseName, f.Answers }).Take(ApplicationSheets.MostApplications).ToListAsync(ct);
        var sheets = new ApplicationSheets(definitions.Form(batch.FormId));
        return (sheets.Write([.. filed.Select(f => (f.Uscc, f.EnterpriseName, Answers.Parse(f.Answers)))]), sheets.Words, filed.Count);
    }
}
