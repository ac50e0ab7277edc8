using System.Security.Cryptography;
using Applications.Data.Experts;
using Applications.Domain.Experts;

namespace Applications.Web.Tests.Features.Experts;

/// <summary>Encrypted numbers open only where they belong, and go on opening when the key is changed.</summary>
public sealed class PersonalSecretsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("keys-").FullName;

    [Fact]
    public void Open_OfAnotherExpertOrKindOrChanged_IsRefused()
    {
        var (secrets, expert) = (new PersonalSecrets(folder), Guid.NewGuid());
        var phone = secrets.Seal(expert, SecretKind.Phone, "13812345678");

        Assert.Equal("138****5678", phone.Mask);
        Assert.Equal("13812345678", new PersonalSecrets(folder).Open(expert, SecretKind.Phone, phone));
        Assert.ThrowsAny<CryptographicException>(() => secrets.Open(Guid.NewGuid(), SecretKind.Phone, phone));
        Assert.ThrowsAny<CryptographicException>(() => secrets.Open(expert, SecretKind.Bank, phone));
        Assert.ThrowsAny<CryptographicException>(() => secrets.Open(expert, SecretKind.Phone, phone with { Box = phone.Box[..^4] + "AAA=" }));
    }

    [Fact]
    public void Seal_AfterANewKey_UsesItAndStillOpensTheOld()
    {
        var expert = Guid.NewGuid();
        var before = new PersonalSecrets(folder);
        var (old, index) = (before.Seal(expert, SecretKind.Phone, "13812345678"), before.IndexOf("11010519491231002X"));
        File.WriteAllBytes(Path.Combine(folder, "0002.key"), RandomNumberGenerator.GetBytes(32));

        var after = new PersonalSecrets(folder);

        Assert.StartsWith("0002.", after.Seal(expert, SecretKind.Phone, "13812345678").Box, StringComparison.Ordinal);
        Assert.Equal("13812345678", after.Open(expert, SecretKind.Phone, old));
        Assert.Equal(index, after.IndexOf("11010519491231002X"));
    }

    [Fact]
    public void Start_FirstKey_IsForTheServiceAlone()
    {
        _ = new PersonalSecrets(folder);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "0001.key")));
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
