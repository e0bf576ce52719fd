using SriovPulse.Agent.Otlp;
using SriovPulse.Agent.Otlp.Transport;
using SriovPulse.Agent.Otlp.Wire;

namespace SriovPulse.Otlp.Comparison;

/// <summary>The fleet through the agent's encoder and HTTP transport.</summary>
internal sealed class OwnCost : IDisposable
{
    private readonly Fleet _fleet = new();
    private readonly MetricsEncoder _encoder = new(
        OtlpResource.Describe(new HostIdentity("host", "0123456789abcdef"), "0.1.0", "amd64", []), "sriovpulse-agent", "0.1.0", MetricsEncoder.DefaultMaxRequestBytes);

    private readonly OtlpHttpTransport _transport;

    public OwnCost(Sink sink)
    {
        var configuration = OtlpConfiguration.Resolve(new OtlpOptions { Endpoint = new Uri("http://localhost:4318") }, static _ => null)!;
        _transport = new OtlpHttpTransport(configuration, sink, TimeProvider.System);
    }

    public void Export()
    {
        _encoder.Encode(_fleet.Collect());
        for (var i = 0; i < _encoder.RequestCount; i++)
        {
            var outcome = _transport.SendAsync(_encoder.Request(i), CancellationToken.None).AsTask().GetAwaiter().GetResult();
            if (outcome.Verdict != OtlpVerdict.Accepted)
            {
                throw new InvalidOperationException("the agent's export failed: " + outcome.Message);
            }
        }
    }

    public void Dispose() => _transport.Dispose();
}
