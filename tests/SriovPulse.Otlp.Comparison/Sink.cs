using System.Net;

namespace SriovPulse.Otlp.Comparison;

/// <summary>A server without a network: reads each request to its end, counts its bytes and accepts it. Both contenders pay the same for it.</summary>
internal sealed class Sink : HttpMessageHandler
{
    private readonly byte[] _buffer = new byte[64 << 10];

    public long Bytes { get; private set; }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var body = request.Content!.ReadAsStream(cancellationToken);
        for (int read; (read = body.Read(_buffer)) > 0;)
        {
            Bytes += read;
        }

        return new HttpResponseMessage(HttpStatusCode.OK);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(Send(request, cancellationToken));
}
