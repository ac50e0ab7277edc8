using Applications.Data;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Forms;
using Applications.Domain.Programmes.Crossing;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Checks;

/// <summary>Holds an application against all others that were filed, by the cross-checks of its programme.</summary>
public sealed class CrossCheckQuery(ApplicationsDbContext db, DefinitionCatalog definitions)
{
    /// <summary>More says no more.</summary>
    private const int MostHits = 200;

    /// <param name="form">The application with the answers to check.</param>
    /// <param name="reader">A city learns of another city's enterprise only that it is one; null for the applicant, who is shown no other enterprise at all.</param>
    public async Task<IReadOnlyList<CrossFinding>> ExecuteAsync(CaseForm form, CancellationToken ct, Actor? reader = null)
    {
        ArgumentNullException.ThrowIfNull(form);
        var programme = definitions.Programme(form.Batch.ProgrammeId);
        if (programme.CrossChecks.Count == 0)
        {
            return [];
        }

        return CrossChecker.Check(programme, form.Form, form.Answers, await HitsAsync(form, Claim.Of(programme, form.Answers), reader, ct), await EarlierAsync(form, ct));
    }

    private async Task<List<ClaimHit>> HitsAsync(CaseForm form, IReadOnlyList<Claim> claims, Actor? reader, CancellationToken ct)
    {
        if (claims.Count == 0)
        {
            return [];
        }

        var (id, enterprise, batch) = (form.Application.Id, form.Application.EnterpriseId, form.Batch.Id);
        var texts = claims.Select(c => c.Text).ToList();
        var hits = await (
            from c in db.CaseClaims.AsNoTracking()
            join a in db.Applications on c.CaseId equals a.Id
            join b in db.Batches on a.BatchId equals b.Id
            where texts.Contains(c.Text) && c.CaseId != id && !(a.EnterpriseId == enterprise && a.BatchId == batch)
            orderby a.SubmittedAt descending
            select new { c.Kind, c.Text, a.Id, a.Number, a.EnterpriseName, a.CityId, b.Name, IsOwn = a.EnterpriseId == enterprise }).Take(MostHits).ToListAsync(ct);
        return [.. hits.Select(h => h.IsOwn || reader is null || reader.Role != Roles.City || h.CityId == reader.ScopeId
            ? new ClaimHit(h.Kind, h.Text, h.Id, h.Number, h.EnterpriseName, h.Name, h.IsOwn)
            : new ClaimHit(h.Kind, h.Text, Guid.Empty, null, "其他市的一家企业", h.Name, false))];
    }

    /// <summary>The enterprise's last filing in another call, before this one was first filed.</summary>
    private async Task<EarlierFiling?> EarlierAsync(CaseForm form, CancellationToken ct)
    {
        var (enterprise, batch, before) = (form.Application.EnterpriseId, form.Batch.Id, form.Application.SubmittedAt ?? DateTime.MaxValue);
        var found = await (
            from f in db.Filings.AsNoTracking()
            join a in db.Applications on f.CaseId equals a.Id
            join b in db.Batches on a.BatchId equals b.Id
            where a.EnterpriseId == enterprise && a.BatchId != batch && f.Round == a.FilingRound && f.FiledAt < before
            orderby f.FiledAt descending
            select new { a.Id, a.Number, b.Name, b.FormId, f.Answers }).FirstOrDefaultAsync(ct);
        return found is null ? null : new EarlierFiling(found.Id, found.Number, found.Name, definitions.Form(found.FormId), Answers.Parse(found.Answers));
    }
}
