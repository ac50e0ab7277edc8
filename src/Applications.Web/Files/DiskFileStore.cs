using System.Buffers;
using System.Security.Cryptography;

namespace Applications.Web.Files;

/// <summary>One folder of this machine. Written to a temporary name and moved, so that a hash never names half a file.</summary>
public sealed class DiskFileStore(string root) : IFileStore
{
    private const int BufferSize = 128 * 1024;

    public async Task<StoredFile> SaveAsync(Stream source, long most, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(source);
        var incoming = Path.Combine(root, "incoming");
        Directory.CreateDirectory(incoming);
        var temporary = Path.Combine(incoming, Guid.NewGuid().ToString("N"));
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long size = 0;
            await using (var target = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous))
            {
                for (int read; (read = await source.ReadAsync(buffer, ct)) > 0;)
                {
                    size += read;
                    if (size > most)
                    {
                        throw new FileTooLargeException(most);
                    }

                    hash.AppendData(buffer, 0, read);
                    await target.WriteAsync(buffer.AsMemory(0, read), ct);
                }

                target.Flush(flushToDisk: true);
            }

            var name = Convert.ToHexStringLower(hash.GetHashAndReset());
            var path = PathOf(name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(temporary, path, overwrite: true);
            return new StoredFile(name, size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            File.Delete(temporary);
        }
    }

    public Stream? Open(string sha256)
    {
        ArgumentException.ThrowIfNullOrEmpty(sha256);
        var path = PathOf(sha256);
        return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan) : null;
    }

    private string PathOf(string sha256)
    {
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigitLower))
        {
            throw new ArgumentException("Not a SHA-256 in hex.", nameof(sha256));
        }

        return Path.Combine(root, sha256[..2], sha256);
    }
}
