using Applications.Data;
using Applications.Data.Trail;
using Applications.Domain.Accounts;
using Applications.Domain.Titles;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Titles.List;

/// <summary>Titles by the day they were granted: a holder's own, those of a bureau's area, or all of them for the department.</summary>
[Authorize(Roles = $"{Roles.Applicant},{Roles.County},{Roles.City},{Roles.Officer},{Roles.Head},{Roles.Leader},{Roles.Inspector}")]
public sealed class TitleListModel(TitleListQuery query, AuditWriter audit, CurrentActor actor) : PageModel
{
    private const int MostExported = 20_000;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? After { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? AfterId { get; set; }

    public IReadOnlyList<Certificate> Titles { get; private set; } = [];

    public string? NextHref { get; private set; }

    public Actor Me => actor.Value;

    public async Task OnGetAsync(CancellationToken ct)
    {
        (Titles, var more) = await query.ExecuteAsync(Q, After is { } ticks && AfterId is { } id ? (ticks, id) : null, Me, ct);
        NextHref = more ? $"/titles?q={Uri.EscapeDataString(Q ?? string.Empty)}&after={Titles[^1].IssuedAt.Ticks}&afterId={Titles[^1].Id}" : null;
    }

    public async Task<IActionResult> OnGetExportAsync(CancellationToken ct)
    {
        var (titles, _) = await query.ExecuteAsync(Q, null, Me, ct, MostExported);
        await audit.WriteAsync(Me, "export-titles", ("title", null), ct, $"{titles.Count} 条");
        return await Sheets.FileAsync("称号", titles.Select(t => new Dictionary<string, object?>
        {
            ["企业"] = t.EnterpriseName,
            ["称号"] = t.TitleName,
            ["证书编号"] = t.Number,
            ["公布日期"] = Domain.Calendars.ChinaTime.DateOf(t.IssuedAt),
            ["有效期至"] = t.ValidUntil is { } until ? Domain.Calendars.ChinaTime.DateOf(until) : null,
            ["环节"] = t.StageTitle,
            ["环节期限"] = t.StageDue is { } due ? Domain.Calendars.ChinaTime.DateOf(due.AddTicks(-1)) : null,
            ["撤销日期"] = t.RevokedAt is { } at ? Domain.Calendars.ChinaTime.DateOf(at) : null,
        }), ct);
    }
}

/// <summary>Titles in the reader's scope, newest first, by key.</summary>
public sealed class TitleListQuery(ApplicationsDbContext db)
{
    private const int PageSize = 50;

    public async Task<(IReadOnlyList<Certificate> Titles, bool More)> ExecuteAsync(string? search, (long Ticks, Guid Id)? after, Actor actor, CancellationToken ct, int size = PageSize)
    {
        var titles = db.TitlesVisibleTo(actor).AsNoTracking();
        if (!string.IsNullOrWhiteSpace(search))
        {
            var text = search.Trim();
            titles = titles.Where(c => c.EnterpriseName.Contains(text) || c.Number.Contains(text) || c.TitleName.Contains(text));
        }

        if (after is { Ticks: > 0 } key && key.Ticks < DateTime.MaxValue.Ticks)
        {
            var moment = new DateTime(key.Ticks, DateTimeKind.Utc);
            titles = titles.Where(c => c.IssuedAt < moment || (c.IssuedAt == moment && c.Id.CompareTo(key.Id) < 0));
        }

        var page = await titles.OrderByDescending(c => c.IssuedAt).ThenByDescending(c => c.Id).Take(size + 1).ToListAsync(ct);
        return page.Count > size ? (page[..size], true) : (page, false);
    }
}
