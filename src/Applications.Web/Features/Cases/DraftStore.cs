using Applications.Data;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Enterprises;
using Applications.Domain.Forms;
using Applications.Domain.Identifiers;

namespace Applications.Web.Features.Cases;

/// <summary>Opens drafts, whoever begins them.</summary>
public sealed class DraftStore(ApplicationsDbContext db, WorkflowHost host)
{
    /// <summary>A new case of the enterprise, tracked, on its way; the caller has seen to it that there is none yet.</summary>
    /// <param name="label">What the journal calls it.</param>
    public async Task<Application> OpenAsync(Batch batch, Enterprise enterprise, Answers answers, Actor actor, string label, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(enterprise);
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(actor);
        var city = (await db.Organisations.FindAsync([enterprise.CityId], ct))!;
        var application = new Application
        {
            Id = Guid.CreateVersion7(),
            BatchId = batch.Id,
            EnterpriseId = enterprise.Id,
            CityId = enterprise.CityId,
            CountyId = enterprise.CountyId,
            EnterpriseName = enterprise.Name,
            CityName = DivisionCodes.NameOf(city.DivisionCode),
            CreatedAt = host.Now,
        };
        application.SaveAnswers(answers.ToJson(), actor.Name, host.Now);
        db.Applications.Add(application);

        // The enterprise's row stands for "one application at a time": two starts at once collide on its version.
        enterprise.Version = Guid.NewGuid();
        await host.StartAsync(FlowSubjects.Of(application, batch), batch.CaseDefinitionId, actor, label, ct);
        return application;
    }
}
