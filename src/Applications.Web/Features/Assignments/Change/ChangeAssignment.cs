using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Reviews.Assigning;
using Applications.Domain.Reviews.Draws;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Assignments.Change;

/// <param name="Out">Number (<see cref="ExpertNumbers"/>) of the expert who leaves the file; null to add one.</param>
/// <param name="In">Number of the expert who comes; null to take one away.</param>
public sealed record ChangeAssignment(Guid Id, Guid CaseId, int? Out, int? In, string? Reason, Guid Version, Guid IdempotencyKey);

/// <summary>Changes a pair of a proposal by hand. Conflicts and caps are looked at again at once; what they forbid is refused with the reason.</summary>
public sealed class ChangeAssignmentHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline)
{
    /// <exception cref="RuleBrokenException"><c>change-nothing</c>, <c>change-hindered</c>, <c>assignment-closed</c>, <c>reason-required</c>, <c>text-too-long</c>.</exception>
    public Task<bool> HandleAsync(ChangeAssignment request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "change-assignment", ("assignment", request.Id), c => ChangeAsync(request, actor, c), ct, request.Reason);
    }

    private async Task<bool> ChangeAsync(ChangeAssignment request, Actor actor, CancellationToken ct)
    {
        var assignment = await db.Assignments.SingleOrDefaultAsync(a => a.Id == request.Id, ct);
        if (assignment?.Record is not { } json || assignment.RequestedBy != actor.UserId)
        {
            throw new NotFoundException();
        }

        StaleVersionException.ThrowIfStale(request.Version, assignment.Version, "分派方案");
        var record = AssignmentRecordJson.Read(json);
        var file = record.Snapshot.Files.ToList().FindIndex(f => f.Id == request.CaseId.ToString("N"));
        var numbers = new ExpertNumbers(record.Snapshot, assignment.NumberKey);
        var (leaving, coming) = (PlaceOf(request.Out), PlaceOf(request.In));
        if (file < 0 || leaving is null != request.Out is null || coming is null != request.In is null)
        {
            throw new NotFoundException();
        }

        if (request.In is null && request.Out is null)
        {
            throw new RuleBrokenException("change-nothing", "请选择换下或换上的专家。", "In");
        }

        var reason = FileAssignment.RequireReason(request.Reason);
        var isOpen = NameSeal.IsOpenTo(actor, assignment.SessionOn, assignment.DecidedBy, null, ChinaTime.DateOf(host.Now));
        assignment.Change(new AssignmentReport(record, isOpen).Change(new AssignmentChange(file, leaving, coming, reason, actor.Name, host.Now), AssignmentWords.Labels(record, numbers, isOpen)));
        assignment.Version = Guid.NewGuid();
        return true;

        int? PlaceOf(int? number) => number is { } one ? numbers.PlaceOf(one) : null;
    }
}
