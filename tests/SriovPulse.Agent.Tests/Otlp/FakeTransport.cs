using SriovPulse.Agent.Otlp.Transport;
using SriovPulse.Agent.Tests.Otlp.Protocol;

namespace SriovPulse.Agent.Tests.Otlp;

/// <summary>Answers as told, with success when not told, and remembers what was sent and when.</summary>
internal sealed class FakeTransport(TimeProvider clock) : IOtlpTransport
{
    private readonly Queue<OtlpOutcome> _outcomes = new();

    public List<(DateTimeOffset At, ExportMetricsServiceRequest Request)> Sent { get; } = [];

    public void Answer(params ReadOnlySpan<OtlpOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            _outcomes.Enqueue(outcome);
        }
    }

    public ValueTask<OtlpOutcome> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        Sent.Add((clock.GetUtcNow(), ExportMetricsServiceRequest.Parser.ParseFrom(request.Span)));
        return new(_outcomes.TryDequeue(out var outcome) ? outcome : new OtlpOutcome(OtlpVerdict.Accepted));
    }

    public void Dispose()
    {
    }
}
