namespace Applications.Web.Files;

/// <summary>Where file contents lie, by their hash. The same content is kept once.</summary>
public interface IFileStore
{
    /// <summary>Keeps the content of <paramref name="source"/>; returns its SHA-256 (hex) and length.</summary>
    /// <exception cref="FileTooLargeException">It is longer than <paramref name="most"/> bytes; nothing is kept.</exception>
    Task<StoredFile> SaveAsync(Stream source, long most, CancellationToken ct);

    /// <summary>Opens the content with this hash, or null when there is none.</summary>
    Stream? Open(string sha256);
}

/// <param name="Sha256">Hex.</param>
/// <param name="Size">Bytes.</param>
public sealed record StoredFile(string Sha256, long Size);

/// <summary>An upload is longer than allowed.</summary>
public sealed class FileTooLargeException(long most) : Exception($"文件超过 {UploadLimits.WordsOf(most)}，请压缩后重新上传。")
{
    public long Most { get; } = most;
}
