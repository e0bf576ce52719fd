namespace SriovPulse.Agent.Otlp.Wire;

/// <summary>
/// Field numbers of OTLP (opentelemetry-proto v1: collector/metrics/v1/metrics_service.proto, metrics/v1/metrics.proto, resource/v1/resource.proto,
/// common/v1/common.proto), in the order of nesting. Only those that are written.
/// </summary>
internal static class MetricsFields
{
    public const int RequestResourceMetrics = 1;

    public const int ResourceMetricsResource = 1;
    public const int ResourceMetricsScopeMetrics = 2;

    public const int ResourceAttributes = 1;

    public const int ScopeMetricsScope = 1;
    public const int ScopeMetricsMetrics = 2;

    public const int ScopeName = 1;
    public const int ScopeVersion = 2;

    public const int MetricName = 1;
    public const int MetricDescription = 2;
    public const int MetricUnit = 3;
    public const int MetricGauge = 5;
    public const int MetricSum = 7;
    public const int MetricMetadata = 12;

    /// <summary>The same in Gauge and Sum.</summary>
    public const int DataPoints = 1;
    public const int SumTemporality = 2;
    public const int SumIsMonotonic = 3;

    /// <summary>AGGREGATION_TEMPORALITY_CUMULATIVE.</summary>
    public const ulong Cumulative = 2;

    public const int PointStartTime = 2;
    public const int PointTime = 3;
    public const int PointDouble = 4;
    public const int PointInteger = 6;
    public const int PointAttributes = 7;

    public const int KeyValueKey = 1;
    public const int KeyValueValue = 2;
    public const int AnyValueString = 1;
}
