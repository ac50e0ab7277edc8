using System.Text.Json.Nodes;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Forms;
using Applications.Web.Features.Cases.Edit;
using Applications.Web.Infrastructure.Workbooks;

namespace Applications.Web.Features.Cases.Tables;

/// <param name="Field">Key of the table.</param>
/// <param name="Append">Behind the rows there are; otherwise in their place.</param>
/// <param name="Version">The version of the case that was looked at; null only looks.</param>
public sealed record ImportRows(Guid CaseId, string Field, Workbook Workbook, bool Append, Guid? Version);

/// <param name="Rows">As they would stand in the form.</param>
/// <param name="Total">How many rows the table would have.</param>
/// <param name="Mistakes">What has to be put right first.</param>
/// <param name="Gaps">Required cells that are still empty: they can be filled in on the page later.</param>
/// <param name="Unknown">Columns that say nothing here and are not read.</param>
/// <param name="Taken">The rows stand in the form now.</param>
public sealed record RowsImport(
    IReadOnlyList<JsonObject> Rows, int Total, IReadOnlyList<SheetFault> Mistakes, IReadOnlyList<SheetFault> Gaps, IReadOnlyList<string> Unknown, bool Taken);

/// <summary>Takes the rows of a spreadsheet into a table, all or none; looking first says what stands against them, cell by cell.</summary>
public sealed class ImportRowsHandler(EditQuery query, CaseFormQuery forms, SaveAnswersHandler save)
{
    /// <exception cref="NotFoundException">The case is not the actor's, or the field is no table whose rows he makes.</exception>
    /// <exception cref="RuleBrokenException">The spreadsheet cannot be read at all; <c>field-closed</c>, <c>not-open-for-editing</c>.</exception>
    /// <exception cref="StaleVersionException">Somebody saved after the spreadsheet was looked at.</exception>
    public async Task<RowsImport> HandleAsync(ImportRows request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        var (view, _) = await query.ExecuteAsync(request.CaseId, actor, null, ct);
        var table = TableOf(view, request.Field);
        var read = TableSheet.Read(request.Workbook, table);
        var before = request.Append ? view.Answers.Rows(table.Key) : [];
        var check = (await forms.ExecuteAsync(view.Application, ct, Put(view.Answers, table, before, read.Rows))).Check;
        var errors = check.ErrorsOf(table.Key).ToList();
        var found = new RowsImport(
            [.. read.Rows.OfType<JsonObject>()],
            before.Count + read.Rows.Count,
            [.. read.Faults.Concat(Faults(read, errors.Where(e => !e.IsMissing), before.Count)).InOrder()],
            [.. Faults(read, errors.Where(e => e.IsMissing), before.Count).Where(f => !read.Faults.Any(r => r.Place == f.Place)).InOrder()],
            read.Unknown,
            false);
        if (errors.Find(e => e.Row is null && !e.IsMissing) is { } whole)
        {
            throw new RuleBrokenException("sheet-too-long", whole.Message, "Upload");
        }

        if (request.Version is not { } version || found.Mistakes.Count > 0)
        {
            return found;
        }

        await save.HandleAsync(
            new SaveAnswers(request.CaseId, version, (_, stored) => Put(stored, table, request.Append ? stored.Rows(table.Key) : [], read.Rows), Reviewed: f => f.Key == table.Key), actor, ct);
        return found with { Taken = true };
    }

    /// <summary>The table, where the applicant may change its rows now.</summary>
    internal static FieldDefinition TableOf(CaseForm view, string key) =>
        view.Form.FindField(key) is { } field && view.SheetOf(field) is not null && !view.Check.Hidden.Contains(key)
            ? view.Open.Contains(key) ? field : throw FilingDesk.Closed([field])
            : throw new NotFoundException();

    private static Answers Put(Answers answers, FieldDefinition table, IReadOnlyList<JsonObject> before, JsonArray rows)
    {
        var changed = answers.Clone();
        changed[table.Key] = new JsonArray([.. before.Concat(rows.OfType<JsonObject>()).Select(r => r.DeepClone())]);
        return changed;
    }

    /// <summary>The message names the row of the form; here the place in the spreadsheet stands beside it.</summary>
    private static IEnumerable<SheetFault> Faults(SheetRows read, IEnumerable<AnswerError> errors, int before) =>
        from error in errors
        let row = error.Row ?? -1
        where row >= before && row - before < read.Sources.Count
        let place = $"第{row + 1}行："
        select read.Sources[row - before].Fault(
            error.Column ?? string.Empty, error.Message.StartsWith(place, StringComparison.Ordinal) ? error.Message[place.Length..] : error.Message);
}
