using System.Security.Cryptography;
using System.Text;
using Applications.Domain.Experts;

namespace Applications.Data.Experts;

/// <summary>
/// Encrypts personal data (AES-256-GCM) under keys that lie outside the database: every file <c>*.key</c> of one folder, 32 bytes each. The last by name encrypts, all decrypt, so a new file is a
/// new key. A value is bound to its expert and its kind: moved to another row or column it does not open.
/// </summary>
public sealed class PersonalSecrets
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly SortedDictionary<string, byte[]> keys = new(StringComparer.Ordinal);
    private readonly byte[] indexKey;

    /// <param name="folder">Where the keys lie; made, with a first key, when there is none.</param>
    public PersonalSecrets(string folder)
    {
        Directory.CreateDirectory(folder);
        if (!Directory.EnumerateFiles(folder, "*.key").Any())
        {
            Create(Path.Combine(folder, "0001.key"));
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*.key"))
        {
            var key = File.ReadAllBytes(file);
            keys[Path.GetFileNameWithoutExtension(file)] = key.Length == KeyBytes ? key : throw new InvalidOperationException($"{file} must hold {KeyBytes} bytes.");
        }

        // The first key for good: an index under a key that changes would not find what is there.
        indexKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, keys.First().Value, KeyBytes, info: "identity index"u8.ToArray());
    }

    /// <summary>Encrypts a value of one expert.</summary>
    public Sealed Seal(Guid expertId, SecretKind kind, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var (name, key) = keys.Last();
        var plain = Encoding.UTF8.GetBytes(value);
        var box = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(box.AsSpan(0, NonceBytes), plain, box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length), About(expertId, kind));
        return new Sealed(Masks.Of(kind, value), $"{name}.{Convert.ToBase64String(box)}");
    }

    /// <exception cref="CryptographicException">The value was changed, or belongs elsewhere, or its key is gone.</exception>
    public string Open(Guid expertId, SecretKind kind, Sealed value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var parts = value.Box.Split('.', 2);
        var key = keys.GetValueOrDefault(parts[0]) ?? throw new CryptographicException($"There is no key '{parts[0]}'.");
        var box = Convert.FromBase64String(parts[1]);
        var plain = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length), plain, About(expertId, kind));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>The same number always gives the same text, from which it cannot be found without the key: so that one person is not taken in twice.</summary>
    public string IndexOf(string identity) => Convert.ToHexStringLower(HMACSHA256.HashData(indexKey, Encoding.UTF8.GetBytes(identity)));

    private static byte[] About(Guid expertId, SecretKind kind) => Encoding.UTF8.GetBytes($"{expertId:N}.{kind}");

    private static void Create(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using var stream = new FileStream(file, options);
            stream.Write(RandomNumberGenerator.GetBytes(KeyBytes));
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another node made it at the same moment.
        }
    }
}
