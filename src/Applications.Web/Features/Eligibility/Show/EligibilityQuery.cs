using Applications.Data;
using Applications.Data.Workflow;
using Applications.Domain.Calendars;
using Applications.Domain.Forms;
using Applications.Domain.Programmes;
using Applications.Web.Features.Enterprises;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Eligibility.Show;

/// <summary>A call the enterprise could answer, now or soon.</summary>
/// <param name="Application">The enterprise's own application in it, if there is one.</param>
public sealed record Call(Guid Id, string Name, DateTime OpensAt, DateTime ClosesAt, OwnApplication? Application);

/// <param name="Stage">Where it stands, in words.</param>
public sealed record OwnApplication(Guid Id, string Stage, bool IsDraft);

/// <summary>A programme, or one call of it, with what the record says to its conditions.</summary>
/// <param name="Call">Null while the programme has no call.</param>
/// <param name="RuleSet">The edition the conditions come from.</param>
public sealed record Prospect(ProgrammeDefinition Programme, RuleSet RuleSet, Call? Call, SelfCheckResult Check)
{
    public bool IsOpen(DateTime now) => Call is not null && Call.OpensAt <= now;
}

/// <summary>The enterprise's record against every call that is open or coming, and against the programmes that have none at present.</summary>
public sealed class EligibilityQuery(ApplicationsDbContext db, DefinitionCatalog definitions, HistoryQuery history, TimeProvider clock)
{
    /// <summary>More than there are programmes.</summary>
    private const int MostCalls = 60;

    public async Task<IReadOnlyList<Prospect>> ExecuteAsync(Guid enterpriseId, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = ChinaTime.DateOf(now);
        var enterprise = await db.Enterprises.AsNoTracking().SingleAsync(e => e.Id == enterpriseId, ct);
        var past = await history.ExecuteAsync(enterpriseId, ct);
        var calls = await (
            from b in db.Batches.AsNoTracking()
            where b.FilingClosesAt > now && b.Result == null
            orderby b.FilingClosesAt, b.Id
            select new
            {
                b.Id,
                b.Name,
                b.Year,
                b.OpensAt,
                b.FilingClosesAt,
                b.FormId,
                b.ProgrammeId,
                b.RuleSetId,
                Own = db.Applications.Where(a => a.BatchId == b.Id && a.EnterpriseId == enterpriseId).OrderBy(a => a.Result != null).ThenByDescending(a => a.CreatedAt)
                    .Select(a => new OwnApplication(a.Id, a.StageTitle, a.FilingRound == 0)).FirstOrDefault(),
            }).Take(MostCalls).ToListAsync(ct);
        List<Prospect> prospects = [];
        foreach (var call in calls)
        {
            var programme = definitions.Programme(call.ProgrammeId);
            prospects.Add(Check(
                programme, definitions.Form(call.FormId), programme.FindRuleSet(call.RuleSetId)!, Scope(call.Year, ChinaTime.DateOf(call.OpensAt)),
                new Call(call.Id, call.Name, call.OpensAt, call.FilingClosesAt, call.Own)));
        }

        foreach (var edition in definitions.Editions.Values.Where(e => prospects.TrueForAll(p => p.Programme.Key != e.Programme.Key)).OrderBy(e => e.Programme.Key, StringComparer.Ordinal))
        {
            if (edition.Programme.RuleSetOn(today) is { } ruleSet)
            {
                prospects.Add(Check(edition.Programme, edition.Form, ruleSet, Scope(today.Year, today), null));
            }
        }

        return prospects;

        FormScope Scope(int year, DateOnly opened) => new() { Year = year, Today = today, AsOf = opened, Enterprise = enterprise.Profile, Figures = enterprise.Figures, History = past };
    }

    private static Prospect Check(ProgrammeDefinition programme, FormDefinition form, RuleSet ruleSet, FormScope scope, Call? call) =>
        new(programme, ruleSet, call, SelfCheck.Run(programme, form, ruleSet, scope));
}
