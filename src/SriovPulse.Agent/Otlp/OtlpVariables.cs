using System.Globalization;

namespace SriovPulse.Agent.Otlp;

/// <summary>The standard environment variables. One for metrics wins over the one for all signals; an empty one counts as not set.</summary>
internal sealed class OtlpVariables(Func<string, string?> environment)
{
    /// <summary>The user wants no telemetry, or none of metrics over OTLP.</summary>
    public bool IsDisabled =>
        string.Equals(Get("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase) || Get("OTEL_METRICS_EXPORTER") is "none";

    /// <summary>Complete URL for metrics.</summary>
    public Uri? SignalEndpoint => Read("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", OtlpText.ParseEndpoint);

    /// <summary>Base URL for all signals.</summary>
    public Uri? Endpoint => Read("OTEL_EXPORTER_OTLP_ENDPOINT", OtlpText.ParseEndpoint);

    public OtlpProtocol? Protocol => ReadSignalValue<OtlpProtocol>("PROTOCOL", OtlpText.ParseProtocol);

    public OtlpCompression? Compression => ReadSignalValue<OtlpCompression>("COMPRESSION", OtlpText.ParseCompression);

    public TimeSpan? Timeout => ReadSignalValue<TimeSpan>("TIMEOUT", ParseMilliseconds);

    public TimeSpan? Interval => Get("OTEL_METRIC_EXPORT_INTERVAL") is { } text ? ParseMilliseconds(text, "OTEL_METRIC_EXPORT_INTERVAL") : null;

    public IReadOnlyList<KeyValuePair<string, string>>? Headers =>
        Read("OTEL_EXPORTER_OTLP_METRICS_HEADERS", OtlpText.ParsePairs) ?? Read("OTEL_EXPORTER_OTLP_HEADERS", OtlpText.ParsePairs);

    public string? CaFile => GetSignal("CERTIFICATE");

    public string? ClientCertificateFile => GetSignal("CLIENT_CERTIFICATE");

    public string? ClientKeyFile => GetSignal("CLIENT_KEY");

    /// <summary>Attributes that users add; a service name of its own variable wins.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ResourceAttributes
    {
        get
        {
            var attributes = Read("OTEL_RESOURCE_ATTRIBUTES", OtlpText.ParsePairs) ?? [];
            return Get("OTEL_SERVICE_NAME") is { } name ? [.. attributes, new("service.name", name)] : attributes;
        }
    }

    private static TimeSpan ParseMilliseconds(string text, string source) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds <= int.MaxValue
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw new OtlpConfigurationException($"{source}: \"{text}\" is not a number of milliseconds, such as 10000");

    private string? Get(string name) => environment(name) is { Length: > 0 } value ? value : null;

    private string? GetSignal(string suffix) => Get("OTEL_EXPORTER_OTLP_METRICS_" + suffix) ?? Get("OTEL_EXPORTER_OTLP_" + suffix);

    private T? Read<T>(string name, Func<string, string, T> parse)
        where T : class => Get(name) is { } text ? parse(text, name) : null;

    private T? ReadSignalValue<T>(string suffix, Func<string, string, T> parse)
        where T : struct
    {
        foreach (var name in (ReadOnlySpan<string>)["OTEL_EXPORTER_OTLP_METRICS_" + suffix, "OTEL_EXPORTER_OTLP_" + suffix])
        {
            if (Get(name) is { } text)
            {
                return parse(text, name);
            }
        }

        return null;
    }
}
