using System.Buffers;
using SriovPulse.Metrics.Exposition;
using SriovPulse.Metrics.Ingest;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Importing;

/// <summary>
/// Imports OpenMetrics files in which every sample has a timestamp: what <c>promtool tsdb create-blocks-from openmetrics</c> reads. The file is read
/// in parts; all of it is imported or nothing.
/// </summary>
public static class OpenMetricsImport
{
    private const int PartSize = 256 * 1024;

    // Of a line that grows beyond this, the file is no exposition.
    private const int LongestLine = 64 * 1024 * 1024;

    // The last millisecond of the year 9999.
    private const long LastTimestamp = 253_402_300_799_999;

    /// <summary>Imports a file.</summary>
    /// <exception cref="ImportException">It is not what it should be.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<AppendOutcome> ImportAsync(string path, IIngest ingest, CancellationToken cancellationToken)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using (stream.ConfigureAwait(false))
        {
            return await ImportAsync(stream, path, ingest, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Imports a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What it is called in errors.</param>
    /// <param name="ingest">Where the samples go.</param>
    /// <param name="cancellationToken">Stops it; nothing is imported then.</param>
    /// <exception cref="ImportException">It is not what it should be.</exception>
    public static async Task<AppendOutcome> ImportAsync(Stream stream, string name, IIngest ingest, CancellationToken cancellationToken)
    {
        using var target = ingest.OpenTarget(Labels.Empty);

        // All samples bring their own time, so that of the scrape does not matter.
        using var appender = target.Begin(0);
        var buffer = ArrayPool<byte>.Shared.Rent(PartSize);
        try
        {
            var labels = new LabelList();
            var state = new ExpositionReaderState(ExpositionFormat.OpenMetrics);
            for (var (filled, isFinal) = (0, false); !isFinal;)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false);
                filled += read;
                isFinal = read == 0;
                var part = isFinal ? filled : buffer.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
                state = Append(buffer.AsSpan(0, part), isFinal, state, labels, appender, name);
                buffer.AsSpan(part, filled - part).CopyTo(buffer);
                filled -= part;
                if (filled == buffer.Length)
                {
                    buffer = Larger(buffer, name, state.Line);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return appender.Commit();
    }

    private static ExpositionReaderState Append(
        ReadOnlySpan<byte> part, bool isFinal, ExpositionReaderState state, LabelList labels, IScrapeAppender appender, string name)
    {
        var metadata = new FamilyMetadata();
        var reader = new ExpositionReader(part, isFinal, state);
        try
        {
            while (reader.Read())
            {
                if (reader.Kind == EntryKind.Series)
                {
                    Append(ref reader, labels, appender);
                }
                else
                {
                    metadata.Take(ref reader, appender);
                }
            }
        }
        catch (ExpositionException e)
        {
            throw new ImportException(name, e.Line, e.Column, e.Problem);
        }

        metadata.Flush(appender);
        return reader.State;
    }

    private static void Append(ref ExpositionReader reader, LabelList labels, IScrapeAppender appender)
    {
        if (!reader.HasTimestamp)
        {
            throw reader.Error("this sample has no timestamp, and history needs one for each: append it behind the value, in seconds since 1970");
        }

        if (reader.Timestamp > LastTimestamp)
        {
            throw reader.Error("this sample's timestamp lies beyond the year 9999: OpenMetrics counts seconds since 1970, not milliseconds");
        }

        if (!appender.TryAdd(reader.Series, reader.Timestamp, reader.Value))
        {
            reader.ReadLabels(labels);
            appender.Add(reader.Series, labels.ToLabels(), reader.Timestamp, reader.Value);
        }
    }

    private static byte[] Larger(byte[] buffer, string name, long line)
    {
        if (buffer.Length >= LongestLine)
        {
            throw new ImportException(name, line, 1, $"this line is longer than {LongestLine} bytes: this is no OpenMetrics file");
        }

        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
