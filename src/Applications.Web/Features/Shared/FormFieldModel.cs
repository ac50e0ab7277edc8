using Applications.Domain.Forms;

namespace Applications.Web.Features.Shared;

/// <summary>Answers with what was found in them, of whichever form: an application, the enterprise record.</summary>
public interface IFilledForm
{
    Answers Answers { get; }

    AnswerCheck Check { get; }
}

/// <param name="Remark">What the checker asked to correct here.</param>
/// <param name="Strict">Cells still missing are errors too: what is saved has to be whole.</param>
public sealed record FormFieldModel(FieldDefinition Field, IFilledForm View, string? Remark, bool Strict = false)
{
    /// <summary>Mistakes only: that something is still missing is said on the task list, not while one is filling it in.</summary>
    public string? Error => string.Join(" ", View.Check.ErrorsOf(Field.Key).Where(e => !e.IsMissing && e.Column is null).Select(e => e.Message)) is { Length: > 0 } text ? text : null;

    /// <summary>A computed cell as text; a dash while it cannot be told.</summary>
    public string ComputedCell(string rowKey, FieldDefinition column) => FormDisplay.Computed(
        column, (View.Check.Values.GetValueOrDefault(Field.Key) as IReadOnlyList<AnswerRow>)?.FirstOrDefault(r => r.Key == rowKey)?.Cells.GetValueOrDefault(column.Key));

    public string? CellError(string rowKey, string column) =>
        View.Check.ErrorsOf(Field.Key).FirstOrDefault(e => (Strict || !e.IsMissing) && e.RowKey == rowKey && e.Column == column)?.Message;
}
