using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Enterprises.Record;
using Applications.Domain.Forms;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Enterprises.Section;

/// <param name="Section">A section of the record whose entries stand in tables.</param>
/// <param name="Change">Makes the new answers out of those stored.</param>
/// <param name="Version">The version of the record the writer saw.</param>
public sealed record SaveRecord(string Section, Func<Answers, Answers> Change, Guid Version, Guid IdempotencyKey);

/// <summary>Keeps one section of the enterprise's record, whole or not at all; what was filed earlier keeps its own copy.</summary>
public sealed class SaveRecordHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline)
{
    /// <returns>The record's new version.</returns>
    /// <exception cref="RuleBrokenException"><c>record-not-in-order</c>.</exception>
    /// <exception cref="StaleVersionException">A colleague saved meanwhile.</exception>
    public Task<Guid> HandleAsync(SaveRecord request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(
            actor, request.IdempotencyKey, "save-record", ("enterprise", actor.ScopeId), c => SaveAsync(request, actor, c), ct,
            RecordForm.Definition.FindSection(request.Section)?.Title);
    }

    private async Task<Guid> SaveAsync(SaveRecord request, Actor actor, CancellationToken ct)
    {
        var enterprise = actor.Role == Roles.Applicant
            ? await db.Enterprises.SingleAsync(e => e.Id == actor.ScopeId, ct)
            : throw new NotFoundException();

        // Before anything is refused: the page then still shows what was typed.
        var answers = request.Change(RecordForm.Read(enterprise.Profile, enterprise.Figures));
        StaleVersionException.ThrowIfStale(request.Version, enterprise.Version, "企业档案");
        var today = ChinaTime.DateOf(host.Now);
        var errors = Blocking(RecordForm.Check(answers, enterprise.Profile, today.Year, today), request.Section).Count();
        if (errors > 0)
        {
            throw new RuleBrokenException("record-not-in-order", $"有 {errors} 处需要改正，改正后再保存。填写的内容仍在页面上。");
        }

        enterprise.Profile = RecordForm.Apply(enterprise.Profile, answers, request.Section);
        enterprise.UpdatedAt = host.Now;
        enterprise.Version = Guid.NewGuid();
        return enterprise.Version;
    }

    /// <summary>An entry is kept whole; that there are none yet is no mistake.</summary>
    internal static IEnumerable<AnswerError> Blocking(AnswerCheck check, string section) =>
        check.Errors.Where(e => e.SectionKey == section && (!e.IsMissing || e.Row is not null));
}
