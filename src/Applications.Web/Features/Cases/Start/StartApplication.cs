using System.Text.Json;
using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Enterprises;
using Applications.Domain.Forms;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Start;

/// <param name="From">An earlier application of the same programme to begin with.</param>
public sealed record StartApplication(Guid BatchId, Guid IdempotencyKey, Guid? From = null);

/// <summary>Opens a draft for the actor's enterprise, filled from its record.</summary>
public sealed class StartApplicationHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DefinitionCatalog definitions, DraftStore drafts)
{
    /// <returns>The new case's id.</returns>
    /// <exception cref="RuleBrokenException"><c>window-closed</c>, <c>already-applied</c>.</exception>
    /// <exception cref="NotFoundException">No such batch, or the earlier application is not the enterprise's own or of another programme.</exception>
    public Task<Guid> HandleAsync(StartApplication request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "start-application", ("batch", request.BatchId), c => StartAsync(request, actor, c), ct);
    }

    private async Task<Guid> StartAsync(StartApplication request, Actor actor, CancellationToken ct)
    {
        var batch = await db.Batches.SingleOrDefaultAsync(b => b.Id == request.BatchId, ct) ?? throw new NotFoundException();
        var enterprise = actor.Role == Roles.Applicant
            ? await db.Enterprises.SingleAsync(e => e.Id == actor.ScopeId, ct)
            : throw new NotFoundException();
        if (!batch.IsFilingOpen(host.Now))
        {
            throw new RuleBrokenException("window-closed", "本批次不在申报时间内，不能新建申报。");
        }

        if (await db.Applications.AnyAsync(a => a.BatchId == batch.Id && a.EnterpriseId == enterprise.Id && a.Result == null, ct))
        {
            throw new RuleBrokenException("already-applied", "本企业在该批次已有一份申报，请在“我的申报”中继续办理。");
        }

        var answers = FormPrefill.Fill(definitions.Form(batch.FormId), CaseFormQuery.ScopeOf(batch, enterprise.Profile, enterprise.Figures, ChinaTime.DateOf(host.Now)));
        var carried = request.From is { } from ? await CarryAsync(enterprise, from, batch, answers, ct) : null;
        var application = await drafts.OpenAsync(batch, enterprise, carried?.Answers ?? answers, actor, "开始", ct);
        if (carried is not null)
        {
            application.Carry(request.From, carried.Name, JsonSerializer.Serialize(carried.Fields, ApplicationsDbContext.Json));
        }

        return application.Id;
    }

    private async Task<Carried> CarryAsync(Enterprise enterprise, Guid from, Batch batch, Answers begun, CancellationToken ct)
    {
        var earlier = await (
            from old in db.Applications.AsNoTracking()
            join of in db.Batches on old.BatchId equals of.Id
            join filing in db.Filings on new { CaseId = old.Id, Round = old.FilingRound } equals new { filing.CaseId, filing.Round }
            where old.Id == @from && old.EnterpriseId == enterprise.Id && of.ProgrammeKey == batch.ProgrammeKey
            select new { of.Name, of.FormId, old.Number, filing.Answers }).SingleOrDefaultAsync(ct) ?? throw new NotFoundException();
        var (answers, carried) = CarryOver.Into(definitions.Form(batch.FormId), begun, definitions.Form(earlier.FormId), Answers.Parse(earlier.Answers));
        return new Carried(answers, $"{earlier.Name}（{earlier.Number}）", carried);
    }

    private sealed record Carried(Answers Answers, string Name, IReadOnlyList<string> Fields);
}
