using Applications.Data;
using Applications.Data.Workflow;
using Applications.Domain.Calendars;
using Applications.Domain.Enterprises;
using Applications.Domain.Enterprises.Record;
using Applications.Domain.Forms;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Enterprises.Record;

/// <summary>The enterprise's record as a task list: kept once, drawn on by every application.</summary>
[Authorize(Policy = Roles.Applicant)]
public sealed class RecordModel(RecordQuery query, CurrentActor actor) : PageModel
{
    public RecordView View { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct) => View = await query.ExecuteAsync(actor.Value.ScopeId!.Value, ct);
}

/// <summary>A section with how far it is.</summary>
/// <param name="Content">What it holds, in a line.</param>
/// <param name="UsedBy">Programmes whose forms draw on it.</param>
public sealed record RecordPart(SectionDefinition Section, SectionProgress Progress, string Content, IReadOnlyList<string> UsedBy);

public sealed record RecordView(Enterprise Enterprise, IReadOnlyList<RecordPart> Parts, IReadOnlyList<EndingEntry> Ending);

/// <summary>The record, checked.</summary>
public sealed class RecordQuery(ApplicationsDbContext db, DefinitionCatalog definitions, EndingQuery ending, TimeProvider clock)
{
    public async Task<RecordView> ExecuteAsync(Guid enterpriseId, CancellationToken ct)
    {
        var enterprise = await db.Enterprises.AsNoTracking().SingleAsync(e => e.Id == enterpriseId, ct);
        var today = ChinaTime.Today(clock);
        var answers = RecordForm.Read(enterprise.Profile, LastYears(enterprise, today.Year));
        var check = RecordForm.Check(answers, enterprise.Profile, today.Year, today);
        return new RecordView(
            enterprise, [.. RecordForm.Definition.Sections.Select(s => new RecordPart(s, check.Sections.Single(p => p.Key == s.Key), Content(s, answers), UsedBy(s)))],
            await ending.ExecuteAsync(enterprise, ct));
    }

    /// <summary>What has figures of the three years that count now.</summary>
    private static List<YearFigures> LastYears(Enterprise enterprise, int year) => [.. enterprise.Figures.Where(f => f.Year >= year - 3 && f.Year < year)];

    private static string Content(SectionDefinition section, Answers answers)
    {
        var tables = section.Fields.Where(f => f.IsTable).Select(f => (f.Label, answers.Rows(f.Key).Count)).Where(t => t.Count > 0).ToList();
        return tables.Count > 0 ? string.Join("，", tables.Select(t => $"{t.Label} {t.Count} 项")) : section.Hint ?? string.Empty;
    }

    private List<string> UsedBy(SectionDefinition section) =>
    [
        .. definitions.Editions.Values.OrderBy(e => e.Programme.Key, StringComparer.Ordinal)
            .Where(e => e.Form.Fields.Any(f => f.RecordPath is { } path && section.Fields.Any(s => path == s.Key || path.StartsWith($"enterprise.{s.Key}", StringComparison.Ordinal))))
            .Select(e => e.Programme.ShortName),
    ];
}
