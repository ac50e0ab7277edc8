using System.Buffers.Binary;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace Applications.Web.Documents;

/// <summary><c>Documents</c>: what PDFs are made with.</summary>
public sealed class DocumentSettings
{
    /// <summary>A font with Chinese (.ttf, .otf or .ttc); empty: the first of the usual ones that is installed.</summary>
    public string Font { get; set; } = string.Empty;
}

/// <summary>
/// The Chinese font of the machine. PDFs take only the letters they use out of it. It is read when the first document is made, and kept.
/// </summary>
public sealed class DocumentFont(IOptions<DocumentSettings> settings) : IDisposable
{
    private static readonly string[] Usual =
    [
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
        "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
        "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
        "C:\\Windows\\Fonts\\msyh.ttc",
        "C:\\Windows\\Fonts\\simsun.ttc",
        "/System/Library/Fonts/PingFang.ttc",
    ];

    /// <summary>The block of the characters in common use.</summary>
    private const uint FirstOrdinary = 0x4E00;
    private const uint LastOrdinary = 0x9FFF;

    private readonly Lock gate = new();
    private SKTypeface? typeface;

    /// <summary>What to tell people when there is no font.</summary>
    public const string Missing = "服务器没有中文字体，暂不能生成 PDF。请系统管理员安装 fonts-noto-cjk，或在设置 Documents:Font 中指定字体文件；其间可用“打印”由浏览器存为 PDF。";

    /// <summary>The font, or null when none is installed.</summary>
    public SKTypeface? Find()
    {
        lock (gate)
        {
            var wanted = settings.Value.Font;
            return typeface ??= (wanted.Length > 0 ? [wanted] : Usual).Where(File.Exists).Select(Load).FirstOrDefault(t => t is not null);
        }
    }

    public void Dispose() => typeface?.Dispose();

    /// <summary>The face for simplified Chinese where a file holds several.</summary>
    private static SKTypeface? Load(string path)
    {
        var file = File.ReadAllBytes(path);
        var faces = HasMagic(file, "ttcf"u8) ? (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(8)) : 1;
        UnmapRadicals(file, faces);
        using var data = SKData.CreateCopy(file);
        SKTypeface? best = null;
        for (var face = 0; face < Math.Min(faces, 32); face++)
        {
            var found = SKTypeface.FromData(data, face);
            if (found is null || !HasChinese(found))
            {
                found?.Dispose();
                continue;
            }

            if (found.FamilyName.EndsWith(" SC", StringComparison.Ordinal) || best is null)
            {
                best?.Dispose();
                best = found;
            }
            else
            {
                found.Dispose();
            }
        }

        return best;
    }

    private static bool HasChinese(SKTypeface typeface)
    {
        using var font = new SKFont(typeface);
        return font.ContainsGlyph('国');
    }

    /// <summary>
    /// Radicals (U+2E80–2FDF) share their glyphs with ordinary characters, and the PDF would name a glyph by the lowest of its code points: 山 would be found
    /// and copied as ⼭. The same goes for rare characters that look like ordinary ones: 胶 would be found as 㬵. So the font forgets both, in memory, before
    /// it is used.
    /// </summary>
    private static void UnmapRadicals(Span<byte> file, int faces)
    {
        var done = new HashSet<int>();
        for (var face = 0; face < faces; face++)
        {
            var directory = HasMagic(file, "ttcf"u8) ? (int)U32(file, 12 + (4 * face)) : 0;
            for (var table = directory + 12; table < directory + 12 + (16 * U16(file, directory + 4)); table += 16)
            {
                if (HasMagic(file[table..], "cmap"u8))
                {
                    UnmapIn(file, (int)U32(file, table + 8), done);
                }
            }
        }
    }

    private static void UnmapIn(Span<byte> file, int cmap, HashSet<int> done)
    {
        for (var record = cmap + 4; record < cmap + 4 + (8 * U16(file, cmap + 2)); record += 8)
        {
            var map = cmap + (int)U32(file, record + 4);
            if (U16(file, map) != 12 || !done.Add(map))
            {
                continue;
            }

            var end = map + 16 + (12 * (int)U32(file, map + 12));
            var ordinary = OrdinaryGlyphs(file, map + 16, end);
            for (var group = map + 16; group < end; group += 12)
            {
                var (first, last, glyph) = (U32(file, group), U32(file, group + 4), U32(file, group + 8));
                var isRadical = first >= 0x2E80 && last <= 0x2FDF;
                var isLookalike = first == last && first is >= 0x2E80 and < FirstOrdinary && ordinary.Contains(glyph);
                if (isRadical || isLookalike)
                {
                    BinaryPrimitives.WriteUInt32BigEndian(file[(group + 8)..], 0);
                }
            }
        }
    }

    private static HashSet<uint> OrdinaryGlyphs(ReadOnlySpan<byte> file, int first, int end)
    {
        var glyphs = new HashSet<uint>();
        for (var group = first; group < end; group += 12)
        {
            var start = U32(file, group);
            for (var code = Math.Max(start, FirstOrdinary); code <= Math.Min(U32(file, group + 4), LastOrdinary); code++)
            {
                glyphs.Add(U32(file, group + 8) + code - start);
            }
        }

        return glyphs;
    }

    private static bool HasMagic(ReadOnlySpan<byte> file, ReadOnlySpan<byte> magic) => file.StartsWith(magic);

    private static uint U32(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt32BigEndian(file[at..]);

    private static int U16(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
}
