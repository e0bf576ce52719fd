namespace SriovPulse.PromQL.Series;

/// <summary>Samples read from a series, in two columns that are used again for the next series.</summary>
public sealed partial class SampleWindow
{
    private long[] _timestamps = new long[16];
    private double[] _values = new double[16];

    /// <summary>How many samples there are.</summary>
    public int Count { get; private set; }

    /// <summary>Milliseconds since 1970, rising.</summary>
    public ReadOnlySpan<long> Timestamps => _timestamps.AsSpan(0, Count);

    /// <summary>The values.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    /// <summary>Forgets the samples.</summary>
    public void Clear() => Count = 0;

    /// <summary>Appends a sample.</summary>
    public void Add(long timestamp, double value)
    {
        if (Count == _values.Length)
        {
            Grow(Count + 1);
        }

        _timestamps[Count] = timestamp;
        _values[Count++] = value;
    }

    /// <summary>Appends samples; both columns are of the same length.</summary>
    public void Add(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values)
    {
        if (Count + values.Length > _values.Length)
        {
            Grow(Count + values.Length);
        }

        timestamps.CopyTo(_timestamps.AsSpan(Count));
        values.CopyTo(_values.AsSpan(Count));
        Count += values.Length;
    }

    private void Grow(int needed)
    {
        var size = Math.Max(needed, _values.Length * 2);
        Array.Resize(ref _timestamps, size);
        Array.Resize(ref _values, size);
    }
}
