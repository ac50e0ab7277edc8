using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Applications.Domain.Reviews.Draws;

/// <summary>
/// Random whole numbers from a key: block i is SHA-256(key ‖ i), i as eight bytes, the highest first, from 0. A number below n takes sixteen bytes, keeps as many
/// low bits as n − 1 has and is thrown away when it is not below n, so that all are equally likely. A number below 1 is 0 and takes nothing.
/// </summary>
internal sealed class DrawStream(byte[] key)
{
    private readonly byte[] _input = [.. key, 0, 0, 0, 0, 0, 0, 0, 0];
    private readonly byte[] _block = new byte[SHA256.HashSizeInBytes];
    private ulong _counter;
    private int _used = SHA256.HashSizeInBytes;

    public UInt128 NextBelow(UInt128 limit)
    {
        ArgumentOutOfRangeException.ThrowIfZero(limit);
        if (limit == 1)
        {
            return 0;
        }

        var mask = UInt128.MaxValue >> (int)UInt128.LeadingZeroCount(limit - 1);
        while (true)
        {
            var value = Next() & mask;
            if (value < limit)
            {
                return value;
            }
        }
    }

    private UInt128 Next()
    {
        if (_used == _block.Length)
        {
            BinaryPrimitives.WriteUInt64BigEndian(_input.AsSpan(key.Length), _counter++);
            SHA256.HashData(_input, _block);
            _used = 0;
        }

        var value = BinaryPrimitives.ReadUInt128BigEndian(_block.AsSpan(_used, 16));
        _used += 16;
        return value;
    }
}
