using Applications.Data;
using Applications.Domain.Calendars;
using Applications.Domain.Enterprises.Record;
using Applications.Domain.Forms;
using Applications.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Enterprises.Section;

/// <summary>The record as answers, checked.</summary>
public sealed record FilledRecord(Answers Answers, AnswerCheck Check, Guid Version) : IFilledForm;

/// <summary>The record as it is stored, or what was typed in its place.</summary>
public sealed class RecordSectionQuery(ApplicationsDbContext db, TimeProvider clock)
{
    public async Task<FilledRecord> ExecuteAsync(Guid enterpriseId, Answers? typed, CancellationToken ct)
    {
        var enterprise = await db.Enterprises.AsNoTracking().SingleAsync(e => e.Id == enterpriseId, ct);
        var today = ChinaTime.Today(clock);
        var answers = typed ?? RecordForm.Read(enterprise.Profile, enterprise.Figures);
        return new FilledRecord(answers, RecordForm.Check(answers, enterprise.Profile, today.Year, today), enterprise.Version);
    }
}
