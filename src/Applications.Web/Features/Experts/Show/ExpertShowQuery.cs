using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Experts;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Experts;
using Applications.Domain.Reviews;
using Applications.Web.Features.Reviews;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Applications.Web.Features.Experts.Show;

/// <summary>One round of review an expert was seated in.</summary>
/// <param name="Declined">Files he stepped aside from.</param>
/// <param name="Silent">Files another judged because he did not.</param>
public sealed record ExpertUse(Guid BatchId, string Batch, string Round, DateTime At, int Files, int Locked, int Declined, int Silent);

/// <summary>What the office decided on him: who, when, what he said to it.</summary>
public sealed record ExpertAct(string Action, string By, DateTime At, string? Note);

/// <param name="HasAccount">He can sign in.</param>
/// <param name="Sessions">Rounds of review this year.</param>
public sealed record ExpertView(Expert Expert, IReadOnlyList<ExpertFile> Files, IReadOnlyList<ExpertUse> Uses, IReadOnlyList<EntryCondition> Entry, bool HasAccount, int Sessions, IReadOnlyList<ExpertAct> Acts, DateOnly Today);

/// <summary>An expert with how he stands to the entry rules and how he was used, as far as the names of a draw are open to the reader.</summary>
public sealed class ExpertShowQuery(ApplicationsDbContext db, SealedSourcesQuery sources, IOptions<PoolRules> rules, TimeProvider clock)
{
    private static readonly string[] Decisions = ["register-expert", "approve-expert", "return-expert", "refuse-expert", "renew-expert", "accept-expert-change", "decline-expert-change"];

    public async Task<ExpertView> ExecuteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var expert = await db.Experts.AsNoTracking().VisibleTo(actor).SingleOrDefaultAsync(e => e.Id == id, ct) ?? throw new NotFoundException();
        var today = ChinaTime.Today(clock);
        var files = await db.ExpertFiles.AsNoTracking().Where(f => f.ExpertId == id).OrderBy(f => f.AddedAt).ToListAsync(ct);
        var open = db.Reviews.AsNoTracking().Without(await sources.AllAsync(actor, ct));
        var uses = await (
            from r in open
            where r.ExpertId == id
            join b in db.Batches on r.BatchId equals b.Id
            group r by new { r.BatchId, b.Name, r.Round } into g
            select new ExpertUse(
                g.Key.BatchId, g.Key.Name, g.Key.Round, g.Min(r => r.AssignedAt), g.Count(), g.Sum(r => r.State == ReviewState.Locked ? 1 : 0), g.Sum(r => r.State == ReviewState.Declined && !r.IsSilent ? 1 : 0),
                g.Sum(r => r.State == ReviewState.Declined && r.IsSilent ? 1 : 0)))
            .ToListAsync(ct);
        var about = id.ToString("N");
        var acts = await db.Audit.AsNoTracking().Where(a => a.ObjectType == "expert" && a.ObjectId == about && Decisions.Contains(a.Action)).OrderByDescending(a => a.Id)
            .Select(a => new ExpertAct(a.Action, a.UserName, a.At, a.Detail)).ToListAsync(ct);
        return new ExpertView(
            expert, files, [.. uses.OrderByDescending(u => u.At)], EntryChecker.Check(expert.OwnProfile, rules.Value, today),
            await db.Users.AnyAsync(u => u.ScopeId == id && !u.IsDisabled, ct), uses.Count(u => ChinaTime.DateOf(u.At).Year == today.Year), acts, today);
    }
}
