namespace SriovPulse.Agent.Metrics;

/// <summary>
/// The samples of one collector in one collection, a column per family. Reused between collections so that a steady one allocates nothing.
/// Written by one thread, then published and only read.
/// </summary>
public sealed class SampleBuffer(MetricSet metrics)
{
    private readonly Column[] _columns = new Column[metrics.Families.Count];

    /// <summary>The families, by slot.</summary>
    public MetricSet Metrics { get; } = metrics;

    /// <summary>Adds an integer sample.</summary>
    public void Add(MetricFamily family, LabelSet labels, ulong value, long createdUnixMilliseconds = 0) =>
        _columns[family.Slot].Add(Sample.Of(labels, value, createdUnixMilliseconds));

    /// <summary>Adds a floating-point sample.</summary>
    public void Add(MetricFamily family, LabelSet labels, double value, long createdUnixMilliseconds = 0) =>
        _columns[family.Slot].Add(Sample.Of(labels, value, createdUnixMilliseconds));

    /// <summary>Adds an info sample, or a gauge that is 1.</summary>
    public void AddOne(MetricFamily family, LabelSet labels) => Add(family, labels, 1UL);

    /// <summary>Adds 1 or 0.</summary>
    public void Add(MetricFamily family, LabelSet labels, bool value) => Add(family, labels, value ? 1UL : 0UL);

    /// <summary>The samples of a family, in the order in which they were added.</summary>
    public ReadOnlySpan<Sample> Samples(MetricFamily family) => _columns[family.Slot].Span;

    /// <summary>Forgets the samples and keeps the memory.</summary>
    public void Clear()
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i].Count = 0;
        }
    }

    private struct Column
    {
        private Sample[]? _samples;

        public int Count { get; set; }

        public readonly ReadOnlySpan<Sample> Span => _samples.AsSpan(0, Count);

        public void Add(in Sample sample)
        {
            if (_samples is null || Count == _samples.Length)
            {
                Array.Resize(ref _samples, Math.Max(8, Count * 2));
            }

            _samples[Count++] = sample;
        }
    }
}
