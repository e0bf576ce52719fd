using System.Net.Http.Headers;

namespace SriovPulse.Metrics.Exposition;

/// <summary>Which format a scrape asks for, and which one an answer is in.</summary>
public static class ContentTypes
{
    /// <summary>The <c>Accept</c> header of a scrape: OpenMetrics first, as it says more, and text for all others.</summary>
    public const string Accept =
        "application/openmetrics-text;version=1.0.0;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=0.0.4;q=0.4,text/plain;q=0.3,*/*;q=0.1";

    /// <summary>
    /// The format that a <c>Content-Type</c> header names, read as Prometheus reads it. Null, with the reason, when it is none that is read here:
    /// guessing could give wrong numbers.
    /// </summary>
    /// <param name="contentType">The header; null or empty when there was none.</param>
    /// <param name="otherwise">The format when the header says nothing usable; null for none (Prometheus' <c>fallback_scrape_protocol</c>).</param>
    /// <param name="problem">Why it is null.</param>
    public static ExpositionFormat? FormatOf(string? contentType, ExpositionFormat? otherwise, out string problem)
    {
        problem = string.Empty;
        if (string.IsNullOrWhiteSpace(contentType))
        {
            problem = "the answer has no Content-Type";
        }
        else if (!MediaTypeHeaderValue.TryParse(contentType, out var parsed))
        {
            problem = $"the answer's Content-Type \"{contentType}\" cannot be read";
        }
        else
        {
            switch (parsed.MediaType?.ToLowerInvariant())
            {
                case "application/openmetrics-text":
                    return ExpositionFormat.OpenMetrics;
                case "text/plain":
                    return ExpositionFormat.PrometheusText;
                case "application/vnd.google.protobuf":
                    problem = "the answer is in the protobuf format, which was not asked for and is not read";
                    return null;
                default:
                    problem = $"the answer's Content-Type \"{contentType}\" is no exposition";
                    break;
            }
        }

        if (otherwise is null)
        {
            problem += "; set fallback_scrape_protocol to read it all the same";
        }

        return otherwise;
    }
}
