using System.IO.Compression;
using System.Text;

namespace Applications.Web.Files;

/// <summary>
/// Counts the pages of a PDF by reading the root of its page tree, plain or inside a compressed object stream. It follows nothing and calls itself never,
/// so that no file, however made, can lead it astray; of a file it does not understand it says nothing.
/// </summary>
public static class PdfPages
{
    private const long LargestFile = 256L * 1024 * 1024;
    private const int LargestInflated = 16 * 1024 * 1024;
    private const int LongestNode = 1024 * 1024;
    private const int MostPages = 1_000_000;

    /// <summary>One at a time: a file is read whole.</summary>
    private static readonly SemaphoreSlim Turn = new(1, 1);

    /// <summary>The number of pages, or null. Leaves the stream at its start.</summary>
    public static async Task<int?> CountAsync(Stream pdf, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(pdf);
        if (pdf.Length > LargestFile)
        {
            return null;
        }

        await Turn.WaitAsync(ct);
        try
        {
            pdf.Position = 0;
            var bytes = new byte[pdf.Length];
            await pdf.ReadExactlyAsync(bytes, ct);
            pdf.Position = 0;
            return Count(bytes);
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>The last root wins: a changed PDF carries its new page tree behind the old one.</summary>
    private static int? Count(ReadOnlySpan<byte> file)
    {
        var (found, place) = LastRoot(file);
        for (var at = 0; Next(file, "/ObjStm"u8, at) is >= 0 and var stream; at = stream + 1)
        {
            if (stream > place && Inflate(file, stream) is { } objects && LastRoot(objects) is ({ } inner, _))
            {
                (found, place) = (inner, stream);
            }
        }

        return found;
    }

    private static (int? Pages, int Place) LastRoot(ReadOnlySpan<byte> text)
    {
        (int? Pages, int Place) last = (null, -1);
        for (var at = 0; Next(text, "/Pages"u8, at) is >= 0 and var here; at = here + 1)
        {
            if (IsType(text, here) && Node(text, here) is { IsEmpty: false } node && node.IndexOf("/Parent"u8) < 0 && Number(node) is { } pages)
            {
                last = (pages, here);
            }
        }

        return last;
    }

    private static int Next(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word, int from)
    {
        var found = text[from..].IndexOf(word);
        return found < 0 ? -1 : from + found;
    }

    /// <summary>Whether the name here is the value of /Type.</summary>
    private static bool IsType(ReadOnlySpan<byte> text, int here) => text[..here].TrimEnd(" \t\r\n"u8).EndsWith("/Type"u8);

    /// <summary>The dictionary around a place.</summary>
    private static ReadOnlySpan<byte> Node(ReadOnlySpan<byte> text, int here)
    {
        var (from, to) = (here, here);
        for (var depth = 1; depth > 0; from--)
        {
            if (from < 1 || here - from > LongestNode)
            {
                return [];
            }

            depth += text[from - 1] == '<' && text[from] == '<' ? -1 : text[from - 1] == '>' && text[from] == '>' ? 1 : 0;
        }

        for (var depth = 1; depth > 0; to++)
        {
            if (to + 1 >= text.Length || to - here > LongestNode)
            {
                return [];
            }

            depth += text[to] == '<' && text[to + 1] == '<' ? 1 : text[to] == '>' && text[to + 1] == '>' ? -1 : 0;
        }

        return text[(from + 1)..to];
    }

    private static int? Number(ReadOnlySpan<byte> node)
    {
        var count = node.IndexOf("/Count"u8);
        if (count < 0)
        {
            return null;
        }

        var rest = node[(count + 6)..].TrimStart(" \t\r\n"u8);
        var digits = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return int.TryParse(Encoding.ASCII.GetString(digits < 0 ? rest : rest[..Math.Min(digits, 9)]), out var pages) && pages is > 0 and <= MostPages ? pages : null;
    }

    private static byte[]? Inflate(ReadOnlySpan<byte> file, int at)
    {
        var start = Next(file, "stream"u8, at);
        if (start < 0 || start - at > 4096)
        {
            return null;
        }

        start += 6;
        start += start < file.Length && file[start] == '\r' ? 1 : 0;
        start += start < file.Length && file[start] == '\n' ? 1 : 0;
        var end = Next(file, "endstream"u8, start);
        if (end < 0)
        {
            return null;
        }

        try
        {
            using var inflated = new MemoryStream();
            using var source = new ZLibStream(new MemoryStream(file[start..end].ToArray()), CompressionMode.Decompress);
            var buffer = new byte[64 * 1024];
            for (int read; inflated.Length < LargestInflated && (read = source.Read(buffer)) > 0;)
            {
                inflated.Write(buffer, 0, read);
            }

            return inflated.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
