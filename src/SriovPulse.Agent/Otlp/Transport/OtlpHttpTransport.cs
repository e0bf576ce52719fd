using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace SriovPulse.Agent.Otlp.Transport;

/// <summary>OTLP/HTTP with binary protobuf (OTLP specification, section "OTLP/HTTP").</summary>
internal sealed class OtlpHttpTransport : IOtlpTransport
{
    private const string ProtobufType = "application/x-protobuf";

    // Replies are small; what a server sends beyond is not worth the memory.
    private const int LargestReply = 64 << 10;
    private const int LongestText = 300;

    private readonly HttpClient _client;
    private readonly OtlpConfiguration _configuration;
    private readonly TimeProvider _clock;
    private readonly MemoryStream? _compressed;

    /// <param name="configuration">Where and how to send.</param>
    /// <param name="handler">Makes the connections; disposed with this.</param>
    /// <param name="clock">For a Retry-After that names a date.</param>
    public OtlpHttpTransport(OtlpConfiguration configuration, HttpMessageHandler handler, TimeProvider clock)
    {
        _configuration = configuration;
        _clock = clock;
        _compressed = configuration.Compression == OtlpCompression.Gzip ? new MemoryStream() : null;
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestReply };
        foreach (var (name, value) in configuration.Headers)
        {
            _client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }
    }

    public async ValueTask<OtlpOutcome> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_configuration.Timeout, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, _configuration.Endpoint) { Content = CreateContent(request) };
            using var response = await _client.SendAsync(message, both.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(both.Token).ConfigureAwait(false);
            return Judge(response, body);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new OtlpOutcome(OtlpVerdict.Retryable, $"no answer within {_configuration.Timeout.TotalSeconds:0.###} s");
        }
        catch (HttpRequestException e)
        {
            return new OtlpOutcome(OtlpVerdict.Retryable, Causes.Of(e));
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _compressed?.Dispose();
    }

    private ReadOnlyMemoryContent CreateContent(ReadOnlyMemory<byte> request)
    {
        if (_compressed is null)
        {
            return new ReadOnlyMemoryContent(request) { Headers = { ContentType = new MediaTypeHeaderValue(ProtobufType) } };
        }

        _compressed.SetLength(0);
        using (var gzip = new GZipStream(_compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(request.Span);
        }

        return new ReadOnlyMemoryContent(_compressed.GetBuffer().AsMemory(0, (int)_compressed.Length))
        {
            Headers = { ContentType = new MediaTypeHeaderValue(ProtobufType), ContentEncoding = { "gzip" } },
        };
    }

    // Section "Failures": 429, 502, 503 and 504 are to be tried again, no other error is.
    private OtlpOutcome Judge(HttpResponseMessage response, byte[] body)
    {
        var isProtobuf = response.Content.Headers.ContentType?.MediaType == ProtobufType;
        if (response.IsSuccessStatusCode)
        {
            return isProtobuf ? ServerReply.ParseResponse(body) : new OtlpOutcome(OtlpVerdict.Accepted);
        }

        var text = isProtobuf ? ServerReply.ParseStatus(body).Message : Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, LongestText)).Trim();
        var message = $"{(int)response.StatusCode} {response.ReasonPhrase}{(text.Length > 0 ? ": " : string.Empty)}{text}";
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
                new OtlpOutcome(OtlpVerdict.Retryable, message, RetryAfter: RetryAfter(response.Headers.RetryAfter)),
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest =>
                new OtlpOutcome(OtlpVerdict.Refused, $"{message}; redirects are not followed, name the right endpoint: {response.Headers.Location}"),
            _ => new OtlpOutcome(OtlpVerdict.Refused, message),
        };
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var delay = header?.Delta ?? (header?.Date - _clock.GetUtcNow());
        return delay < TimeSpan.Zero ? TimeSpan.Zero : delay;
    }
}
