using System.Text.Json.Nodes;
using Applications.Data.Commands;
using Applications.Domain.Common;
using Applications.Domain.Forms;
using Applications.Domain.Forms.Merging;
using Applications.Domain.Forms.Tables;
using Applications.Domain.Workflow;
using Applications.Web.Features.Cases.Files;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Errors;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Applications.Web.Features.Cases.Edit;

/// <summary>The application form: a task list of sections, one page each, saved as typed.</summary>
[Authorize(Policy = Roles.Applicant)]
public sealed class EditModel(
    EditQuery query, SaveAnswersHandler save, AddAttachmentHandler attach, RemoveAttachmentHandler remove, CancelUploadHandler cancel, UploadQuery uploads,
    CurrentActor actor, TimeProvider clock) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Section { get; set; }

    [BindProperty]
    public Guid Version { get; set; }

    /// <summary>What the page showed of the section (<see cref="AnswersBase"/>).</summary>
    [BindProperty]
    public string? Base { get; set; }

    /// <summary>Field key → <c>mine</c>, or <c>theirs:</c> with the keys of the rows in question, after a conflict.</summary>
    [BindProperty(Name = nameof(Choices))]
    public Dictionary<string, string?> Choices { get; set; } = [];

    public CaseForm View { get; private set; } = null!;

    public AnswersConflictException? Conflict { get; private set; }

    public SectionDefinition? Current { get; private set; }

    public SectionDefinition? Next { get; private set; }

    /// <summary>What the section's fields of attachments show beside their files.</summary>
    public ILookup<string, FieldFiles> Files { get; private set; } = Array.Empty<FieldFiles>().ToLookup(_ => string.Empty);

    public Correction Correction { get; private set; } = new(null, new Dictionary<string, string>());

    public IReadOnlyDictionary<string, string> Marks => Correction.Marks;

    /// <summary>Fields taken over from an earlier application and not looked at yet.</summary>
    public IReadOnlyList<string> Carried => View.Carried;

    /// <summary>The section's fields that are typed, hidden ones left out.</summary>
    public IReadOnlyList<FieldDefinition> Typed => Current is null
        ? []
        : [.. Current.Fields.Where(f => f.Kind is not (FieldKind.Files or FieldKind.Computed) && !View.Check.Hidden.Contains(f.Key))];

    /// <summary>A section in which nothing may be typed, because nothing in it was sent back.</summary>
    public bool IsClosed => Typed.Count > 0 && Typed.All(f => !View.Open.Contains(f.Key));

    private const string Theirs = "theirs:";

    /// <summary>Typed but not saved, after a conflict: shown in place of what is stored.</summary>
    private Answers? typed;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        return Section is not null && Current is null ? NotFound() : Page();
    }

    public Task<IActionResult> OnPostAsync(string? action, CancellationToken ct) => RunAsync(
        async () =>
        {
            var row = RowAction.Parse(Request.Form[RowAction.ButtonName]);
            var done = await SaveAsync(reviewed: row is null && action is "save" or "next", ct);
            if (row is not null)
            {
                return LocalRedirect($"/cases/{Id}/edit/{Section}#{Uri.EscapeDataString(row.Table)}");
            }

            await LoadAsync(ct);
            var saved = $"已保存 {ChinaTime.Clock(clock.GetUtcNow().UtcDateTime)}";
            if (done.Taken.Count > 0)
            {
                saved += $"，{done.By}同时修改的“{string.Join("”、“", done.Taken.Select(f => f.Label))}”已一并保留";
            }

            if (action == "next" && Appeared() is { Count: > 0 } appeared)
            {
                TempData.Success($"{saved}。按您的选择，本栏还需填写：{string.Join("、", appeared.Select(f => f.Label))}。");
                return LocalRedirect($"/cases/{Id}/edit/{Section}#{appeared[0].Key}");
            }

            TellSaved(saved);
            return LocalRedirect(action == "next" ? $"/cases/{Id}/edit/{Next?.Key}" : $"/cases/{Id}/edit/{Section}");
        },
        ct);

    /// <summary>Called by the page's script; what it posts is the page's own form.</summary>
    public async Task<IActionResult> OnPostAutosaveAsync(CancellationToken ct)
    {
        try
        {
            var done = await SaveAsync(reviewed: false, ct);
            return new JsonResult(new
            {
                version = done.Version,
                savedAt = ChinaTime.Clock(clock.GetUtcNow().UtcDateTime),
                @base = done.Form.FindSection(Section ?? string.Empty) is { } section ? JsonNode.Parse(AnswersBase.Of(section, done.Answers, done.Answers).ToJson()) : null,
                taken = done.Taken.Select(f => new { f.Key, f.Label }),
                done.By,
            });
        }
        catch (Exception e) when (e is StaleVersionException or RuleBrokenException)
        {
            var message = e is AnswersConflictException conflict
                ? $"{conflict.By}把“{string.Join("”、“", conflict.Merged.Conflicts.Select(c => c.Field.Label))}”改成了不同的内容，已停止自动保存，请点“保存”选择保留哪一个"
                : e.Message;
            return new JsonResult(new { message }) { StatusCode = StatusCodes.Status409Conflict };
        }
    }

    public Task<IActionResult> OnPostUploadAsync(string field, List<IFormFile> files, Guid? replaces, CancellationToken ct) => RunAsync(
        async () =>
        {
            if (files.Count == 0)
            {
                throw new RuleBrokenException("no-file", "请先选择要上传的文件。", field);
            }

            foreach (var file in files)
            {
                await using var content = file.OpenReadStream();
                await attach.HandleAsync(new AddAttachment(Id, field, file.FileName, content, replaces), actor.Value, ct);
            }

            TempData.Success("附件已上传。");
            return LocalRedirect($"/cases/{Id}/edit/{Section}");
        },
        ct);

    public Task<IActionResult> OnPostRemoveAsync(Guid fileId, CancellationToken ct) => RunAsync(
        async () =>
        {
            await remove.HandleAsync(new RemoveAttachment(Id, fileId), actor.Value, ct);
            TempData.Success("附件已删除。");
            return LocalRedirect($"/cases/{Id}/edit/{Section}");
        },
        ct);

    public Task<IActionResult> OnPostAbandonAsync(Guid uploadId, CancellationToken ct) => RunAsync(
        async () =>
        {
            await cancel.HandleAsync(new CancelUpload(Id, uploadId), actor.Value, ct);
            TempData.Success("已放弃未完成的上传。");
            return LocalRedirect($"/cases/{Id}/edit/{Section}");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        (View, Correction) = await query.ExecuteAsync(Id, actor.Value, typed, ct);
        Version = View.Application.Version;
        var sections = View.Form.Sections.ToList();
        Current = Section is null ? null : View.Form.FindSection(Section);
        if (Current?.Fields.Where(f => f.Kind == FieldKind.Files).Select(f => f.Key).ToList() is { Count: > 0 } fields)
        {
            Files = await uploads.OfFieldsAsync(Id, fields, ct);
        }

        Next = Current is null ? null : sections.ElementAtOrDefault(sections.IndexOf(Current) + 1);
        if (Current is not null && (Base is null || Conflict is not null))
        {
            // The page holds what was typed; what it was typed over is what is stored now.
            ModelState.Remove(nameof(Base));
            var stored = Answers.Parse(View.Application.Answers);
            Base = AnswersBase.Of(Current, stored, FormPrefill.Fill(View.Form, View.Scope, stored, View.Open.Contains)).ToJson();
        }

        foreach (var conflict in Conflict?.Merged.Conflicts ?? [])
        {
            ModelState.AddModelError($"conflict-{conflict.Field.Key}", $"“{conflict.Field.Label}”有两种填写，请选择。");
        }
    }

    /// <summary>Fields that what was just saved has made visible: nobody has seen them yet. An unanswered yes-or-no is not posted and says nothing.</summary>
    private List<FieldDefinition> Appeared() => Current is null
        ? []
        : [.. Current.Fields.Where(f => f.VisibleWhen is not null && f.Kind is not (FieldKind.YesNo or FieldKind.Computed or FieldKind.Files)
            && View.Open.Contains(f.Key) && !View.Check.Hidden.Contains(f.Key) && !IsPosted(f))];

    /// <summary>Saved is saved, but what was typed wrongly is not to look as if all were well.</summary>
    private void TellSaved(string saved)
    {
        var errors = View.Check.Errors.Where(e => e.SectionKey == Section).ToList();
        if (errors.Exists(e => e.Row is not null || (View.Form.FindField(e.FieldKey) is { } field && FormDisplay.Text(field, View.Answers[field.Key]).Length > 0)))
        {
            TempData.Warning($"{saved}，但“{Current!.Title}”还有 {errors.Count} 处需要填写或修改。");
        }
        else
        {
            TempData.Success(errors.Count == 0 ? saved : $"{saved}，“{Current!.Title}”还有 {errors.Count} 处待填写。");
        }
    }

    private bool IsPosted(FieldDefinition field) => Request.Form.ContainsKey(field.IsTable ? FormBinder.IndexName(field) : field.Key);

    private async Task<SavedAnswers> SaveAsync(bool reviewed, CancellationToken ct)
    {
        var yields = Choices.Where(c => c.Value?.StartsWith(Theirs, StringComparison.Ordinal) == true)
            .ToDictionary(c => c.Key, c => (IReadOnlyList<string>)c.Value![Theirs.Length..].Split(',', StringSplitOptions.RemoveEmptyEntries));
        var page = Section is not null && AnswersBase.Parse(Base) is { } known ? new SectionPage(Section, known, yields) : null;
        try
        {
            return await save.HandleAsync(
                new SaveAnswers(Id, Version, (form, stored) => typed = FormBinder.Bind(form, Posted(), stored, Section), page, reviewed ? IsPosted : null), actor.Value, ct);
        }
        catch (AnswersConflictException e)
        {
            (Conflict, typed) = (e, e.Merged.Answers);
            throw;
        }
    }

    private ILookup<string, string> Posted() =>
        Request.Form.SelectMany(f => f.Value.Select(v => (f.Key, Value: NulCharacters.Without(v ?? string.Empty)))).ToLookup(p => p.Key, p => p.Value);
}
