using Applications.Domain.Forms;
using Applications.Domain.Forms.Corrections;

namespace Applications.Web.Features.Cases.Rounds;

/// <param name="Marks">What the reader has marked so far, where he may send the application back; null elsewhere.</param>
public sealed record ChangesModel(FilingChanges Changes, IReadOnlyDictionary<string, string?>? Marks)
{
    /// <summary>Letters that stay to be read on either side of a change when the rest of a long text is left out.</summary>
    private const int Around = 24;

    /// <summary>A text's runs, with what stayed cut to its neighbourhood of a change.</summary>
    public static IReadOnlyList<TextPiece> Shortened(IReadOnlyList<TextPiece> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        return [.. pieces.Select((piece, i) => piece.Kind is PieceKind.Same ? piece with { Text = Cut(piece.Text, i == 0, i == pieces.Count - 1) } : piece)];
    }

    /// <summary>Where there is a text to read through, as against a figure or a name to take in at a glance.</summary>
    public static bool IsRead(FieldChange change) => change.Field.Kind is FieldKind.LongText && change.Before.Length > 0 && change.After.Length > 0;

    private static string Cut(string text, bool first, bool last) => (first, last) switch
    {
        (true, true) => text,
        (true, _) when text.Length > Around => "……" + text[^Around..],
        (_, true) when text.Length > Around => text[..Around] + "……",
        (false, false) when text.Length > 3 * Around => text[..Around] + "……" + text[^Around..],
        _ => text,
    };
}

/// <summary>The place where a reviewer writes what is to be corrected in a field; it belongs to the form in which he decides.</summary>
public sealed record MarkModel(FieldDefinition Field, string? Remark);
