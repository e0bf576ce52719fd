using System.IO.Compression;
using SriovPulse.Agent.Snapshots;

namespace SriovPulse.Agent.Exposition;

/// <summary>
/// Renders each snapshot once for all who ask at the same time: a body per format and encoding, given out again until it is 250 ms old, so that the age in it
/// stays true. Bodies that slow readers still hold are bounded: beyond a few, the oldest is revoked.
/// </summary>
internal sealed class BodyCache(ExpositionRenderer renderer, ProgramMetrics program, TimeProvider time) : IDisposable
{
    /// <summary>Bodies that are replaced but still being sent; one more and the oldest is revoked.</summary>
    internal const int MaxLingering = 4;

    private static readonly TimeSpan s_maxAge = TimeSpan.FromMilliseconds(250);
    private static readonly int s_encodings = Enum.GetValues<BodyEncoding>().Length;

    private readonly Entry?[] _entries = new Entry?[Enum.GetValues<ExpositionFormat>().Length * s_encodings];
    private readonly List<ExpositionBody> _lingering = [];
    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>The snapshot's text, on which the caller gets a hold. The caller holds the snapshot until the task has ended.</summary>
    public async ValueTask<ExpositionBody> GetAsync(
        Snapshot snapshot, ExpositionFormat format, BodyEncoding encoding, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            DropStale(snapshot.Id);

            // Not cancelled with this caller: the others who wait want the same.
            var plain = await PlainAsync(snapshot, format).ConfigureAwait(false);
            var body = encoding == BodyEncoding.Identity ? plain.Body : Compressed(plain, format).Body;
            body.Acquire();
            return body;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        DropStale(long.MaxValue);
        _gate.Dispose();
    }

    private async ValueTask<Entry> PlainAsync(Snapshot snapshot, ExpositionFormat format)
    {
        var slot = Slot(format, BodyEncoding.Identity);
        if (_entries[slot] is { } known)
        {
            return known;
        }

        var rendered = time.GetTimestamp();
        program.Renders.WithLabels(format.Label()).Inc();
        var body = await renderer.RenderAsync(snapshot, format, CancellationToken.None).ConfigureAwait(false);
        return _entries[slot] = new(body, snapshot.Id, rendered);
    }

    private Entry Compressed(Entry plain, ExpositionFormat format)
    {
        var slot = Slot(format, BodyEncoding.Gzip);
        if (_entries[slot] is { } known)
        {
            return known;
        }

        using var writer = new BodyWriter();
        using (var gzip = new GZipStream(writer, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var segment in plain.Body.Segments)
            {
                gzip.Write(segment);
            }
        }

        return _entries[slot] = plain with { Body = writer.Take() };
    }

    private void DropStale(long snapshotId)
    {
        for (var slot = 0; slot < _entries.Length; slot++)
        {
            if (_entries[slot] is { } entry && (entry.SnapshotId < snapshotId || time.GetElapsedTime(entry.Rendered) > s_maxAge))
            {
                _entries[slot] = null;
                _lingering.Add(entry.Body);
                entry.Body.Release();
            }
        }

        _lingering.RemoveAll(body => !body.IsHeld);
        while (_lingering.Count > MaxLingering)
        {
            _lingering[0].Revoke();
            _lingering.RemoveAt(0);
        }
    }

    private static int Slot(ExpositionFormat format, BodyEncoding encoding) => ((int)format * s_encodings) + (int)encoding;

    /// <param name="Body">The bytes.</param>
    /// <param name="SnapshotId">What they tell of.</param>
    /// <param name="Rendered">When rendering began.</param>
    private sealed record Entry(ExpositionBody Body, long SnapshotId, long Rendered);
}
