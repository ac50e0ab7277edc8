using Applications.Data;
using Applications.Data.Workflow;
using Applications.Domain.Batches;
using Applications.Domain.Forms;
using Applications.Domain.Programmes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Batches.Call;

/// <summary>A batch for the public: windows, conditions with their clauses, materials.</summary>
[AllowAnonymous]
public sealed class BatchCallModel(BatchCallQuery query, TimeProvider clock) : PageModel
{
    public BatchCallView View { get; private set; } = null!;

    public bool IsOpen { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await query.ExecuteAsync(id, ct) is not { } found)
        {
            return NotFound();
        }

        View = found;
        IsOpen = found.Batch.IsFilingOpen(clock.GetUtcNow().UtcDateTime);
        return Page();
    }
}

/// <param name="Materials">The files the form asks for.</param>
public sealed record BatchCallView(Batch Batch, ProgrammeDefinition Programme, RuleSet RuleSet, IReadOnlyList<FieldDefinition> Materials);

/// <summary>A batch with the rules it was opened under.</summary>
public sealed class BatchCallQuery(ApplicationsDbContext db, DefinitionCatalog definitions)
{
    public async Task<BatchCallView?> ExecuteAsync(Guid id, CancellationToken ct)
    {
        if (await db.Batches.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, ct) is not { } batch)
        {
            return null;
        }

        var programme = definitions.Programme(batch.ProgrammeId);
        return new BatchCallView(batch, programme, programme.FindRuleSet(batch.RuleSetId)!, [.. definitions.Form(batch.FormId).Fields.Where(f => f.Kind == FieldKind.Files)]);
    }
}
