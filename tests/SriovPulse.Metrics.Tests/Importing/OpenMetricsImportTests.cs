using System.Globalization;
using System.Text;
using SriovPulse.Metrics.Importing;
using SriovPulse.Metrics.Tests.Ingest;

namespace SriovPulse.Metrics.Tests.Importing;

public sealed class OpenMetricsImportTests
{
    [Fact]
    public async Task Every_sample_goes_in_at_its_time()
    {
        var ingest = new RecordingIngest();

        var outcome = await ImportAsync("# HELP a what\n# TYPE a counter\na_total{x=\"y\"} 1 1.5\na_total{x=\"y\"} 2 2.5\nb NaN 0\n# EOF\n", ingest);

        Assert.Equal(["a_total{x=\"y\"} 1 @1500", "a_total{x=\"y\"} 2 @2500", "b NaN @0"], ingest.Samples);
        Assert.Equal(["a Counter what|"], ingest.Metadata);
        Assert.Equal((3, 2), (outcome.Added, outcome.SeriesAdded));
        Assert.Equal(0, ingest.OpenTargets);
    }

    [Fact]
    public async Task A_long_file_in_small_pieces()
    {
        var text = new StringBuilder("# TYPE a gauge\n");
        for (var i = 0; i < 20_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"a{{vf=\"{i % 100}\"}} {i} {i}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"long{{x=\"{new string('x', 600_000)}\"}} 1 1\n# EOF\n");
        var ingest = new RecordingIngest();

        await OpenMetricsImport.ImportAsync(new Trickle(Encoding.UTF8.GetBytes(text.ToString())), "f.om", ingest, TestContext.Current.CancellationToken);

        Assert.Equal(20_001, ingest.Samples.Count);
        Assert.Equal("a{vf=\"99\"} 19999 @19999000", ingest.Samples[19_999]);
    }

    [Theory]
    [InlineData("a 1 1\nb 2\n# EOF\n", "f.om:2:1: this sample has no timestamp, and history needs one for each: append it behind the value, in seconds since 1970")]
    [InlineData("a 1 1700000000000\n# EOF\n", "f.om:1:1: this sample's timestamp lies beyond the year 9999: OpenMetrics counts seconds since 1970, not milliseconds")]
    [InlineData("a 1 1\n", "f.om:2:1: expected # EOF: the exposition was cut short")]
    [InlineData("a 1 1\n# EOF\na 2 2\n", "f.om:3:1: expected nothing after # EOF, found \"a\"")]
    [InlineData("a 1 1\n\n# EOF\n", "f.om:2:1: expected a metric's name (letters, digits, _ and :, no digit first) or #, found the end of the line")]
    [InlineData("", "f.om:1:1: expected # EOF: the exposition was cut short")]
    public async Task Mistakes_are_told_with_their_place_and_nothing_is_imported(string text, string problem)
    {
        var ingest = new RecordingIngest();

        var error = await Assert.ThrowsAsync<ImportException>(() => ImportAsync(text, ingest));

        Assert.Equal(problem, error.Message);
        Assert.Empty(ingest.Samples);
        Assert.Equal(0, ingest.OpenTargets);
    }

    [Fact]
    public async Task The_place_is_right_far_into_the_file()
    {
        var text = string.Concat(Enumerable.Range(0, 50_000).Select(static i => $"a{{vf=\"é{i % 10}\"}} 1 {i}\n")) + "a{vf=\"é\"} x 1\n# EOF\n";

        var error = await Assert.ThrowsAsync<ImportException>(() => ImportAsync(text, new RecordingIngest()));

        Assert.StartsWith("f.om:50001:11: expected a value", error.Message, StringComparison.Ordinal);
    }

    private static Task<SriovPulse.Metrics.Ingest.AppendOutcome> ImportAsync(string text, RecordingIngest ingest) =>
        OpenMetricsImport.ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "f.om", ingest, TestContext.Current.CancellationToken);

    /// <summary>Gives a few bytes at a time, another number each time.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        private int _reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1 + (++_reads * 7919 % 9973))], cancellationToken);
    }
}
