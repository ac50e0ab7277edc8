using Applications.Data.Workflow;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Definitions.Move;

/// <summary>
/// Chooses cases and a target version, shows for each where it would stand or why it cannot move, and moves those that are ticked. The rehearsal is a
/// GET: it can be repeated, sent to a colleague, and changes nothing.
/// </summary>
[Authorize(Policy = AccountSetup.Policies.DefinitionReaders)]
public sealed class MoveModel(MoveQuery query, MoveCasesHandler handler, CurrentActor actor) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = string.Empty;

    [BindProperty(SupportsGet = true)]
    public string? Target { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Batch { get; set; }

    /// <summary>Step of this version → step of the target; an empty value is no choice.</summary>
    [BindProperty(SupportsGet = true)]
    public Dictionary<string, string?> Map { get; set; } = [];

    /// <summary>What is ticked: <c>case:version</c>.</summary>
    [BindProperty]
    public List<string> Cases { get; set; } = [];

    [BindProperty]
    public string? Why { get; set; }

    public MoveView View { get; private set; } = null!;

    public bool MayMove => actor.Value.Is(Roles.Admin);

    /// <summary>Whether the box of a case is ticked: all at first, afterwards what was posted.</summary>
    public bool IsTicked(Guid caseId) => !HttpMethods.IsPost(Request.Method) || Chosen().Any(c => c.Id == caseId);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid)
        {
            return NotFound();
        }

        await LoadAsync(ct);
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var moved = await handler.HandleAsync(new MoveCases(new MigrationRoute(Id, Target ?? string.Empty, Mapping()), Chosen(), Why, IdempotencyKey), actor.Value, ct);
            TempData.Success($"已将 {moved} 件申报迁移到新版本，办理记录已逐件写入。");
            return LocalRedirect($"/admin/definitions/{Target}");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        Target = string.IsNullOrEmpty(Target) ? null : Target;
        View = await query.ExecuteAsync(Id, Target, Batch, Mapping(), null, ct);
    }

    private Dictionary<string, string> Mapping() => Map.Where(m => !string.IsNullOrEmpty(m.Value)).ToDictionary(m => m.Key, m => m.Value!);

    private List<CaseToMove> Chosen() =>
    [
        .. Cases.Select(text => text.Split(':')).Where(p => p.Length == 2 && Guid.TryParse(p[0], out _) && Guid.TryParse(p[1], out _))
            .Select(p => new CaseToMove(Guid.Parse(p[0]), Guid.Parse(p[1]))),
    ];
}
