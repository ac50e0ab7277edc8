using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Draws;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Reviews.Draws;
using Applications.Domain.Workflow;
using Applications.Web.Features.Experts;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Draws.Show;

/// <summary>A file of a draw.</summary>
public sealed record DrawnCase(Guid Id, string Number, string Name);

/// <summary>A draw as the department sees it.</summary>
/// <param name="Record">Null before the draw.</param>
/// <param name="IsOpen">True when the reader may see names.</param>
/// <param name="Advice">What the pool can give today, for the approver; null for others.</param>
/// <param name="Employers">Names of employers by what the record carries; empty while the record is sealed.</param>
public sealed record DrawView(
    PanelDraw Draw, string BatchName, IReadOnlyDictionary<Guid, DrawnCase> Cases, DrawRecord? Record, bool IsOpen, DrawAdvice? Advice, IReadOnlyDictionary<string, string> Employers)
{
    /// <summary>The employer's name, or its code where the name is not known any more.</summary>
    public string EmployerOf(DrawCandidate expert)
    {
        ArgumentNullException.ThrowIfNull(expert);
        return Employers.GetValueOrDefault(expert.Employer) ?? (EmployerNamesQuery.IsCode(expert.Employer) ? $"统一社会信用代码 {expert.Employer}" : expert.Employer);
    }

    /// <summary>Employer, city and specialities in one line.</summary>
    public string AboutOf(DrawCandidate expert)
    {
        ArgumentNullException.ThrowIfNull(expert);
        IEnumerable<string> parts = [EmployerOf(expert), ExpertWords.CityOf(expert.CityCode), string.Join('、', expert.Specialities.Select(ExpertWords.FieldOf).Concat(expert.IsFinance ? ["财务"] : []))];
        return string.Join("，", parts.Where(p => p.Length > 0));
    }
}

public sealed class ShowDrawQuery(ApplicationsDbContext db, DrawPool pool, EmployerNamesQuery employers, TimeProvider clock)
{
    public async Task<DrawView> ExecuteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var found = actor.IsDepartment || actor.Is(Roles.Pool)
            ? await (from d in db.Draws.AsNoTracking() join b in db.Batches.AsNoTracking() on d.BatchId equals b.Id where d.Id == id select new { Draw = d, Batch = b }).SingleOrDefaultAsync(ct)
            : null;
        var draw = found?.Draw ?? throw new NotFoundException();
        var ids = draw.Groups.SelectMany(g => g.Cases).ToList();
        var cases = await db.Applications.AsNoTracking().Where(a => ids.Contains(a.Id)).Select(a => new DrawnCase(a.Id, a.Number ?? string.Empty, a.EnterpriseName)).ToDictionaryAsync(c => c.Id, ct);
        var advice = draw.State == DrawState.Requested && actor.Is(Roles.Head, Roles.Pool)
            ? DrawAdvisor.Advise(draw.Request, await pool.ForAsync(draw, ct))
            : null;
        var record = draw.Record is null ? null : DrawRecordJson.Read(draw.Record);
        var isOpen = record is not null && NameSeal.IsOpenTo(actor, draw.SessionOn, draw.DecidedBy, draw.DrawnBy, ChinaTime.Today(clock));
        return new DrawView(draw, found.Batch.Name, cases, record, isOpen, advice, isOpen ? await employers.ExecuteAsync(record!, ct) : new Dictionary<string, string>());
    }
}
