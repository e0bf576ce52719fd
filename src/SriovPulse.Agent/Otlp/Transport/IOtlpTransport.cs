namespace SriovPulse.Agent.Otlp.Transport;

/// <summary>Carries requests to the server, one at a time.</summary>
internal interface IOtlpTransport : IDisposable
{
    /// <summary>Sends one ExportMetricsServiceRequest. What the server or the network does wrong is the outcome, never an exception.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was signalled.</exception>
    ValueTask<OtlpOutcome> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken);
}
