using System.Buffers.Binary;
using SriovPulse.Metrics.Store.Packing;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Store.Snapshots;

/// <summary>Writes a snapshot, section by section. <see cref="SnapshotFormat"/> says how.</summary>
internal sealed class SnapshotWriter
{
    private readonly Stream _stream;
    private readonly ByteSink _payload = new();
    private readonly Dictionary<string, int> _strings = [];
    private int _sections;

    public SnapshotWriter(Stream stream)
    {
        _stream = stream;
        stream.Write(SnapshotFormat.Magic);
    }

    public void Write(TargetImage target)
    {
        WriteLabels(target.Labels);

        // Series of a target share nearly all their strings: each is written once, and then its number.
        _strings.Clear();
        foreach (var labels in target.Series)
        {
            foreach (ref readonly var label in (labels ?? Labels.Empty).AsSpan())
            {
                _strings.TryAdd(label.Name, _strings.Count);
                _strings.TryAdd(label.Value, _strings.Count);
            }
        }

        _payload.Varint((ulong)_strings.Count);
        foreach (var text in _strings.Keys)
        {
            _payload.Text(text);
        }

        _payload.Varint((ulong)target.Series.Length);
        foreach (var labels in target.Series)
        {
            // One more than there are, so that zero says that the slot is free.
            _payload.Varint(labels is null ? 0 : (ulong)labels.Count + 1);
            foreach (ref readonly var label in (labels ?? Labels.Empty).AsSpan())
            {
                _payload.Varint((ulong)_strings[label.Name]);
                _payload.Varint((ulong)_strings[label.Value]);
            }
        }

        _payload.Varint((ulong)target.Blocks.Length);
        foreach (var block in target.Blocks)
        {
            block.Write(_payload);
        }

        Flush(SectionKind.Target);
    }

    public void Write(SeriesImage series)
    {
        WriteLabels(series.Labels);
        _payload.Varint((ulong)series.Samples.Length);
        Span<double> cells = stackalloc double[ValueRun.Limit];
        for (var from = 0; from < series.Samples.Length; from += ValueRun.Limit)
        {
            var run = series.Samples.AsSpan(from, Math.Min(ValueRun.Limit, series.Samples.Length - from));
            for (var i = 0; i < run.Length; i++)
            {
                cells[i] = run[i].Timestamp;
            }

            ValueRun.Write(cells[..run.Length], _payload);
            for (var i = 0; i < run.Length; i++)
            {
                cells[i] = run[i].Value;
            }

            ValueRun.Write(cells[..run.Length], _payload);
        }

        Flush(SectionKind.Series);
    }

    /// <summary>Says that the snapshot is whole.</summary>
    public void End()
    {
        _payload.Varint((ulong)_sections);
        Flush(SectionKind.End);
    }

    private void WriteLabels(Labels labels)
    {
        _payload.Varint((ulong)labels.Count);
        foreach (ref readonly var label in labels.AsSpan())
        {
            _payload.Text(label.Name);
            _payload.Text(label.Value);
        }
    }

    private void Flush(SectionKind kind)
    {
        Span<byte> head = stackalloc byte[SnapshotFormat.SectionHead];
        head[0] = (byte)kind;
        BinaryPrimitives.WriteInt64LittleEndian(head[1..], _payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[9..], Checksum.Of(_payload.Written));
        _stream.Write(head);
        _stream.Write(_payload.Written);
        _payload.Clear();
        _sections++;
    }
}
