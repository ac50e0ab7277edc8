using Applications.Domain.Similarity;

namespace Applications.Web.Features.Cases.Similar;

/// <summary>A piece of a text on the page.</summary>
/// <param name="Passages">Numbers of the passages it belongs to; none outside of passages.</param>
/// <param name="Begins">Of these the ones that begin here.</param>
/// <param name="Differs">Within a passage, but not equal in the other text.</param>
/// <param name="IsCommon">Everybody's words.</param>
public sealed record MarkedPiece(string Text, IReadOnlyList<int> Passages, IReadOnlyList<int> Begins, bool Differs, bool IsCommon);

/// <summary>A part of a text with its passages marked.</summary>
public sealed record MarkedPart(string Label, IReadOnlyList<MarkedPiece> Pieces);

/// <summary>Cuts texts where passages begin and end.</summary>
internal static class MarkedText
{
    /// <summary>Stands for each character that the reader may not see.</summary>
    private const char Hidden = '□';

    /// <summary>The parts that hold passages, whole.</summary>
    public static IReadOnlyList<MarkedPart> Parts(IReadOnlyList<TextPart> parts, IReadOnlyList<Passage> passages, Func<Passage, PassageSide> side) =>
        [.. parts.Select(part => (Part: part, Within: passages.Where(p => side(p).Part == part.Key).ToList())).Where(x => x.Within.Count > 0)
            .Select(x => new MarkedPart(x.Part.Label, Cut(x.Part.Text, [.. x.Within.Select(p => (p, side(p)))])))];

    /// <summary>The passages of the other text alone; what is not equal within them is hidden.</summary>
    public static IReadOnlyList<MarkedPart> Excerpts(IReadOnlyList<TextPart> parts, IReadOnlyList<Passage> passages)
    {
        var texts = parts.ToDictionary(p => p.Key, p => p.Text);
        return [.. passages.Where(p => texts.ContainsKey(p.Other.Part)).Select(p =>
        {
            var side = p.Other;
            var text = texts[side.Part].ToCharArray();
            foreach (var span in side.Differing)
            {
                Array.Fill(text, Hidden, span.From, span.End - span.From);
            }

            var moved = new PassageSide(side.Part, 0, side.End - side.From, [.. side.Differing.Select(d => new TextSpan(d.From - side.From, d.End - side.From))]);
            return new MarkedPart(string.Empty, Cut(new string(text, side.From, side.End - side.From), [(p, moved)]));
        })];
    }

    private static List<MarkedPiece> Cut(string text, List<(Passage Passage, PassageSide Side)> passages)
    {
        var cuts = new SortedSet<int> { 0, text.Length };
        foreach (var (_, side) in passages)
        {
            cuts.UnionWith([side.From, side.End, .. side.Differing.SelectMany(d => (int[])[d.From, d.End])]);
        }

        var places = cuts.Where(c => c >= 0 && c <= text.Length).ToList();
        var pieces = new List<MarkedPiece>();
        for (var i = 1; i < places.Count; i++)
        {
            var (from, end) = (places[i - 1], places[i]);
            var over = passages.Where(p => p.Side.From <= from && end <= p.Side.End).ToList();
            pieces.Add(new MarkedPiece(
                text[from..end],
                [.. over.Select(p => p.Passage.Number)],
                [.. over.Where(p => p.Side.From == from).Select(p => p.Passage.Number)],
                over.Count > 0 && over.TrueForAll(p => p.Side.Differing.Any(d => d.From <= from && end <= d.End)),
                over.Count > 0 && over.TrueForAll(p => p.Passage.IsCommon)));
        }

        return pieces;
    }
}
