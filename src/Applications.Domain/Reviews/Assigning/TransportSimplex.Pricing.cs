using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Applications.Domain.Reviews.Assigning;

/// <summary>Which arc enters next: the best of a few rows, the rows taken in turn.</summary>
internal sealed partial class TransportSimplex
{
    private int _row;

    /// <summary>An arc that makes the flow cheaper. <paramref name="Gain"/> is what a unit over it saves; <paramref name="Slot"/> the load arc, or the place among the used pairs.</summary>
    private readonly record struct Entering(int Gain, int Source, int Target, int Slot, bool AtUpper, int Cost);

    /// <summary>False when no arc makes the flow cheaper: it is optimal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Price(out Entering best)
    {
        best = default;
        var rows = _root;
        var block = BlockRows;
        for (var scanned = 0; scanned < rows;)
        {
            var until = Math.Min(rows, scanned + block);
            for (; scanned < until; scanned++)
            {
                var row = _row;
                _row = row + 1 == rows ? 0 : row + 1;
                if (row < _files)
                {
                    PricePairs(row, ref best);
                }
                else
                {
                    PriceLoad(row - _files, ref best);
                }
            }

            if (best.Gain > 0)
            {
                return true;
            }
        }

        return false;
    }

    private int BlockRows => Math.Max(1, (int)(Math.Sqrt((double)_files * _experts) / Math.Max(1, _experts)));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PricePairs(int file, ref Entering best)
    {
        // A pair not used saves -(cost + potential of the file - potential of the expert).
        var mine = _potential[file];
        ref var costs = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_costs), (nint)file * _experts);
        ref var prices = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_potential), _files);
        var limit = -mine - best.Gain;
        var e = 0;
        if (_experts >= Vector<int>.Count)
        {
            var least = new Vector<int>(int.MaxValue);
            for (; e <= _experts - Vector<int>.Count; e += Vector<int>.Count)
            {
                least = Vector.Min(least, Vector.LoadUnsafe(ref costs, (nuint)e) - Vector.LoadUnsafe(ref prices, (nuint)e));
            }

            if (Vector.LessThanAny(least, new Vector<int>(limit)))
            {
                var value = int.MaxValue;
                for (var i = 0; i < Vector<int>.Count; i++)
                {
                    value = Math.Min(value, least[i]);
                }

                limit = value;
                var at = Find(ref costs, ref prices, value);
                best = new Entering(-mine - value, file, _files + at, Artificial, AtUpper: false, Unsafe.Add(ref costs, at));
            }
        }

        for (; e < _experts; e++)
        {
            var value = Unsafe.Add(ref costs, e) - Unsafe.Add(ref prices, e);
            if (value < limit)
            {
                limit = value;
                best = new Entering(-mine - value, file, _files + e, Artificial, AtUpper: false, Unsafe.Add(ref costs, e));
            }
        }

        var start = _usedStart[file];
        for (var i = start; i < start + _usedCount[file]; i++)
        {
            var gain = _usedCost[i] + mine - Unsafe.Add(ref prices, _usedExpert[i]);
            if (gain > best.Gain)
            {
                best = new Entering(gain, file, _files + _usedExpert[i], i, AtUpper: true, _usedCost[i]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Find(ref int costs, ref int prices, int value)
    {
        var wanted = new Vector<int>(value);
        var e = 0;
        while (!Vector.EqualsAny(Vector.LoadUnsafe(ref costs, (nuint)e) - Vector.LoadUnsafe(ref prices, (nuint)e), wanted))
        {
            e += Vector<int>.Count;
        }

        while (Unsafe.Add(ref costs, e) - Unsafe.Add(ref prices, e) != value)
        {
            e++;
        }

        return e;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PriceLoad(int expert, ref Entering best)
    {
        var mine = _potential[_files + expert];
        for (var s = _segmentStart[expert]; s < _segmentStart[expert + 1]; s++)
        {
            var gain = -_segmentState[s] * (_segmentCost[s] + mine);
            if (gain > best.Gain)
            {
                best = new Entering(gain, _files + expert, _root, s, _segmentState[s] < 0, _segmentCost[s]);
            }
        }
    }
}
