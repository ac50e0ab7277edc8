using System.Text.Json;
using Applications.Data;
using Applications.Domain.Accounts;
using Applications.Domain.Forms;

namespace Applications.Web.Features.Cases.Edit;

/// <summary>The applicant's own case with its form and the fields sent back for correction.</summary>
public sealed class EditQuery(ApplicationsDbContext db, CaseFormQuery forms)
{
    public async Task<(CaseForm Form, IReadOnlyDictionary<string, string> Marks)> ExecuteAsync(Guid id, Actor actor, Answers? typed, CancellationToken ct)
    {
        var application = await db.OwnCaseAsync(id, actor, ct);
        var form = await forms.ExecuteAsync(application, ct, typed);
        return (form, JsonSerializer.Deserialize<Dictionary<string, string>>(application.Marks) ?? []);
    }
}
