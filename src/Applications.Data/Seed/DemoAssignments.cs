using Applications.Data.Draws;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Assigning;

namespace Applications.Data.Seed;

/// <summary>Assignments of the demonstration batches: really solved, with certificate and record, put to approval, and approved by another.</summary>
/// <param name="posts">The department's accounts, by log-in name.</param>
internal sealed class DemoAssignments(ApplicationsDbContext db, DemoFlow flow, AssignmentPool pool, NumberAllocator numbers, IReadOnlyDictionary<string, Guid> posts)
{
    private Actor Officer => DemoFlow.Officer with { UserId = posts["jingban"] };

    private Actor Head => DemoFlow.Head with { UserId = posts["chuzhang"] };

    /// <summary>The officer asks, looks through the proposal and puts it to approval.</summary>
    public async Task<FileAssignment> RequestAsync(Batch batch, List<Application> cases, string round, AssignmentOrder order, CancellationToken ct)
    {
        var year = ChinaTime.DateOf(flow.Clock.Now).Year;
        var number = $"FP-{year}-{await numbers.NextAsync($"assign-{year}", ct):0000}";
        var assignment = new FileAssignment
        {
            Id = Guid.CreateVersion7(),
            BatchId = batch.Id,
            Round = round,
            Number = number,
            Title = $"{batch.Name}（专家范围：{(order.Categories.Count == 0 ? "全部类别" : string.Join('、', order.Categories))}）",
            Order = order,
            Cases = [.. cases.Select(c => c.Id)],
            SessionOn = order.SessionOn,
            NumberKey = Guid.NewGuid(),
            RequestedBy = Officer.UserId!.Value,
            RequestedByName = Officer.Name,
            RequestedAt = flow.Clock.Now,
            Version = Guid.NewGuid(),
        };
        db.Assignments.Add(assignment);
        Note(batch, Officer, "RequestAssignment", "提出评审分派", $"分派 {number}：{cases.Count} 个项目，每件 {order.PerFile} 人");
        await db.SaveChangesAsync(ct);

        var snapshot = await pool.TakeAsync(assignment.Cases, order, assignment.Id.ToString("N"), ct);
        var plan = new AssignmentPlan(order, snapshot);
        flow.Clock.Now = flow.Clock.Now.AddMinutes(1);
        var record = AssignmentRecord.Of(number, assignment.Title, order, snapshot, plan.Seed, plan.Solve(ct), flow.Clock.Now);
        assignment.Propose(record);
        flow.Clock.Now = flow.Clock.Now.AddMinutes(30);
        assignment.Request();
        Note(batch, Officer, "SubmitAssignment", "分派方案报批", $"分派 {number}：输入摘要 {record.Input}");
        await db.SaveChangesAsync(ct);
        return assignment;
    }

    /// <summary>Another approves.</summary>
    /// <returns>The seats, added and not saved.</returns>
    public List<Review> Confirm(Batch batch, FileAssignment assignment)
    {
        flow.Clock.Now = flow.Clock.Now.AddHours(2);
        assignment.Confirm(Head, flow.Clock.Now);
        var record = AssignmentRecordJson.Read(assignment.Record!);
        var seats = AssignmentSeats.Of(assignment, record, assignment.Cases.ToHashSet(), flow.Clock.Now).ToList();
        db.Reviews.AddRange(seats);
        Note(
            batch, Head, "ConfirmAssignment", "评审分派生效",
            $"分派 {assignment.Number}：{assignment.Cases.Count} 个项目 {seats.Count} 席；输入摘要 {record.Input}；种子 {record.Seed}；目标值 {record.Objective}，下界 {record.Bound}；记录封签 {record.Seal}");
        return seats;
    }

    private void Note(Batch batch, Actor actor, string outcome, string label, string text) => flow.Host.Note(FlowSubjects.Of(batch), batch.Stage, actor, outcome, label, text);
}
