namespace SriovPulse.Agent.Exposition;

/// <summary>What formats and encodings are called in HTTP and in metrics.</summary>
internal static class ExpositionNames
{
    public static string ContentType(this ExpositionFormat format) => format switch
    {
        ExpositionFormat.OpenMetrics => "application/openmetrics-text; version=1.0.0; charset=utf-8",
        _ => "text/plain; version=0.0.4; charset=utf-8",
    };

    public static string Label(this ExpositionFormat format) => format == ExpositionFormat.OpenMetrics ? "openmetrics" : "text";

    public static string Label(this BodyEncoding encoding) => encoding == BodyEncoding.Gzip ? "gzip" : "identity";
}
