using SriovPulse.Agent.Metrics;
using SriovPulse.Agent.Snapshots;

namespace SriovPulse.Agent.Exposition;

/// <summary>
/// Writes snapshots, and after them the program's own metrics, as one document. Nothing is allocated per sample: names, labels and headers are bytes already.
/// One rendering at a time.
/// </summary>
/// <param name="program">The program's own metrics.</param>
/// <param name="build">Who renders.</param>
/// <param name="time">The clock by which the snapshot's age is measured.</param>
/// <param name="writeCreated">Whether OpenMetrics documents tell since when counters count.</param>
internal sealed class ExpositionRenderer(ProgramMetrics program, BuildInfo build, TimeProvider time, bool writeCreated)
{
    private static readonly int s_formats = Enum.GetValues<ExpositionFormat>().Length;
    private readonly Dictionary<MetricSet, FamilyText[]>[] _texts = [.. Enumerable.Range(0, s_formats).Select(_ => new Dictionary<MetricSet, FamilyText[]>())];
    private readonly RenderingMetrics _metrics = new();
    private readonly LabelSet _build = LabelSet.Create(
        ("version", build.Version), ("revision", build.Revision), ("dotnet", build.Runtime), ("arch", build.Architecture));

    private SampleBuffer? _own;

    /// <summary>Renders; the caller holds the snapshot until the task has ended, and has the hold on the body.</summary>
    public async ValueTask<ExpositionBody> RenderAsync(Snapshot snapshot, ExpositionFormat format, CancellationToken cancellationToken)
    {
        using var writer = new BodyWriter();
        foreach (var section in snapshot.Sections)
        {
            Write(writer, section.Samples, format);
        }

        _own ??= new SampleBuffer(_metrics);
        _own.Clear();
        _own.Add(_metrics.SnapshotAge, LabelSet.Empty, time.GetElapsedTime(snapshot.TakenTimestamp).TotalSeconds);
        _own.AddOne(_metrics.BuildInfo, _build);
        Write(writer, _own, format);

        await program.WriteAsync(writer, format, cancellationToken).ConfigureAwait(false);
        if (format == ExpositionFormat.OpenMetrics)
        {
            writer.Write("# EOF\n"u8);
        }

        return writer.Take();
    }

    private void Write(BodyWriter writer, SampleBuffer samples, ExpositionFormat format)
    {
        var texts = Texts(samples.Metrics, format);
        foreach (var family in samples.Metrics.Families)
        {
            var values = samples.Samples(family);
            if (values.Length > 0)
            {
                Write(writer, texts[family.Slot], values);
            }
        }
    }

    private void Write(BodyWriter writer, FamilyText text, ReadOnlySpan<Sample> samples)
    {
        writer.Write(text.Header);
        foreach (ref readonly var sample in samples)
        {
            var labels = sample.Labels.Exposition.Span;
            var to = writer.GetSpan(text.SampleName.Length + labels.Length + ExpositionNumbers.MaxLength + 2);
            var length = WriteName(to, text.SampleName, labels);
            length += sample.IsInteger ? ExpositionNumbers.Write(sample.Whole, to[length..]) : ExpositionNumbers.Write(sample.Real, to[length..]);
            to[length++] = (byte)'\n';
            writer.Advance(length);
            if (writeCreated && sample.CreatedUnixMilliseconds > 0 && text.CreatedName.Length > 0)
            {
                WriteCreated(writer, text, sample, labels);
            }
        }
    }

    private static void WriteCreated(BodyWriter writer, FamilyText text, in Sample sample, ReadOnlySpan<byte> labels)
    {
        var to = writer.GetSpan(text.CreatedName.Length + labels.Length + ExpositionNumbers.MaxLength + 2);
        var length = WriteName(to, text.CreatedName, labels);
        length += ExpositionNumbers.WriteSeconds(sample.CreatedUnixMilliseconds, to[length..]);
        to[length++] = (byte)'\n';
        writer.Advance(length);
    }

    private static int WriteName(Span<byte> to, ReadOnlySpan<byte> name, ReadOnlySpan<byte> labels)
    {
        name.CopyTo(to);
        labels.CopyTo(to[name.Length..]);
        to[name.Length + labels.Length] = (byte)' ';
        return name.Length + labels.Length + 1;
    }

    private FamilyText[] Texts(MetricSet metrics, ExpositionFormat format)
    {
        var known = _texts[(int)format];
        if (!known.TryGetValue(metrics, out var texts))
        {
            texts = [.. metrics.Families.Select(family => new FamilyText(family, format))];
            known.Add(metrics, texts);
        }

        return texts;
    }
}
