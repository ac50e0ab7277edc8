using Applications.Data;
using Applications.Data.Cases;
using Applications.Data.Commands;
using Applications.Data.Trail;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Forms;
using Applications.Domain.Workflow;
using Applications.Web.Documents;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Applications.Web.Infrastructure.Startup;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Applications.Web.Features.Cases.Print;

/// <summary>The application as it was last filed, as a PDF, for everybody who may read the case.</summary>
public sealed class FilingPdfModel(FilingPdfQuery query, DocumentFont font, House house, IOptions<SiteSettings> site, CurrentActor actor, AuditWriter audit) : PageModel
{
    /// <summary>Making one takes a processor; two at a time leave the pages theirs.</summary>
    private static readonly SemaphoreSlim Turns = new(2, 2);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        var root = site.Value.BaseUrl.Length > 0 ? site.Value.BaseUrl.TrimEnd('/') : $"{Request.Scheme}://{Request.Host}";
        var content = await query.ExecuteAsync(id, house.Department, $"{root}/filings/check", actor.Value, ct);
        if (font.Find() is not { } typeface)
        {
            TempData.Warning(DocumentFont.Missing);
            return LocalRedirect($"/cases/{id}");
        }

        await Turns.WaitAsync(ct);
        try
        {
            var pdf = await Task.Run(() => new FilingDocument(typeface).Make(content), ct);
            await audit.WriteAsync(actor.Value, "download-filing", ("case", id), ct, $"第 {content.Filing.Round} 次封存");
            return File(pdf, "application/pdf", $"申报书-{content.Number}.pdf");
        }
        finally
        {
            Turns.Release();
        }
    }
}

/// <summary>The last filing of a case the actor may see. An expert reads what was filed, not who at the enterprise filed it.</summary>
public sealed class FilingPdfQuery(ApplicationsDbContext db, DefinitionCatalog definitions)
{
    public async Task<FilingContent> ExecuteAsync(Guid id, string department, string checkAddress, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var found = await (
            from application in db.Applications.AsNoTracking().VisibleTo(db, actor)
            join batch in db.Batches on application.BatchId equals batch.Id
            join filing in db.Filings on application.Id equals filing.CaseId
            where application.Id == id && filing.Round == application.FilingRound
            select new { application.EnterpriseName, application.Number, Batch = batch.Name, batch.ProgrammeId, batch.FormId, filing }).SingleOrDefaultAsync(ct)
            ?? throw new NotFoundException();
        var files = await db.Attachments.AsNoTracking().Where(a => a.CaseId == id).InFiling(found.filing.Round).OrderBy(a => a.AddedAt).ToListAsync(ct);
        var form = definitions.Form(found.FormId);
        var order = form.Fields.Select((f, i) => (f.Key, i)).ToDictionary(f => f.Key, f => f.i);
        return new FilingContent(
            definitions.Programme(found.ProgrammeId).Name, found.Batch, department, found.EnterpriseName, found.Number!, actor.Role == Roles.Expert ? null : found.filing.FiledByName,
            found.filing, form, Answers.Parse(found.filing.Answers), [.. files.OrderBy(f => order.GetValueOrDefault(f.FieldKey, int.MaxValue))], checkAddress);
    }
}
