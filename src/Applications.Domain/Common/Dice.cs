using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Applications.Domain.Common;

/// <summary>Chance out of a seed, by SplitMix64 (Steele, Lea and Flood): a few lines whose numbers are the same on any machine and in any version of the runtime. Nothing here is secret.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong state = seed;

    /// <summary>From 0 up to, not including, 1.</summary>
    public double Next() => (Bits() >> 11) * (1.0 / (1UL << 53));

    public bool Is(double likelihood) => Next() < likelihood;

    /// <summary>Both ends included.</summary>
    public int Between(int least, int most) => least + (int)(Next() * (Math.Max(least, most) - least + 1));

    /// <summary>From 0 up to, not including, <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)Math.BigMul(Bits(), (ulong)limit, out _);

    /// <summary>The dice of a text.</summary>
    public static Dice For(string seed) => new(BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(seed))));

    /// <summary>Dice of their own for the subject of this number: one more case does not change the others.</summary>
    public static Dice For(long seed, int number) => new(unchecked((ulong)seed * 0x9E3779B97F4A7C15) ^ (((ulong)number + 1) * 0xD1B54A32D192ED03));

    private ulong Bits()
    {
        unchecked
        {
            var z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
