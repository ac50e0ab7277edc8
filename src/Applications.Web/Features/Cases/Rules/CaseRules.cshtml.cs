using Applications.Data;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Forms;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Rules;

/// <summary>The conditions, each with its clause and the figures of the last filing, for everybody who may read the case.</summary>
public sealed class CaseRulesModel(CaseRulesQuery query, CurrentActor actor) : PageModel
{
    public CaseForm View { get; private set; } = null!;

    public async Task OnGetAsync(Guid id, CancellationToken ct) => View = await query.ExecuteAsync(id, actor.Value, ct);
}

/// <summary>Checks what was filed, not the draft that may lie beside it.</summary>
public sealed class CaseRulesQuery(ApplicationsDbContext db, CaseFormQuery forms)
{
    public async Task<CaseForm> ExecuteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var application = await db.Applications.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(a => a.Id == id, ct) ?? throw new NotFoundException();
        var filed = await db.Filings.AsNoTracking().Where(f => f.CaseId == id).OrderByDescending(f => f.Round).Select(f => f.Answers).FirstOrDefaultAsync(ct)
            ?? throw new NotFoundException();
        return await forms.ExecuteAsync(application, ct, Answers.Parse(filed));
    }
}
