using SriovPulse.Metrics.Ingest;
using SriovPulse.Metrics.Store.Packing;

namespace SriovPulse.Metrics.Store.Targets;

/// <summary>
/// What one target says about its families. An exposition tells a family's parts one after the other; a part that is not told again stays. That a
/// target says the same as in its last scrape is seen from the bytes, without a string.
/// </summary>
internal sealed class TargetMetadata(MetadataTable table)
{
    private readonly ByteSink _family = new();
    private readonly ByteSink _help = new();
    private readonly ByteSink _unit = new();
    private readonly ByteSink _key = new();
    private readonly List<KnownFamily> _families = [];
    private volatile KnownFamily[] _published = [];
    private MetricKind _kind;
    private bool _isPending;
    private bool _changed;
    private int _next;

    /// <summary>What the target said, for readers.</summary>
    public IReadOnlyList<KnownFamily> Published => _published;

    /// <summary>A scrape begins: what the last one told first is expected first.</summary>
    public void Rewind()
    {
        _next = 0;
        _isPending = false;
    }

    public void Set(ReadOnlySpan<byte> family, MetricKind kind, ReadOnlySpan<byte> help, ReadOnlySpan<byte> unit)
    {
        if (!_isPending || !_family.Written.SequenceEqual(family))
        {
            Flush();
            _isPending = true;
            _kind = MetricKind.Unknown;
            _help.Clear();
            _unit.Clear();
            Replace(_family, family);
        }

        _kind = kind == MetricKind.Unknown ? _kind : kind;
        Replace(_help, help);
        Replace(_unit, unit);
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

    private static void Replace(ByteSink sink, ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            sink.Clear();
            sink.Bytes(bytes);
        }
    }

    private static string Text(ByteSink sink) => System.Text.Encoding.UTF8.GetString(sink.Written);

    private void Flush()
    {
        if (!_isPending)
        {
            return;
        }

        _isPending = false;
        _key.Clear();
        foreach (var part in (ReadOnlySpan<ByteSink>)[_family, _help, _unit])
        {
            _key.Varint((ulong)part.Length);
            _key.Bytes(part.Written);
        }

        _key.Byte((byte)_kind);
        if (_next < _families.Count && _key.Written.SequenceEqual(_families[_next].Key))
        {
            _next++;
        }
        else
        {
            _next = Merge() + 1;
        }
    }

    // Where the family stands, changed if something new was told.
    private int Merge()
    {
        var family = Text(_family);
        var at = _families.FindIndex(other => other.Metadata.Family == family);
        var known = at >= 0 ? _families[at].Metadata : new MetricMetadata(family, MetricKind.Unknown, string.Empty, string.Empty);
        var told = known with
        {
            Kind = _kind == MetricKind.Unknown ? known.Kind : _kind,
            Help = _help.Length == 0 ? known.Help : Text(_help),
            Unit = _unit.Length == 0 ? known.Unit : Text(_unit),
        };
        if (at >= 0 && told == known)
        {
            return at;
        }

        _changed = true;
        var shared = table.Share(told, _key.Written);
        if (at >= 0)
        {
            _families[at] = shared;
            return at;
        }

        _families.Add(shared);
        return _families.Count - 1;
    }
}
