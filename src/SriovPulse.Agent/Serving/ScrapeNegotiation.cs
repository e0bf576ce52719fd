using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using SriovPulse.Agent.Exposition;

namespace SriovPulse.Agent.Serving;

/// <summary>Chooses format and encoding of an answer from what the scraper accepts.</summary>
internal static class ScrapeNegotiation
{
    /// <summary>The format of highest quality among those asked for by name, the first of equals; text when none is, so that any client gets something to read.</summary>
    public static ExpositionFormat Format(StringValues accept)
    {
        var best = ExpositionFormat.PrometheusText;
        var bestQuality = 0.0;
        if (MediaTypeHeaderValue.TryParseList(accept, out var types))
        {
            foreach (var type in types)
            {
                var quality = type.Quality ?? 1;
                if (quality > bestQuality && Format(type) is { } format)
                {
                    (best, bestQuality) = (format, quality);
                }
            }
        }

        return best;
    }

    /// <summary>Gzip where it is not refused and not less welcome than the plain body (RFC 9110 section 12.5.3).</summary>
    public static BodyEncoding Encoding(StringValues acceptEncoding)
    {
        double? gzip = null;
        double? identity = null;
        double? other = null;
        if (StringWithQualityHeaderValue.TryParseList(acceptEncoding, out var codings))
        {
            foreach (var coding in codings)
            {
                var quality = coding.Quality ?? 1;
                if (Is(coding.Value, "gzip") || Is(coding.Value, "x-gzip"))
                {
                    gzip = quality;
                }
                else if (Is(coding.Value, "identity"))
                {
                    identity = quality;
                }
                else if (Is(coding.Value, "*"))
                {
                    other = quality;
                }
            }
        }

        var wanted = gzip ?? other ?? 0;
        return wanted > 0 && wanted >= (identity ?? 0) ? BodyEncoding.Gzip : BodyEncoding.Identity;
    }

    // Prometheus asks for several versions of each; what is offered is OpenMetrics 1.0.0 and text 0.0.4. A version that is not said is any.
    private static ExpositionFormat? Format(MediaTypeHeaderValue type)
    {
        var version = type.Parameters.FirstOrDefault(parameter => Is(parameter.Name, "version"))?.Value ?? default;
        if (Is(type.MediaType, "application/openmetrics-text"))
        {
            return version.Length == 0 || Is(HeaderUtilities.RemoveQuotes(version), "1.0.0") ? ExpositionFormat.OpenMetrics : null;
        }

        if (Is(type.MediaType, "text/plain"))
        {
            return version.Length == 0 || Is(HeaderUtilities.RemoveQuotes(version), "0.0.4") ? ExpositionFormat.PrometheusText : null;
        }

        return Is(type.MediaType, "text/*") || Is(type.MediaType, "*/*") ? ExpositionFormat.PrometheusText : null;
    }

    private static bool Is(StringSegment text, string name) => text.Equals(name, StringComparison.OrdinalIgnoreCase);
}
