using System.Text.Json;
using Applications.Data;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Common;
using Applications.Domain.Forms;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases;

/// <summary>Finds the case an applicant may write to, and the work item that lets him.</summary>
internal static class FilingDesk
{
    /// <summary>The case of the actor's own enterprise, tracked.</summary>
    /// <exception cref="NotFoundException">Not his.</exception>
    public static Task<Application> OwnCaseAsync(this ApplicationsDbContext db, Guid id, Actor actor, CancellationToken ct) =>
        actor.Role == Roles.Applicant ? db.GetCaseAsync(id, actor, ct) : throw new NotFoundException();

    /// <summary>The case of the actor's own enterprise with its batch and the item that opens it, tracked; one query, as every autosave and submission asks.</summary>
    /// <exception cref="NotFoundException">Not his.</exception>
    public static async Task<(Application Application, Batch Batch, WorkItem? Item)> FilingAsync(
        this ApplicationsDbContext db, Guid id, Actor actor, CancellationToken ct)
    {
        if (actor.Role != Roles.Applicant)
        {
            throw new NotFoundException();
        }

        var holder = actor.Holder;
        var found = await (
            from application in db.Applications.VisibleTo(db, actor)
            join batch in db.Batches on application.BatchId equals batch.Id
            from item in db.WorkItems.Where(w => w.CaseId == application.Id && w.Task == Tasks.File && w.Holder == holder && w.ClosedAt == null).DefaultIfEmpty()
            where application.Id == id
            select new { application, batch, item }).SingleOrDefaultAsync(ct) ?? throw new NotFoundException();
        return (found.application, found.batch, found.item);
    }

    /// <summary>The open item (draft, correction, supplement).</summary>
    /// <exception cref="RuleBrokenException"><c>not-open-for-editing</c>.</exception>
    public static async Task<WorkItem> OpenFilingItemAsync(this ApplicationsDbContext db, Guid caseId, Actor actor, CancellationToken ct) =>
        await db.WorkItems.SingleOrDefaultAsync(w => w.CaseId == caseId && w.Task == Tasks.File && w.Holder == actor.Holder && w.ClosedAt == null, ct)
        ?? throw NotOpen();

    /// <exception cref="RuleBrokenException"><c>not-open-for-editing</c>.</exception>
    public static WorkItem RequireOpen(this WorkItem? item) => item ?? throw NotOpen();

    private static RuleBrokenException NotOpen() => new("not-open-for-editing", "申报书已提交或已办结，目前不能修改。");

    /// <summary>What was sent back for correction: field key → the checker's remark.</summary>
    public static IReadOnlyDictionary<string, string> ReadMarks(this Application application) => ReadMarks(application.Marks);

    public static IReadOnlyDictionary<string, string> ReadMarks(string? marks) =>
        string.IsNullOrEmpty(marks) ? new Dictionary<string, string>() : JsonSerializer.Deserialize<Dictionary<string, string>>(marks) ?? [];

    /// <summary>Fields taken over from an earlier application that nobody has looked at yet.</summary>
    public static IReadOnlyList<string> ReadCarried(this Application application) =>
        application.Carried is null ? [] : JsonSerializer.Deserialize<List<string>>(application.Carried) ?? [];

    /// <summary>Refuses a change to a field that was not sent back.</summary>
    /// <exception cref="RuleBrokenException"><c>field-closed</c>.</exception>
    public static async Task RequireOpenFieldAsync(this CaseFormQuery forms, Application application, string fieldKey, CancellationToken ct)
    {
        if (application.HasMarks && await forms.ExecuteAsync(application, ct) is var form && !form.Open.Contains(fieldKey))
        {
            throw Closed([form.Form.FindField(fieldKey)!]);
        }
    }

    public static RuleBrokenException Closed(IReadOnlyList<FieldDefinition> fields) => new(
        "field-closed", $"本次只开放审核人标出的栏目，“{string.Join("”、“", fields.Select(f => f.Label))}”不能改动，仍按已提交的内容保留。", fields[0].Key);
}
