using Applications.Domain.Forms;
using Applications.Domain.Forms.Corrections;

namespace Applications.Web.Features.Shared;

/// <summary>Answers with what was found in them, of whichever form: an application, the enterprise record.</summary>
public interface IFilledForm
{
    Answers Answers { get; }

    AnswerCheck Check { get; }

    /// <summary>What was handed in before, while a correction of it is asked for.</summary>
    Answers? Filed => null;

    /// <summary>Where a table goes out as a spreadsheet and comes in from one; null where that is not offered.</summary>
    string? SheetOf(FieldDefinition table) => null;
}

/// <param name="Remark">What the checker asked to correct here.</param>
/// <param name="Strict">Cells still missing are errors too: what is saved has to be whole.</param>
public sealed record FormFieldModel(FieldDefinition Field, IFilledForm View, string? Remark, bool Strict = false)
{
    /// <summary>What stood here when it was filed, where that differs from what stands here now.</summary>
    public string? Filed => View.Filed is not { } filed || Remark is null || Field.IsTable || OpenFields.Same(filed[Field.Key], View.Answers[Field.Key])
        ? null
        : FormDisplay.Text(Field, filed[Field.Key]) is { Length: > 0 } text ? text : "（空）";

    /// <summary>Mistakes only: that something is still missing is said on the task list, not while one is filling it in.</summary>
    public string? Error => string.Join(" ", View.Check.ErrorsOf(Field.Key).Where(e => !e.IsMissing && e.Column is null).Select(e => e.Message)) is { Length: > 0 } text ? text : null;

    /// <summary>A computed cell as text; a dash while it cannot be told.</summary>
    public string ComputedCell(string rowKey, FieldDefinition column) => FormDisplay.Computed(
        column, (View.Check.Values.GetValueOrDefault(Field.Key) as IReadOnlyList<AnswerRow>)?.FirstOrDefault(r => r.Key == rowKey)?.Cells.GetValueOrDefault(column.Key));

    public string? CellError(string rowKey, string column) =>
        View.Check.ErrorsOf(Field.Key).FirstOrDefault(e => (Strict || !e.IsMissing) && e.RowKey == rowKey && e.Column == column)?.Message;
}
