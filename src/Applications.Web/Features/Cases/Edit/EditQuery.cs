using Applications.Data;
using Applications.Domain.Accounts;
using Applications.Domain.Forms;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Edit;

/// <summary>Why the application came back.</summary>
/// <param name="Reason">What the checker wrote to the whole of it.</param>
/// <param name="Marks">Field key → what to correct there.</param>
public sealed record Correction(string? Reason, IReadOnlyDictionary<string, string> Marks);

/// <summary>The applicant's own case with its form and the reason it came back.</summary>
public sealed class EditQuery(ApplicationsDbContext db, CaseFormQuery forms)
{
    public async Task<(CaseForm Form, Correction Correction)> ExecuteAsync(Guid id, Actor actor, Answers? typed, CancellationToken ct)
    {
        var application = await db.OwnCaseAsync(id, actor, ct);
        var form = await forms.ExecuteAsync(application, ct, typed);
        var last = application.FilingRound == 0
            ? null
            : await db.Journal.AsNoTracking().Where(j => j.SubjectId == id && j.Kind == "complete").OrderByDescending(j => j.Sequence)
                .Select(j => new { j.Outcome, j.Reason }).FirstOrDefaultAsync(ct);
        return (form, new Correction(
            last is not null && Outcomes.SendsBack(last.Outcome) ? last.Reason : null,
            application.ReadMarks()));
    }
}
