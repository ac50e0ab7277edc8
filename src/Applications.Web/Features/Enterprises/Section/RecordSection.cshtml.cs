using Applications.Domain.Enterprises.Record;
using Applications.Domain.Forms;
using Applications.Domain.Forms.Tables;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Errors;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Enterprises.Section;

/// <summary>One section of the enterprise's record: tables of entries, with scripts and without.</summary>
[Authorize(Policy = Roles.Applicant)]
public sealed class RecordSectionModel(RecordSectionQuery query, SaveRecordHandler handler, CurrentActor actor) : CommandPage
{
    /// <summary>Typed but not saved: shown in place of what is stored.</summary>
    private Answers? typed;

    [BindProperty(SupportsGet = true)]
    public string Section { get; set; } = string.Empty;

    [BindProperty]
    public Guid Version { get; set; }

    public FilledRecord View { get; private set; } = null!;

    /// <summary>Null for an address that is none: identity and figures have a page of their own.</summary>
    public SectionDefinition? Current => Section is RecordForm.Identity or RecordForm.Figures ? null : RecordForm.Definition.FindSection(Section);

    public SectionDefinition? Next => RecordForm.Definition.Sections.SkipWhile(s => s.Key != Section).Skip(1).FirstOrDefault();

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (Current is null)
        {
            return NotFound();
        }

        await LoadAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? action, CancellationToken ct) => Current is null
        ? NotFound()
        : await RunAsync(
            async () =>
            {
                if (RowAction.Parse(Request.Form[RowAction.ButtonName]) is not null)
                {
                    // Rows in the making are not yet in order: they are shown again and kept when the section is saved.
                    var stored = await query.ExecuteAsync(actor.Value.ScopeId!.Value, null, ct);
                    typed = FormBinder.Bind(RecordForm.Definition, Posted(), stored.Answers, Section);
                    await LoadAsync(ct);
                    ModelState.Clear();
                    return Page();
                }

                await handler.HandleAsync(new SaveRecord(Section, stored => typed = FormBinder.Bind(RecordForm.Definition, Posted(), stored, Section), Version, IdempotencyKey), actor.Value, ct);
                TempData.Success($"“{Current.Title}”已保存。已提交的申报书不受影响。");
                return LocalRedirect(action == "next" && Next is not null ? RecordLinks.Of(Next.Key, null) : RecordLinks.Of(Section, null));
            },
            ct);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        View = await query.ExecuteAsync(actor.Value.ScopeId!.Value, typed, ct);
        if (typed is null || Response.StatusCode == StatusCodes.Status409Conflict)
        {
            Version = View.Version;
        }

        foreach (var error in typed is null ? [] : SaveRecordHandler.Blocking(View.Check, Section))
        {
            ModelState.AddModelError(error.FieldKey, error.Message);
        }
    }

    private ILookup<string, string> Posted() =>
        Request.Form.SelectMany(f => f.Value.Select(v => (f.Key, Value: NulCharacters.Without(v ?? string.Empty)))).ToLookup(p => p.Key, p => p.Value);
}
