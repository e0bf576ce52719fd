using SriovPulse.Metrics.Ingest;
using SriovPulse.Metrics.Store.Packing;

namespace SriovPulse.Metrics.Store.Targets;

/// <summary>What one target says about its families. An exposition tells a family's parts one after the other: what was told last of a family counts.</summary>
internal sealed class TargetMetadata(MetadataTable table)
{
    private readonly ByteSink _pending = new();
    private readonly List<KnownFamily> _families = [];
    private volatile KnownFamily[] _published = [];
    private MetricKind _kind;
    private int _familyLength;
    private int _unitLength;
    private int _next;
    private bool _changed;

    /// <summary>What the target said, for readers.</summary>
    public IReadOnlyList<KnownFamily> Published => _published;

    public void Rewind()
    {
        _next = 0;
        _pending.Clear();
    }

    public void Set(ReadOnlySpan<byte> family, MetricKind kind, ReadOnlySpan<byte> help, ReadOnlySpan<byte> unit)
    {
        if (_pending.Length > 0 && !_pending.Written[.._familyLength].SequenceEqual(family))
        {
            Flush();
        }

        _pending.Clear();
        _pending.Bytes(family);
        _pending.Byte(0);
        _pending.Bytes(unit);
        _pending.Byte(0);
        _pending.Bytes(help);
        _pending.Byte((byte)kind);
        _familyLength = family.Length;
        _unitLength = unit.Length;
        _kind = kind;
    }

    /// <summary>Takes over what was said since <see cref="Rewind"/>.</summary>
    public void Commit()
    {
        Flush();
        if (_changed)
        {
            _changed = false;
            _published = [.. _families];
        }
    }

    private void Flush()
    {
        if (_pending.Length == 0)
        {
            return;
        }

        var key = _pending.Written;
        var at = _next < _families.Count && key.SequenceEqual(_families[_next].Key) ? _next : Find(key);
        if (at < 0)
        {
            at = Change(key);
        }

        _next = at + 1;
        _pending.Clear();
    }

    private int Find(ReadOnlySpan<byte> key)
    {
        for (var i = 0; i < _families.Count; i++)
        {
            if (key.SequenceEqual(_families[i].Key))
            {
                return i;
            }
        }

        return -1;
    }

    private int Change(ReadOnlySpan<byte> key)
    {
        var text = System.Text.Encoding.UTF8;
        var family = text.GetString(key[.._familyLength]);
        var unit = text.GetString(key.Slice(_familyLength + 1, _unitLength));
        var help = text.GetString(key[(_familyLength + _unitLength + 2)..^1]);
        var known = table.Share(new MetricMetadata(family, _kind, help, unit), key);
        _changed = true;
        var at = _families.FindIndex(other => other.Metadata.Family == family);
        if (at >= 0)
        {
            _families[at] = known;
            return at;
        }

        _families.Add(known);
        return _families.Count - 1;
    }
}
