using SriovPulse.Agent.Metrics;
using SriovPulse.Agent.Snapshots;

namespace SriovPulse.Agent.Otlp.Wire;

/// <summary>
/// Turns a snapshot into ExportMetricsServiceRequest messages, straight from the sample buffers and into memory that is used again: a steady export allocates
/// nothing. One request, unless it would grow past <paramref name="maxRequestBytes"/>: receivers refuse large ones (gRPC's own limit is 4 MiB).
/// </summary>
/// <remarks>
/// A family becomes what OpenTelemetry's "Prometheus and OpenMetrics Compatibility" makes of it: the name unchanged, a counter a monotonic cumulative Sum, a gauge a
/// Gauge, an info metric a non-monotonic cumulative Sum of 1, its Prometheus type in the metadata. docs/adr/0003 tells why and what comes out at the far side.
/// </remarks>
internal sealed class MetricsEncoder(IReadOnlyList<KeyValuePair<string, string>> resource, string scopeName, string scopeVersion, int maxRequestBytes)
{
    /// <summary>Three quarters of gRPC's default limit: a request passes the bound by one point at most, which is never near a mebibyte.</summary>
    public const int DefaultMaxRequestBytes = 3 << 20;

    private const long NanosecondsPerTick = 100;
    private const long NanosecondsPerMillisecond = 1_000_000;

    private readonly ProtobufWriter _writer = new();
    private readonly List<(int Offset, int Length)> _requests = [];
    private Marks _open;
    private int _requestStart;
    private ulong _time;

    /// <summary>How many requests the last snapshot made; none when it had no samples.</summary>
    public int RequestCount => _requests.Count;

    /// <summary>Data points in the last snapshot.</summary>
    public int PointCount { get; private set; }

    /// <summary>A request's bytes, valid until the next <see cref="Encode"/>.</summary>
    public ReadOnlyMemory<byte> Request(int index) => _writer.Slice(_requests[index].Offset, _requests[index].Length);

    /// <summary>Encodes a snapshot that the caller holds.</summary>
    public void Encode(Snapshot snapshot)
    {
        _writer.Clear();
        _requests.Clear();
        PointCount = 0;
        _time = (ulong)((snapshot.Taken.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * NanosecondsPerTick);

        OpenRequest();
        for (var i = 0; i < snapshot.Sections.Count; i++)
        {
            var samples = snapshot.Sections[i].Samples;
            var families = samples.Metrics.Families;
            for (var j = 0; j < families.Count; j++)
            {
                WriteFamily(families[j], samples.Samples(families[j]));
            }
        }

        CloseRequest();
    }

    private void WriteFamily(MetricFamily family, ReadOnlySpan<Sample> samples)
    {
        if (samples.IsEmpty)
        {
            return;
        }

        PointCount += samples.Length;
        OpenMetric(family);
        for (var i = 0; i < samples.Length; i++)
        {
            if (_writer.Length - _requestStart >= maxRequestBytes)
            {
                CloseMetric();
                CloseRequest();
                OpenRequest();
                OpenMetric(family);
            }

            WritePoint(samples[i], family.Type == MetricType.Counter);
        }

        CloseMetric();
    }

    private void OpenRequest()
    {
        _requestStart = _writer.Length;
        _open.ResourceMetrics = _writer.Open(MetricsFields.RequestResourceMetrics);

        var resourceMark = _writer.Open(MetricsFields.ResourceMetricsResource);
        for (var i = 0; i < resource.Count; i++)
        {
            WriteAttribute(MetricsFields.ResourceAttributes, resource[i].Key, resource[i].Value);
        }

        _writer.Close(resourceMark);

        _open.ScopeMetrics = _writer.Open(MetricsFields.ResourceMetricsScopeMetrics);
        var scope = _writer.Open(MetricsFields.ScopeMetricsScope);
        _writer.WriteString(MetricsFields.ScopeName, scopeName);
        _writer.WriteString(MetricsFields.ScopeVersion, scopeVersion);
        _writer.Close(scope);
        _open.FirstMetric = _writer.Length;
    }

    private void CloseRequest()
    {
        var empty = _writer.Length == _open.FirstMetric;
        _writer.Close(_open.ScopeMetrics);
        _writer.Close(_open.ResourceMetrics);
        if (!empty)
        {
            _requests.Add((_requestStart, _writer.Length - _requestStart));
        }
    }

    private void OpenMetric(MetricFamily family)
    {
        _open.Metric = _writer.Open(MetricsFields.ScopeMetricsMetrics);
        _writer.WriteString(MetricsFields.MetricName, family.Name);
        _writer.WriteString(MetricsFields.MetricDescription, family.Help);
        var unit = UcumUnit.Of(family.Unit);
        if (unit.Length > 0)
        {
            _writer.WriteString(MetricsFields.MetricUnit, unit);
        }

        WriteAttribute(MetricsFields.MetricMetadata, "prometheus.type", PrometheusType(family.Type));
        if (family.Type == MetricType.Gauge)
        {
            _open.Data = _writer.Open(MetricsFields.MetricGauge);
            return;
        }

        _open.Data = _writer.Open(MetricsFields.MetricSum);
        _writer.WriteVarint(MetricsFields.SumTemporality, MetricsFields.Cumulative);
        if (family.Type == MetricType.Counter)
        {
            _writer.WriteVarint(MetricsFields.SumIsMonotonic, 1);
        }
    }

    private void CloseMetric()
    {
        _writer.Close(_open.Data);
        _writer.Close(_open.Metric);
    }

    private void WritePoint(in Sample sample, bool isCounter)
    {
        var point = _writer.Open(MetricsFields.DataPoints);
        var labels = sample.Labels.Pairs;
        for (var i = 0; i < labels.Count; i++)
        {
            WriteAttribute(MetricsFields.PointAttributes, labels[i].Key, labels[i].Value);
        }

        // A start that is not known is left out. The agent's own start would claim that all that was counted before it came since, which is a false rate.
        if (isCounter && sample.CreatedUnixMilliseconds > 0)
        {
            _writer.WriteFixed64(MetricsFields.PointStartTime, (ulong)(sample.CreatedUnixMilliseconds * NanosecondsPerMillisecond));
        }

        _writer.WriteFixed64(MetricsFields.PointTime, _time);

        // as_int is signed: beyond 2^63 a rounded double is nearer the truth than a negative number.
        if (sample.IsInteger && sample.Whole <= long.MaxValue)
        {
            _writer.WriteFixed64(MetricsFields.PointInteger, sample.Whole);
        }
        else
        {
            _writer.WriteDouble(MetricsFields.PointDouble, sample.Real);
        }

        _writer.Close(point);
    }

    private void WriteAttribute(int field, string key, string value)
    {
        var attribute = _writer.Open(field);
        _writer.WriteString(MetricsFields.KeyValueKey, key);
        var any = _writer.Open(MetricsFields.KeyValueValue);
        _writer.WriteString(MetricsFields.AnyValueString, value);
        _writer.Close(any);
        _writer.Close(attribute);
    }

    private static string PrometheusType(MetricType type) => type switch
    {
        MetricType.Counter => "counter",
        MetricType.Gauge => "gauge",
        MetricType.Info => "info",
        _ => "unknown",
    };

    /// <summary>Where the messages that are open begin.</summary>
    private struct Marks
    {
        public int ResourceMetrics;
        public int ScopeMetrics;
        public int FirstMetric;
        public int Metric;
        public int Data;
    }
}
