namespace SriovPulse.Metrics.Store.Targets;

/// <summary>Metadata of all targets: a thousand targets of one kind share one object per family. Safe for concurrent use.</summary>
internal sealed class MetadataTable
{
    private readonly Lock _lock = new();
    private Dictionary<MetricMetadata, KnownFamily> _known = [];

    /// <summary>The shared object for what a target says.</summary>
    public KnownFamily Share(MetricMetadata metadata, ReadOnlySpan<byte> key)
    {
        lock (_lock)
        {
            if (!_known.TryGetValue(metadata, out var known))
            {
                known = new KnownFamily(metadata, key.ToArray());
                _known.Add(metadata, known);
            }

            return known;
        }
    }

    /// <summary>Forgets what no target says any more.</summary>
    public void Keep(IEnumerable<KnownFamily> used)
    {
        lock (_lock)
        {
            _known = [];
            foreach (var known in used)
            {
                // There may be two of one kind, when a target took one up just before it was forgotten.
                _known.TryAdd(known.Metadata, known);
            }
        }
    }
}
