using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using SriovPulse.Metrics.Exposition;
using SriovPulse.Metrics.Scraping.Configuration;
using SriovPulse.Metrics.Scraping.Discovery;

namespace SriovPulse.Metrics.Scraping.Http;

/// <summary>Fetches expositions of one job's targets.</summary>
/// <param name="job">The job.</param>
/// <param name="handler">Its connections; disposed with the client.</param>
internal sealed class ScrapeClient(ScrapeJob job, HttpMessageHandler handler) : IDisposable
{
    private static readonly string s_userAgent = $"SriovPulse/{typeof(ScrapeClient).Assembly.GetName().Version?.ToString(3)}";

    // The scrape's own timeout rules.
    private readonly HttpClient _http = new(handler, disposeHandler: true) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };

    /// <summary>Fetches a target's exposition and tells its format.</summary>
    /// <exception cref="ScrapeException">The target did not answer, or not with an exposition.</exception>
    public async Task<ExpositionFormat> FetchAsync(ScrapeTarget target, ScrapeBody into, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, target.Url);
            await AddHeadersAsync(request.Headers, target, cancellationToken).ConfigureAwait(false);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new ScrapeException(string.Create(CultureInfo.InvariantCulture, $"the target answered {(int)response.StatusCode} {response.ReasonPhrase}"));
            }

            var header = response.Content.Headers.TryGetValues("Content-Type", out var values) ? values.FirstOrDefault() : null;
            var format = ContentTypes.FormatOf(header, job.FallbackFormat, out var problem) ?? throw new ScrapeException(problem);
            await ReadAsync(response.Content, into, cancellationToken).ConfigureAwait(false);
            return format;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ScrapeException(HttpFailure.Words(e), e);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task ReadAsync(HttpContent content, ScrapeBody into, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            switch (content.Headers.ContentEncoding.ToArray())
            {
                case [] or ["identity"]:
                    await into.ReadAsync(stream, job.Limits.BodyBytes, cancellationToken).ConfigureAwait(false);
                    break;
                case ["gzip"]:
                    var decompressed = new GZipStream(stream, CompressionMode.Decompress);
                    await using (decompressed.ConfigureAwait(false))
                    {
                        await into.ReadAsync(decompressed, job.Limits.BodyBytes, cancellationToken).ConfigureAwait(false);
                    }

                    break;
                case var others:
                    throw new ScrapeException($"the answer is encoded as {string.Join(", ", others)}, which was not asked for");
            }
        }
    }

    private async Task AddHeadersAsync(HttpRequestHeaders headers, ScrapeTarget target, CancellationToken cancellationToken)
    {
        headers.TryAddWithoutValidation("Accept", ContentTypes.Accept);
        headers.TryAddWithoutValidation("Accept-Encoding", job.EnableCompression ? "gzip" : "identity");
        headers.TryAddWithoutValidation("User-Agent", s_userAgent);
        headers.TryAddWithoutValidation("X-Prometheus-Scrape-Timeout-Seconds", target.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        if (job.Credentials is { } credentials)
        {
            headers.TryAddWithoutValidation("Authorization", await AuthorizationHeader.ReadAsync(credentials, cancellationToken).ConfigureAwait(false));
        }
    }
}
