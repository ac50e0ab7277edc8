using Applications.Domain.Forms;
using Applications.Domain.Forms.Corrections;
using Applications.Domain.Forms.Merging;

namespace Applications.Web.Features.Shared;

/// <summary>Two answers to one field, for the writer to choose from.</summary>
/// <param name="Typed">What the page holds: the writer's own.</param>
/// <param name="By">Who saved the other.</param>
public sealed record ConflictModel(AnswerConflict Conflict, Answers Typed, string By, DateTime? At)
{
    public string Theirs => FormDisplay.Text(Conflict.Field, Conflict.Theirs);

    public string Mine => FormDisplay.Text(Conflict.Field, Typed[Conflict.Field.Key]);

    /// <summary>From theirs to mine.</summary>
    public IReadOnlyList<TextPiece> Pieces => TextDiff.Between(Theirs, Mine);

    /// <summary>The rows in question, each in words.</summary>
    public IEnumerable<(string Theirs, string Mine)> Rows
    {
        get
        {
            var stored = new Answers();
            stored[Conflict.Field.Key] = Conflict.Theirs?.DeepClone();
            return Conflict.Rows.Select(key => (InWords(stored, key), InWords(Typed, key)));
        }
    }

    private string InWords(Answers answers, string key)
    {
        var rows = answers.Rows(Conflict.Field.Key);
        var row = rows.Where((r, i) => FormBinder.KeyOf(r, i) == key).FirstOrDefault();
        return row is null
            ? "（已删去这一行）"
            : string.Join("；", Conflict.Field.Columns.Where(c => c.Kind is not FieldKind.Computed).Select(c => $"{c.Label} {FormDisplay.Text(c, row[c.Key])}"));
    }
}
