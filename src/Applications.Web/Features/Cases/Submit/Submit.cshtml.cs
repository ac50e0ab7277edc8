using System.Text.Json;
using Applications.Domain.Forms;
using Applications.Domain.Forms.Corrections;
using Applications.Domain.Programmes.Crossing;
using Applications.Domain.Workflow;
using Applications.Web.Features.Cases.Checks;
using Applications.Web.Features.Cases.Edit;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Cases.Submit;

/// <summary>What is still missing, what the rules say, and the button.</summary>
[Authorize(Policy = Roles.Applicant)]
public sealed class SubmitModel(EditQuery query, CrossCheckQuery crossChecks, SubmitApplicationHandler handler, CurrentActor actor) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public Guid Version { get; set; }

    [BindProperty]
    public Dictionary<string, string?> Explanations { get; set; } = [];

    public CaseForm View { get; private set; } = null!;

    /// <summary>What stands against other applications; those that ask for a word first.</summary>
    public IReadOnlyList<CrossFinding> Findings { get; private set; } = [];

    /// <summary>What was sent back and still stands as it was filed.</summary>
    public IReadOnlyList<(SectionDefinition Section, FieldDefinition Field, string Remark)> Unchanged { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (View.Application.Holder == actor.Value.Holder)
        {
            return Page();
        }

        TempData.Warning("申报书已提交，以下是办理情况。");
        return LocalRedirect($"/cases/{Id}");
    }

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            var number = await handler.HandleAsync(new SubmitApplication(Id, Version, IdempotencyKey, Explanations), actor.Value, ct);
            TempData.Success($"已提交，申报编号 {number}。");
            return LocalRedirect($"/cases/{Id}/receipt");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        (View, var correction) = await query.ExecuteAsync(Id, actor.Value, null, ct);
        Version = View.Application.Version;
        Findings = [.. (await crossChecks.ExecuteAsync(View, ct)).OrderByDescending(f => f.AsksReason)];
        foreach (var (key, word) in JsonSerializer.Deserialize<Dictionary<string, string>>(View.Application.Explanations) ?? [])
        {
            Explanations.TryAdd(key, word);
        }
        Unchanged = View.Filed is not { } filed
            ? []
            : [.. View.Form.Sections.SelectMany(s => s.Fields.Where(f => correction.Marks.ContainsKey(f.Key) && IsUnchanged(f, filed)).Select(f => (s, f, correction.Marks[f.Key])))];
    }

    private bool IsUnchanged(FieldDefinition field, Answers filed) => field.Kind is FieldKind.Files
        ? View.Files.Where(f => f.FieldKey == field.Key).All(f => f.FiledInRound is not null)
        : OpenFields.Same(filed[field.Key], View.Answers[field.Key]);
}
