using Applications.Data.Workflow;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Forms;
using Applications.Domain.Programmes.Crossing;
using Applications.Domain.Similarity;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Similarity;

/// <summary>A filing as a text.</summary>
/// <param name="Title">What is to be recognised, null where it is the enterprise itself.</param>
/// <param name="Claims">Its values that are looked for in other applications.</param>
public sealed record FiledText(Application Application, Batch Batch, int Round, string? Title, ComparedText Text, IReadOnlyList<Claim> Claims);

/// <summary>
/// Reads what is compared out of filings: every long text that the applicant wrote, table columns included, and what he calls the thing. Labels, hints and
/// statements of the form are the department's words and are not in the answers.
/// </summary>
public sealed class CaseTexts(ApplicationsDbContext db, DefinitionCatalog definitions)
{
    /// <summary>The key of the name of what is to be recognised.</summary>
    public const string Title = "_title";

    /// <summary>Texts of the last filings of <paramref name="cases"/>, in no order; a case that has not filed has none.</summary>
    public Task<IReadOnlyList<FiledText>> LastAsync(IReadOnlyCollection<Guid> cases, CancellationToken ct) => ReadAsync(
        from a in db.Applications.AsNoTracking()
        join f in db.Filings.AsNoTracking() on new { CaseId = a.Id, Round = a.FilingRound } equals new { f.CaseId, f.Round }
        join b in db.Batches.AsNoTracking() on a.BatchId equals b.Id
        where cases.Contains(a.Id)
        select new Row(a, f, b), ct);

    /// <summary>The text of one filing.</summary>
    public async Task<FiledText?> OneAsync(Guid caseId, int round, CancellationToken ct) => (await ReadAsync(
        from a in db.Applications.AsNoTracking()
        join f in db.Filings.AsNoTracking() on a.Id equals f.CaseId
        join b in db.Batches.AsNoTracking() on a.BatchId equals b.Id
        where a.Id == caseId && f.Round == round
        select new Row(a, f, b), ct)).SingleOrDefault();

    /// <summary>The parts of a set of answers, in the form's order.</summary>
    public static IReadOnlyList<TextPart> PartsOf(FormDefinition form, Answers answers, string? title)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(answers);
        var parts = new List<TextPart>();
        if (title is not null)
        {
            parts.Add(new TextPart(Title, "名称", title));
        }

        foreach (var field in form.Fields)
        {
            if (field.Kind == FieldKind.LongText)
            {
                Add(field.Key, field.Label, FormDisplay.Raw(field, answers[field.Key]));
            }

            var columns = field.Columns.Where(c => c.Kind == FieldKind.LongText).ToList();
            foreach (var (row, i) in (columns.Count == 0 ? [] : answers.Rows(field.Key)).Select((r, i) => (r, i)))
            {
                columns.ForEach(c => Add($"{field.Key}.{i}.{c.Key}", $"{field.Label}第{i + 1}行{c.Label}", FormDisplay.Raw(c, row[c.Key])));
            }
        }

        return parts;

        void Add(string key, string label, string text)
        {
            if (text.Length > 0)
            {
                parts.Add(new TextPart(key, label, text));
            }
        }
    }

    private async Task<IReadOnlyList<FiledText>> ReadAsync(IQueryable<Row> rows, CancellationToken ct) =>
        [.. (await rows.ToListAsync(ct)).Select(r =>
        {
            var answers = Answers.Parse(r.Filing.Answers);
            var programme = definitions.Programme(r.Batch.ProgrammeId);
            var title = programme.ObjectOf(answers);
            return new FiledText(
                r.Application, r.Batch, r.Filing.Round, title, ComparedText.Of(PartsOf(definitions.Form(r.Batch.FormId), answers, title)), Claim.Of(programme, answers));
        })];

    private sealed record Row(Application Application, Filing Filing, Batch Batch);
}
