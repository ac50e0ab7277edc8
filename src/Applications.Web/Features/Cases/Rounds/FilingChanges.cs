using System.Text.Json;
using Applications.Data;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Enterprises;
using Applications.Domain.Forms;
using Applications.Domain.Forms.Corrections;

namespace Applications.Web.Features.Cases.Rounds;

/// <summary>What differs between two filings of a case.</summary>
/// <param name="Asked">What had been sent back between them: field key → remark.</param>
public sealed record FilingChanges(FormDefinition Form, Filing Before, Filing After, IReadOnlyList<FieldChange> Fields, IReadOnlyDictionary<string, string> Asked)
{
    /// <summary>What was asked for and yet stands as it stood.</summary>
    public IReadOnlyList<FieldDefinition> Unanswered => [.. Form.Fields.Where(f => Asked.ContainsKey(f.Key) && Fields.All(c => c.Field.Key != f.Key))];

    /// <summary>All attachments of the case, those taken away too.</summary>
    public IReadOnlyCollection<Attachment> Files { get; private init; } = [];

    /// <summary>The attachment of that name in one of the two filings; null where it had none, or one that is given to nobody.</summary>
    public Attachment? FileIn(Filing filing, FieldDefinition field, string name) =>
        Files.FirstOrDefault(f => f.FieldKey == field.Key && f.FileName == name && f.IsOf(filing.Round) && f.Scan != ScanVerdict.Infected);

    /// <param name="files">All attachments of the case, those taken away too.</param>
    public static FilingChanges Between(
        FormDefinition form, Batch batch, Filing before, Filing after, IReadOnlyCollection<Attachment> files, IReadOnlyDictionary<string, string> asked) =>
        new(form, before, after, AnswersDiff.Between(form, State(form, batch, before, files), State(form, batch, after, files)), asked) { Files = files };

    private static FiledState State(FormDefinition form, Batch batch, Filing filing, IReadOnlyCollection<Attachment> files)
    {
        var mine = files.Where(f => f.IsOf(filing.Round)).ToList();
        return new FiledState(
            Answers.Parse(filing.Answers), CheckOf(form, batch, filing, mine).Computed, [.. mine.Select(f => new FiledFile(f.FieldKey, f.FileName, f.Sha256))]);
    }

    /// <summary>The filing checked, and what is computed from it, by the enterprise record and on the day with which it was filed.</summary>
    /// <param name="files">Those of the filing.</param>
    internal static AnswerCheck CheckOf(FormDefinition form, Batch batch, Filing filing, IEnumerable<Attachment> files)
    {
        var given = files.GroupBy(f => f.FieldKey).ToDictionary(g => g.Key, g => (IReadOnlyList<AnswerFile>)[.. g.Select(f => new AnswerFile(f.FileName, f.Size))]);
        var record = JsonSerializer.Deserialize<FiledRecord>(filing.Enterprise, ApplicationsDbContext.Json)!;
        var scope = CaseFormQuery.ScopeOf(batch, record.Profile, record.Figures, ChinaTime.DateOf(filing.FiledAt));
        return AnswerChecker.Check(form, Answers.Parse(filing.Answers), given, scope);
    }

    private sealed record FiledRecord(EnterpriseProfile Profile, IReadOnlyList<YearFigures> Figures);
}
