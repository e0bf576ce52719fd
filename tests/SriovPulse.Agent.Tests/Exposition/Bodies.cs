using System.IO.Compression;
using System.Text;
using SriovPulse.Agent.Exposition;
using SriovPulse.Agent.Metrics;
using SriovPulse.Agent.Snapshots;

namespace SriovPulse.Agent.Tests.Exposition;

/// <summary>Snapshots and bodies for tests.</summary>
internal static class Bodies
{
    public static Snapshot Snapshot(TimeProvider time, long id, params SampleBuffer[] sections) => new(
        id, time.GetUtcNow(), time.GetTimestamp(), [.. sections.Select(samples => new SnapshotSection("test", samples))], _ => { });

    public static byte[] Bytes(this ExpositionBody body) => [.. body.Segments.SelectMany(segment => segment)];

    public static string Text(this ExpositionBody body) => Encoding.UTF8.GetString(body.Bytes());

    public static string Unzip(byte[] bytes)
    {
        using var stream = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
