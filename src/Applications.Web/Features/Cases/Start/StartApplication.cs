using System.Text.Json;
using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Common;
using Applications.Domain.Forms;
using Applications.Domain.Identifiers;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Start;

/// <param name="From">An earlier application of the same programme to begin with.</param>
public sealed record StartApplication(Guid BatchId, Guid IdempotencyKey, Guid? From = null);

/// <summary>Opens a draft for the actor's enterprise, filled from its record.</summary>
public sealed class StartApplicationHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DefinitionCatalog definitions)
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

        var city = await db.Organisations.Where(o => o.Id == enterprise.CityId).Select(o => o.DivisionCode).SingleAsync(ct);
        var application = new Application
        {
            Id = Guid.CreateVersion7(),
            BatchId = batch.Id,
            EnterpriseId = enterprise.Id,
            CityId = enterprise.CityId,
            CountyId = enterprise.CountyId,
            EnterpriseName = enterprise.Name,
            CityName = DivisionCodes.NameOf(city),
            CreatedAt = host.Now,
        };
        var answers = FormPrefill.Fill(definitions.Form(batch.FormId), CaseFormQuery.ScopeOf(batch, enterprise.Profile, enterprise.Figures, ChinaTime.DateOf(host.Now)));
        if (request.From is { } from)
        {
            answers = await CarryAsync(application, from, batch, answers, ct);
        }

        application.SaveAnswers(answers.ToJson(), actor.Name, host.Now);
        db.Applications.Add(application);

        // The enterprise's row stands for "one application at a time": two starts at once collide on its version.
        enterprise.Version = Guid.NewGuid();
        await host.StartAsync(FlowSubjects.Of(application, batch), batch.CaseDefinitionId, actor, "开始", ct);
        return application.Id;
    }

    private async Task<Answers> CarryAsync(Application application, Guid from, Batch batch, Answers begun, CancellationToken ct)
    {
        var earlier = await (
            from old in db.Applications.AsNoTracking()
            join of in db.Batches on old.BatchId equals of.Id
            join filing in db.Filings on new { CaseId = old.Id, Round = old.FilingRound } equals new { filing.CaseId, filing.Round }
            where old.Id == @from && old.EnterpriseId == application.EnterpriseId && of.ProgrammeKey == batch.ProgrammeKey
            select new { of.Name, of.FormId, old.Number, filing.Answers }).SingleOrDefaultAsync(ct) ?? throw new NotFoundException();
        var (answers, carried) = CarryOver.Into(definitions.Form(batch.FormId), begun, definitions.Form(earlier.FormId), Answers.Parse(earlier.Answers));
        application.Carry(from, $"{earlier.Name}（{earlier.Number}）", JsonSerializer.Serialize(carried, ApplicationsDbContext.Json));
        return answers;
    }
}
