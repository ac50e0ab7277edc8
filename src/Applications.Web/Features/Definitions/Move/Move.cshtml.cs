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

    /// <summary>Step of this version → step of the target, out of the fields <c>Map[step]</c>. Bound by hand: a dictionary that is absent would be given every field there is.</summary>
    public IReadOnlyDictionary<string, string> Map => map ??= Fields()
        .Where(f => f.Key.StartsWith("Map[", StringComparison.Ordinal) && f.Key.EndsWith(']') && !string.IsNullOrEmpty(f.Value))
        .DistinctBy(f => f.Key[4..^1]).ToDictionary(f => f.Key[4..^1], f => f.Value.ToString());

    /// <summary>What is ticked: <c>case:version</c>.</summary>
    [BindProperty]
    public List<string> Cases { get; set; } = [];

    [BindProperty]
    public string? Why { get; set; }

    private Dictionary<string, string>? map;

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
            var moved = await handler.HandleAsync(new MoveCases(new MigrationRoute(Id, Target ?? string.Empty, Map), Chosen(), Why, IdempotencyKey), actor.Value, ct);
            TempData.Success($"已将 {moved} 件申报迁移到新版本，办理记录已逐件写入。");
            return LocalRedirect($"/admin/definitions/{Target}");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        Target = string.IsNullOrEmpty(Target) ? null : Target;
        View = await query.ExecuteAsync(Id, Target, Batch, Map, null, ct);
    }

    private IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> Fields() => Request.HasFormContentType ? Request.Form : Request.Query;

    private List<CaseToMove> Chosen() =>
    [
        .. Cases.Select(text => text.Split(':')).Where(p => p.Length == 2 && Guid.TryParse(p[0], out _) && Guid.TryParse(p[1], out _))
            .Select(p => new CaseToMove(Guid.Parse(p[0]), Guid.Parse(p[1]))),
    ];
}
