namespace Applications.Web.Files;

/// <summary>
/// What has arrived of uploads that are not whole yet: one growing file each. Its length is how far the upload is, also after a cut in the middle of a
/// part: what arrived before the cut is kept.
/// </summary>
public sealed class UploadParts(string root)
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Bytes that have arrived.</summary>
    public long Received(Guid id) => new FileInfo(PathOf(id)) is { Exists: true } file ? file.Length : 0;

    /// <summary>Adds what <paramref name="source"/> gives, at most <paramref name="most"/> bytes, behind the first <paramref name="from"/> bytes.</summary>
    /// <returns>False when it does not continue what is there, or another part is just arriving; nothing was added then.</returns>
    public async Task<bool> AppendAsync(Guid id, long from, Stream source, long most, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(source);
        Directory.CreateDirectory(root);
        if (TryOpen(PathOf(id)) is not { } target)
        {
            return false;
        }

        await using (target)
        {
            if (target.Length != from)
            {
                return false;
            }

            target.Position = from;
            var buffer = new byte[BufferSize];
            for (int read; most > 0 && (read = await ReadAsync(source, buffer.AsMemory(0, (int)Math.Min(BufferSize, most)), ct)) > 0; most -= read)
            {
                await target.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
            }

            return true;
        }
    }

    /// <summary>A line that breaks ends the part where it is.</summary>
    private static async Task<int> ReadAsync(Stream source, Memory<byte> buffer, CancellationToken ct)
    {
        try
        {
            return await source.ReadAsync(buffer, ct);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>What has arrived, to be read.</summary>
    public Stream Open(Guid id) => new FileStream(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan);

    public void Delete(Guid id)
    {
        if (Directory.Exists(root))
        {
            File.Delete(PathOf(id));
        }
    }

    /// <summary>Uploads of which something lies here.</summary>
    public IReadOnlyList<Guid> All() => Directory.Exists(root)
        ? [.. Directory.EnumerateFiles(root).Select(Path.GetFileName).Where(n => Guid.TryParseExact(n, "N", out _)).Select(n => Guid.ParseExact(n!, "N"))]
        : [];

    private string PathOf(Guid id) => Path.Combine(root, id.ToString("N"));

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
