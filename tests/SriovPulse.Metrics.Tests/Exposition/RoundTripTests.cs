using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SriovPulse.Metrics.Exposition;
using SriovPulse.Metrics.Ingest;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Tests.Exposition;

public sealed class RoundTripTests
{
    [Theory]
    [InlineData(ExpositionFormat.PrometheusText)]
    [InlineData(ExpositionFormat.OpenMetrics)]
    [InlineData(ExpositionFormat.StrictOpenMetrics)]
    public void Any_label_value_comes_back_as_it_was(ExpositionFormat format) =>
        Prop.ForAll(ArbMap.Default.ArbFor<UnicodeString>(), ArbMap.Default.ArbFor<UnicodeString>(), (first, second) =>
        {
            var labels = Labels.Create(new(Labels.MetricName, "a"), new("x", Clean(first)), new("y", Clean(second)));
            var line = $"a{{x=\"{Escape(labels.Get("x"))}\",y=\"{Escape(labels.Get("y"))}\"}} 1\n# EOF\n";
            var reader = new ExpositionReader(Encoding.UTF8.GetBytes(line), format);
            var read = new LabelList();

            Assert.True(reader.Read());
            reader.ReadLabels(read);

            Assert.Equal(labels, read.ToLabels());
            Assert.False(reader.Read());
        }).QuickCheckThrowOnFailure();

    // Halves of surrogate pairs are no text, and cannot be written as UTF-8.
    private static string Clean(UnicodeString text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Item ?? string.Empty));

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
