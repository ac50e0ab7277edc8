using Microsoft.AspNetCore.DataProtection;

namespace Applications.Web.Features.Draws;

/// <summary>Keeps the seed between commitment and draw: encrypted with the server's keys, bound to its draw, never shown.</summary>
public sealed class SeedSealStore(IDataProtectionProvider protection)
{
    public string Seal(Guid draw, string seed) => Protector(draw).Protect(seed);

    public string Open(Guid draw, string sealedSeed) => Protector(draw).Unprotect(sealedSeed);

    private IDataProtector Protector(Guid draw) => protection.CreateProtector("draw-seed", draw.ToString("N"));
}
