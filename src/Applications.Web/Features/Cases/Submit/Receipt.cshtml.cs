using Applications.Data;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Cases;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Submit;

/// <summary>The printable receipt of the last filing.</summary>
public sealed class ReceiptModel(ReceiptQuery query, CurrentActor actor) : PageModel
{
    public ReceiptView View { get; private set; } = null!;

    public async Task OnGetAsync(Guid id, CancellationToken ct) => View = await query.ExecuteAsync(id, actor.Value, ct);
}

public sealed record ReceiptView(Guid CaseId, string Number, string Enterprise, string Batch, Filing Filing, string StageTitle);

/// <summary>The last filing of a case the actor may see.</summary>
public sealed class ReceiptQuery(ApplicationsDbContext db)
{
    public async Task<ReceiptView> ExecuteAsync(Guid id, Actor actor, CancellationToken ct) => await (
        from application in db.Applications.AsNoTracking().VisibleTo(db, actor)
        join batch in db.Batches on application.BatchId equals batch.Id
        join filing in db.Filings on application.Id equals filing.CaseId
        where application.Id == id && filing.Round == application.FilingRound
        select new ReceiptView(application.Id, application.Number!, application.EnterpriseName, batch.Name, filing, application.StageTitle))
        .SingleOrDefaultAsync(ct) ?? throw new NotFoundException();
}
