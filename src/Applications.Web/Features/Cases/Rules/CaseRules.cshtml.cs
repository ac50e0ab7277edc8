using Applications.Data;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Forms;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Rules;

/// <summary>The conditions, each with its clause and the figures it turned on, for everybody who may read the case.</summary>
public sealed class CaseRulesModel(CaseRulesQuery query, CurrentActor actor) : PageModel
{
    public CaseRulesView View { get; private set; } = null!;

    public async Task OnGetAsync(Guid id, CancellationToken ct) => View = await query.ExecuteAsync(id, actor.Value, ct);
}

/// <param name="IsDraft">It is the applicant's turn, and these are his answers as they stand; otherwise those last filed.</param>
public sealed record CaseRulesView(CaseForm Form, bool IsDraft);

/// <summary>Checks the draft for who is filling it in, and what was filed for everybody else: the draft that may lie beside it is not theirs to see.</summary>
public sealed class CaseRulesQuery(ApplicationsDbContext db, CaseFormQuery forms)
{
    public async Task<CaseRulesView> ExecuteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var application = await db.Applications.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(a => a.Id == id, ct) ?? throw new NotFoundException();
        if (actor.Role == Roles.Applicant && application.Holder == actor.Holder)
        {
            return new CaseRulesView(await forms.ExecuteAsync(application, ct), true);
        }

        var filed = await db.Filings.AsNoTracking().Where(f => f.CaseId == id).OrderByDescending(f => f.Round).Select(f => f.Answers).FirstOrDefaultAsync(ct)
            ?? throw new NotFoundException();
        return new CaseRulesView(await forms.ExecuteAsync(application, ct, Answers.Parse(filed)), false);
    }
}
