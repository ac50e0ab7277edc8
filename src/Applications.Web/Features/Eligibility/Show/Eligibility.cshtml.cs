using Applications.Domain.Workflow;
using Applications.Web.Features.Enterprises;
using Applications.Web.Features.Shared;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Eligibility.Show;

/// <summary>我能申报什么.</summary>
[Authorize(Policy = Roles.Applicant)]
public sealed class EligibilityModel(EligibilityQuery query, CurrentActor actor, TimeProvider clock) : PageModel
{
    private IReadOnlyList<Prospect> prospects = [];

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>What can be applied for now, what soon, and the rest, each with those first that nothing stands against.</summary>
    public IEnumerable<(string Title, IReadOnlyList<Prospect> Prospects)> Groups =>
        from p in prospects
        group p by p.IsOpen(Now) ? "正在申报" : p.Call is not null ? "即将开始" : "目前没有批次"
        into g
        select (g.Key, (IReadOnlyList<Prospect>)[.. g.OrderBy(p => p.Check.Verdict)]);

    public async Task OnGetAsync(CancellationToken ct) => prospects = await query.ExecuteAsync(actor.Value.ScopeId!.Value, ct);

    public static RuleListModel Rules(Prospect prospect) => new(prospect.Check.Results, m => m.RecordPath is { } path ? RecordLinks.Of(path) : null);
}
