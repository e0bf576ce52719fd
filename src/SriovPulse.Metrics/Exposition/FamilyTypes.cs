using SriovPulse.Metrics.Ingest;

namespace SriovPulse.Metrics.Exposition;

/// <summary>The words of TYPE lines. Both formats have one for families of no known kind, and not the same.</summary>
internal static class FamilyTypes
{
    public const string ExpectedInText = "counter, gauge, histogram, summary or untyped, and nothing behind it";

    public const string ExpectedInOpenMetrics = "counter, gauge, histogram, gaugehistogram, summary, info, stateset or unknown, and nothing behind it";

    /// <summary>What a word means in a format; null when it has no such word.</summary>
    public static MetricKind? Find(ReadOnlySpan<byte> word, bool openMetrics) => word switch
    {
        _ when word.SequenceEqual("counter"u8) => MetricKind.Counter,
        _ when word.SequenceEqual("gauge"u8) => MetricKind.Gauge,
        _ when word.SequenceEqual("histogram"u8) => MetricKind.Histogram,
        _ when word.SequenceEqual("summary"u8) => MetricKind.Summary,
        _ when !openMetrics => word.SequenceEqual("untyped"u8) ? MetricKind.Unknown : null,
        _ when word.SequenceEqual("gaugehistogram"u8) => MetricKind.GaugeHistogram,
        _ when word.SequenceEqual("info"u8) => MetricKind.Info,
        _ when word.SequenceEqual("stateset"u8) => MetricKind.StateSet,
        _ when word.SequenceEqual("unknown"u8) => MetricKind.Unknown,
        _ => null,
    };
}
