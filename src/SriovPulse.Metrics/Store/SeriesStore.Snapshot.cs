using System.Globalization;
using SriovPulse.Metrics.Store.Columns;
using SriovPulse.Metrics.Store.Snapshots;
using SriovPulse.Metrics.Store.Targets;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Store;

/// <content>Surviving a restart.</content>
public sealed partial class SeriesStore
{
    /// <summary>Writes all series and samples to a file, which is replaced only once the new one is whole and on disk.</summary>
    /// <exception cref="IOException">It cannot be written; the earlier file stays.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of a right.</exception>
    public void WriteSnapshot(string path)
    {
        var temporary = path + ".tmp";
        long bytes;
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            WriteSnapshot(file);
            file.Flush(flushToDisk: true);
            bytes = file.Length;
        }

        File.Move(temporary, path, overwrite: true);
        StoreLog.SnapshotWritten(_logger, SeriesCount, path, bytes);
    }

    /// <summary>
    /// Fills the empty store from a file. Targets that are opened again go on where they were: the first scrape continues their series, and ends those
    /// that it does not have. A file that cannot be used is renamed and reported; the store is empty then, which is never a reason not to start.
    /// </summary>
    /// <exception cref="InvalidOperationException">The store is not empty.</exception>
    public SnapshotRead ReadSnapshot(string path)
    {
        if (SeriesCount > 0 || TargetCount > 0)
        {
            throw new InvalidOperationException("a snapshot is read into an empty store, before anything is scraped");
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            ReadSnapshot(file);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return new SnapshotRead(SnapshotStatus.Missing);
        }
        catch (InvalidDataException corrupt)
        {
            return SetAside(path, corrupt.Message);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            StoreLog.SnapshotUnreadable(_logger, unreadable, path, unreadable.Message);
            return new SnapshotRead(SnapshotStatus.Unusable, Reason: unreadable.Message);
        }

        StoreLog.Restored(_logger, SeriesCount, path);
        return new SnapshotRead(SnapshotStatus.Restored, SeriesCount);
    }

    /// <summary>Writes all series and samples.</summary>
    internal void WriteSnapshot(Stream stream)
    {
        var writer = new SnapshotWriter(stream);
        foreach (var target in Targets())
        {
            writer.Write(ImageOf(target));
        }

        var window = new SampleWindow();
        foreach (var series in Index.WithOwnTimes())
        {
            window.Clear();
            series.Own?.Read(long.MinValue, long.MaxValue, window);
            var samples = new Sample[window.Count];
            for (var i = 0; i < samples.Length; i++)
            {
                samples[i] = new Sample(window.Timestamps[i], window.Values[i]);
            }

            writer.Write(new SeriesImage(series.BuildLabels(), samples));
        }

        writer.End();
    }

    /// <summary>Takes over what a snapshot holds: all of it or nothing.</summary>
    /// <exception cref="InvalidDataException">It cannot be used.</exception>
    internal void ReadSnapshot(Stream stream)
    {
        try
        {
            SnapshotReader.Read(stream, RestoreTarget, RestoreSeries);
        }
        catch
        {
            lock (_targetsLock)
            {
                _targets.Clear();
            }

            Index.Clear();
            Interlocked.Exchange(ref _targetBytes, 0);
            throw;
        }

        // Time has passed since: what expired meanwhile goes at once.
        Maintain();
    }

    private void RestoreSeries(SeriesImage image)
    {
        if (Refusal(image.Labels) == 0)
        {
            // Taken in order when they first came, so not compared or counted again.
            var own = Index.Attach(image.Labels, null, -1, SetWindow).Own!;
            foreach (var sample in image.Samples)
            {
                own.Append(sample.Timestamp, sample.Value);
            }
        }
    }

    private static TargetImage ImageOf(TargetSeries target)
    {
        lock (target.Gate)
        {
            var builder = Builder;
            var series = new Labels?[target.SlotLimit];
            for (var slot = 0; slot < series.Length; slot++)
            {
                series[slot] = target[slot] is { IsRemoved: false } kept ? kept.BuildLabels() : null;
            }

            var blocks = target.Columns.Packed(builder)
                .Select(block => TargetColumns.Without(block, slot => slot >= series.Length || series[slot] is null, builder))
                .OfType<SealedBlock>();
            return new TargetImage(target.Labels, series, [.. blocks]);
        }
    }

    private void RestoreTarget(TargetImage image)
    {
        // The newest scrape's values are what the first scrape after the restart is compared with.
        var last = new double[image.Series.Length];
        Array.Fill(last, Packing.CellValue.Absent);
        if (image.Blocks is [.., var newest])
        {
            Span<double> cells = stackalloc double[newest.Timestamps.Length];
            for (var slot = 0; slot < last.Length; slot++)
            {
                last[slot] = image.Series[slot] is not null && newest.TryRead(slot, cells) ? cells[^1] : last[slot];
            }
        }

        var target = new TargetSeries(image.Labels, new TargetColumns(image.Blocks, last));
        foreach (var labels in image.Series)
        {
            var slot = target.TakeSlot();
            var sequence = Array.FindLastIndex(image.Blocks, block => block.Contains(slot));
            if (sequence < 0)
            {
                continue;
            }

            var series = labels is not null && Refusal(labels) == 0 ? Index.Attach(labels, target.Columns, slot, SetWindow) : null;
            if (series is not null && series.SlotIn(target.Columns) != slot)
            {
                throw new InvalidDataException($"the series {labels} is there twice in one target");
            }

            target.Put(slot, series, sequence);
        }

        target.ReturnFreeSlots();
        lock (_targetsLock)
        {
            _targets.Add(target);
        }

        CountBytes(target);
    }

    private SnapshotRead SetAside(string path, string reason)
    {
        var aside = string.Create(CultureInfo.InvariantCulture, $"{path}.unusable-{_time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}");
        try
        {
            File.Move(path, aside, overwrite: true);
            StoreLog.SnapshotSetAside(_logger, path, reason, aside);
            return new SnapshotRead(SnapshotStatus.Unusable, Reason: reason, SetAside: aside);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            StoreLog.SnapshotUnreadable(_logger, e, path, $"{reason}; {e.Message}");
            return new SnapshotRead(SnapshotStatus.Unusable, Reason: reason);
        }
    }
}
