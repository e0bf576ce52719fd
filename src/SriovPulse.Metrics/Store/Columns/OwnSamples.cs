using SriovPulse.Metrics.Store.Packing;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Store.Columns;

/// <summary>Samples of one series that carry their own times: imported, recorded by rules, exposed with a timestamp. Safe for concurrent use.</summary>
internal sealed class OwnSamples
{
    /// <summary>About how many bytes a new sample takes, until the next exact count.</summary>
    public const int SampleBytes = 16;

    private const int ChunkSamples = 32;

    private readonly Lock _lock = new();
    private readonly List<Chunk> _chunks = [];
    private long[] _timestamps = new long[4];
    private double[] _values = new double[4];
    private int _count;
    private bool _closed;
    private long _last = long.MinValue;

    /// <summary>Bytes that it takes.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return 160 + (_timestamps.Length * 16L) + _chunks.Sum(static chunk => chunk.Bytes);
            }
        }
    }

    /// <summary>Adds a sample that must be newer than the series' others.</summary>
    /// <returns>Null when the series was given up meanwhile.</returns>
    public AppendResult? Append(long timestamp, double value)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return null;
            }

            if (timestamp <= _last)
            {
                return timestamp < _last ? AppendResult.OutOfOrder
                    : _count > 0 && CellValue.Same(_values[_count - 1], value) ? AppendResult.Unchanged
                    : AppendResult.Duplicate;
            }

            Add(timestamp, value);
            return AppendResult.Added;
        }
    }

    /// <summary>Appends the samples of a window, open at its start.</summary>
    public void Read(long startExclusive, long endInclusive, SampleWindow into)
    {
        lock (_lock)
        {
            Span<double> timestamps = stackalloc double[ChunkSamples];
            Span<double> values = stackalloc double[ChunkSamples];
            foreach (var chunk in _chunks)
            {
                if (chunk.Last <= startExclusive || chunk.First > endInclusive)
                {
                    continue;
                }

                chunk.Read(timestamps, values);
                for (var i = 0; i < chunk.Count; i++)
                {
                    Give((long)timestamps[i], values[i], startExclusive, endInclusive, into);
                }
            }

            for (var i = 0; i < _count; i++)
            {
                Give(_timestamps[i], _values[i], startExclusive, endInclusive, into);
            }
        }
    }

    /// <summary>The newest sample of a window, open at its start.</summary>
    public bool TryReadLast(long startExclusive, long endInclusive, out Sample sample)
    {
        lock (_lock)
        {
            for (var i = _count - 1; i >= 0 && _timestamps[i] > startExclusive; i--)
            {
                if (_timestamps[i] <= endInclusive)
                {
                    sample = new Sample(_timestamps[i], _values[i]);
                    return true;
                }
            }

            Span<double> timestamps = stackalloc double[ChunkSamples];
            Span<double> values = stackalloc double[ChunkSamples];
            for (var c = _chunks.Count - 1; c >= 0 && _chunks[c].Last > startExclusive; c--)
            {
                if (_chunks[c].First > endInclusive)
                {
                    continue;
                }

                _chunks[c].Read(timestamps, values);
                for (var i = _chunks[c].Count - 1; i >= 0 && timestamps[i] > startExclusive; i--)
                {
                    if (timestamps[i] <= endInclusive)
                    {
                        sample = new Sample((long)timestamps[i], values[i]);
                        return true;
                    }
                }
            }
        }

        sample = default;
        return false;
    }

    /// <summary>Drops what is older than a time, by whole chunks.</summary>
    /// <returns>How many samples are left.</returns>
    public int Expire(long before)
    {
        lock (_lock)
        {
            _chunks.RemoveAll(chunk => chunk.Last < before);
            if (_count > 0 && _timestamps[_count - 1] < before)
            {
                _count = 0;
            }

            return _chunks.Sum(static chunk => chunk.Count) + _count;
        }
    }

    /// <summary>Takes no more samples if it has none.</summary>
    public bool TryClose()
    {
        lock (_lock)
        {
            _closed = _count == 0 && _chunks.Count == 0;
            return _closed;
        }
    }

    private static void Give(long timestamp, double value, long startExclusive, long endInclusive, SampleWindow into)
    {
        if (timestamp > startExclusive && timestamp <= endInclusive)
        {
            into.Add(timestamp, value);
        }
    }

    private void Add(long timestamp, double value)
    {
        // Times are packed as values are: the store refuses those that a double does not hold exactly.
        if (_count == ChunkSamples)
        {
            _chunks.Add(Chunk.Pack(_timestamps.AsSpan(0, _count), _values.AsSpan(0, _count)));
            _count = 0;
        }

        if (_count == _timestamps.Length)
        {
            Array.Resize(ref _timestamps, _count * 2);
            Array.Resize(ref _values, _count * 2);
        }

        _timestamps[_count] = timestamp;
        _values[_count++] = value;
        _last = timestamp;
    }

    /// <summary>Packed samples.</summary>
    private sealed record Chunk(long First, long Last, int Count, byte[] Packed)
    {
        public long Bytes => Packed.Length + 72;

        public static Chunk Pack(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values)
        {
            var sink = new ByteSink();
            Span<double> times = stackalloc double[timestamps.Length];
            for (var i = 0; i < times.Length; i++)
            {
                times[i] = timestamps[i];
            }

            ValueRun.Write(times, sink);
            ValueRun.Write(values, sink);
            return new Chunk(timestamps[0], timestamps[^1], values.Length, sink.ToArray());
        }

        public void Read(Span<double> timestamps, Span<double> values)
        {
            var times = ValueRun.Read(Packed, timestamps[..Count]);
            ValueRun.Read(Packed.AsSpan(times), values[..Count]);
        }
    }
}
