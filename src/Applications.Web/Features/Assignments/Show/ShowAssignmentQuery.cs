using Applications.Data;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Reviews.Assigning;
using Applications.Domain.Reviews.Draws;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Assignments.Show;

/// <summary>An assignment as its readers see it.</summary>
/// <param name="Record">Null until it is computed.</param>
/// <param name="IsOpen">True when the reader may see names.</param>
public sealed record AssignmentView(FileAssignment Assignment, string BatchName, AssignmentRecord? Record, AssignmentReport? Report, bool IsOpen)
{
    private ExpertNumbers? numbers;
    private Func<int, string>? labels;

    /// <summary>The numbers that stand for the experts, for a reader who may see names and for one who may not.</summary>
    public ExpertNumbers Numbers => numbers ??= new ExpertNumbers(Record!.Snapshot, Assignment.NumberKey);

    /// <summary>What the reader calls an expert.</summary>
    public string Label(int expert) => (labels ??= AssignmentWords.Labels(Record!, Numbers, IsOpen))(expert);

    /// <summary>What the reader calls the experts of a file, in an order that tells nothing of them.</summary>
    public IEnumerable<int> InOrder(IEnumerable<int> experts) => experts.OrderBy(Label, StringComparer.Ordinal).ThenBy(Numbers.Of);

    /// <summary>What else the reader may know of an expert.</summary>
    public string About(int expert)
    {
        var one = Record!.Snapshot.Experts[expert];
        if (!IsOpen)
        {
            // With field and city the pool would tell who it is.
            return one.Category;
        }

        var city = one.CityCode == "000000" ? "省外" : Domain.Identifiers.DivisionCodes.NameOf(one.CityCode);
        return string.Join("，", new[] { one.Category, string.Join('、', one.Fields), string.Join('、', one.Words), city }.Where(w => w.Length > 0));
    }
}

public sealed class ShowAssignmentQuery(ApplicationsDbContext db, TimeProvider clock)
{
    public async Task<AssignmentView> ExecuteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var found = actor.IsDepartment || actor.Is(Roles.Pool)
            ? await (from a in db.Assignments.AsNoTracking() join b in db.Batches.AsNoTracking() on a.BatchId equals b.Id where a.Id == id select new { Assignment = a, b.Name }).SingleOrDefaultAsync(ct)
            : null;
        var assignment = found?.Assignment ?? throw new NotFoundException();
        var record = assignment.Record is null ? null : AssignmentRecordJson.Read(assignment.Record);
        var isOpen = NameSeal.IsOpenTo(actor, assignment.SessionOn, assignment.DecidedBy, null, ChinaTime.Today(clock)) || assignment.MayDecide(actor);
        return new AssignmentView(assignment, found.Name, record, record is null ? null : new AssignmentReport(record, isOpen), isOpen);
    }
}
