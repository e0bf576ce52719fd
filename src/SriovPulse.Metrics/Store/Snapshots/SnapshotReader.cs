using System.Buffers.Binary;
using SriovPulse.Metrics.Store.Columns;
using SriovPulse.Metrics.Store.Packing;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Store.Snapshots;

/// <summary>
/// Reads a snapshot. Every fault is an <see cref="InvalidDataException"/> that says what is wrong; no damaged count asks for more memory than the
/// bytes behind it explain.
/// </summary>
internal static class SnapshotReader
{
    private const int MostLabels = 1024;

    /// <summary>Reads a snapshot to its end, giving out one thing at a time; a fault may only show after some were given out.</summary>
    public static void Read(Stream stream, Action<TargetImage> onTarget, Action<SeriesImage> onSeries)
    {
        Span<byte> magic = stackalloc byte[SnapshotFormat.Magic.Length];
        ReadExactly(stream, magic);
        if (!magic.SequenceEqual(SnapshotFormat.Magic))
        {
            throw new InvalidDataException(magic[..^1].SequenceEqual(SnapshotFormat.Magic[..^1])
                ? $"its format is version {magic[^1]}, this program reads version {SnapshotFormat.Magic[^1]}"
                : "it does not begin as a snapshot does");
        }

        var builder = new SealedBlock.Builder();
        for (var sections = 0; ; sections++)
        {
            var payload = ReadSection(stream, out var kind);
            var source = new ByteSource(payload);
            switch (kind)
            {
                case SectionKind.Target:
                    onTarget(ReadTarget(ref source, builder));
                    break;
                case SectionKind.Series:
                    onSeries(ReadSeries(ref source));
                    break;
                case SectionKind.End:
                    if (source.Varint() != (ulong)sections)
                    {
                        throw new InvalidDataException("it has not as many sections as it says");
                    }

                    if (stream.ReadByte() >= 0)
                    {
                        throw new InvalidDataException("it goes on after its end");
                    }

                    return;
                default:
                    throw new InvalidDataException($"a section of the unknown kind {(byte)kind}");
            }

            if (source.Left > 0)
            {
                throw new InvalidDataException($"a section with {source.Left} bytes too many");
            }
        }
    }

    private static byte[] ReadSection(Stream stream, out SectionKind kind)
    {
        Span<byte> head = stackalloc byte[SnapshotFormat.SectionHead];
        ReadExactly(stream, head);
        kind = (SectionKind)head[0];
        var length = BinaryPrimitives.ReadInt64LittleEndian(head[1..]);
        if (length < 0 || length > Math.Min(stream.Length - stream.Position, Array.MaxLength))
        {
            throw new InvalidDataException($"a section of {length} bytes where {stream.Length - stream.Position} are left: it is torn");
        }

        var payload = new byte[length];
        ReadExactly(stream, payload);
        return Checksum.Of(payload) == BinaryPrimitives.ReadUInt32LittleEndian(head[9..])
            ? payload
            : throw new InvalidDataException($"the checksum of the section that ends at byte {stream.Position} is wrong");
    }

    private static TargetImage ReadTarget(ref ByteSource source, SealedBlock.Builder builder)
    {
        var labels = ReadLabels(ref source);
        var strings = new string[source.Count()];
        for (var i = 0; i < strings.Length; i++)
        {
            strings[i] = source.Text();
        }

        var series = new Labels?[source.Count()];
        for (var slot = 0; slot < series.Length; slot++)
        {
            var count = source.Below(MostLabels) - 1;
            if (count < 0)
            {
                continue;
            }

            var own = new Label[count];
            for (var i = 0; i < count; i++)
            {
                own[i] = new Label(strings[source.Below(strings.Length)], strings[source.Below(strings.Length)]);
            }

            series[slot] = ToLabels(own);
        }

        var blocks = new SealedBlock[source.Count()];
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = SealedBlock.Read(ref source, i, series.Length, builder);
            if (i > 0 && blocks[i].Timestamps[0] <= blocks[i - 1].Last)
            {
                throw new InvalidDataException("a block that is not newer than the one before it");
            }
        }

        return new TargetImage(labels, series, blocks);
    }

    private static SeriesImage ReadSeries(ref ByteSource source)
    {
        var labels = ReadLabels(ref source);

        // A packed run takes a few bytes at least, so this many samples are the most.
        var count = source.Below((int)Math.Min((source.Left * (long)ValueRun.Limit) + 1, Array.MaxLength));
        var samples = new List<Sample>();
        Span<double> timestamps = stackalloc double[ValueRun.Limit];
        Span<double> values = stackalloc double[ValueRun.Limit];
        while (samples.Count < count)
        {
            var run = Math.Min(ValueRun.Limit, count - samples.Count);
            ReadRun(ref source, timestamps[..run]);
            ReadRun(ref source, values[..run]);
            for (var i = 0; i < run; i++)
            {
                var timestamp = timestamps[i];
                if (!ValueRun.IsWhole(timestamp) || CellValue.IsAbsent(values[i]) || (samples.Count > 0 && timestamp <= samples[^1].Timestamp))
                {
                    throw new InvalidDataException($"a sample of {labels} that cannot be one");
                }

                samples.Add(new Sample((long)timestamp, values[i]));
            }
        }

        return new SeriesImage(labels, [.. samples]);
    }

    private static void ReadRun(ref ByteSource source, scoped Span<double> cells)
    {
        var rest = source;
        source.Take(ValueRun.Read(rest.Take(rest.Left), cells));
    }

    private static Labels ReadLabels(ref ByteSource source)
    {
        var labels = new Label[source.Count(bytesEach: 2)];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = new Label(source.Text(), source.Text());
        }

        return ToLabels(labels);
    }

    private static Labels ToLabels(Label[] labels)
    {
        try
        {
            return Labels.Create(labels);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private static void ReadExactly(Stream stream, Span<byte> into)
    {
        try
        {
            stream.ReadExactly(into);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("it is torn: it ends too early", e);
        }
    }
}
