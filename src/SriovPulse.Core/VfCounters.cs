using System.Runtime.CompilerServices;

namespace SriovPulse.Core;

/// <summary>One reading of a VF's counters; a counter that its source does not tell is absent, which is not zero.</summary>
public struct VfCounters
{
    /// <summary>How many counters there are.</summary>
    public const int Count = 8;

    private Values _values;
    private byte _present;

    /// <summary>Whether the source told no counter at all.</summary>
    public readonly bool IsEmpty => _present == 0;

    /// <summary>Whether every counter that is present reads zero.</summary>
    public readonly bool IsAllZero => !((ReadOnlySpan<ulong>)_values).ContainsAnyExcept(0UL);

    /// <summary>Sets a counter and marks it present.</summary>
    public void Set(VfCounter counter, ulong value)
    {
        _values[(int)counter] = value;
        _present |= (byte)(1 << (int)counter);
    }

    /// <summary>Makes a counter absent.</summary>
    public void Remove(VfCounter counter)
    {
        _values[(int)counter] = 0;
        _present &= (byte)~(1 << (int)counter);
    }

    /// <summary>The counter's value; false when it is absent.</summary>
    public readonly bool TryGet(VfCounter counter, out ulong value)
    {
        value = _values[(int)counter];
        return (_present & (1 << (int)counter)) != 0;
    }

    [InlineArray(Count)]
    private struct Values
    {
        private ulong _first;
    }
}
