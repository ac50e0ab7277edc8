using System.Text.Json;
using Applications.Data;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Forms;
using Applications.Domain.Programmes.Crossing;
using Applications.Domain.Workflow;
using Applications.Web.Features.Cases.Similar;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Checks;

/// <summary>交叉核查: what was filed against other applications, with what the applicant said to it.</summary>
[Authorize(Roles = $"{Roles.City},{Roles.Officer},{Roles.Head},{Roles.Leader},{Roles.Inspector}")]
public sealed class CaseChecksModel(CaseChecksQuery query, CurrentActor actor) : PageModel
{
    public CaseChecksView View { get; private set; } = null!;

    public async Task OnGetAsync(Guid id, CancellationToken ct) => View = await query.ExecuteAsync(id, actor.Value, ct);
}

/// <param name="Checks">Every cross-check of the programme with what it found.</param>
/// <param name="Words">What the applicant said when filing, by the finding's key.</param>
public sealed record CaseChecksView(CaseForm Form, int Round, IReadOnlyList<(CrossCheck Check, IReadOnlyList<CrossFinding> Findings)> Checks, IReadOnlyDictionary<string, string> Words);

/// <summary>Checks the last filing anew: what was filed elsewhere since counts too.</summary>
public sealed class CaseChecksQuery(ApplicationsDbContext db, CaseFormQuery forms, CrossCheckQuery crossChecks, DefinitionCatalog definitions)
{
    public async Task<CaseChecksView> ExecuteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var found = SimilarQuery.May(actor)
            ? await (
                from a in db.Applications.AsNoTracking().VisibleTo(db, actor)
                join f in db.Filings on new { CaseId = a.Id, Round = a.FilingRound } equals new { f.CaseId, f.Round }
                where a.Id == id
                select new { Application = a, f.Answers, f.Explanations, f.Round }).SingleOrDefaultAsync(ct) ?? throw new NotFoundException()
            : throw new NotFoundException();
        var form = await forms.ExecuteAsync(found.Application, ct, Answers.Parse(found.Answers));
        var findings = (await crossChecks.ExecuteAsync(form, ct, actor)).ToLookup(f => f.Check.Id);
        return new CaseChecksView(
            form, found.Round, [.. definitions.Programme(form.Batch.ProgrammeId).CrossChecks.Select(c => (c, (IReadOnlyList<CrossFinding>)[.. findings[c.Id]]))],
            JsonSerializer.Deserialize<Dictionary<string, string>>(found.Explanations) ?? []);
    }
}
