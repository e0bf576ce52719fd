using System.Net;
using System.Text;

namespace SriovPulse.Metrics.Tests.Querying;

/// <summary>Answers every request with a text of which each read yields a few bytes.</summary>
internal sealed class PartialAnswers(string body, int size) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new PartialStream(Encoding.UTF8.GetBytes(body), size)) });

    private sealed class PartialStream(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
