using Microsoft.Extensions.Logging;
using SriovPulse.Agent.Otlp.Transport;
using SriovPulse.Agent.Otlp.Wire;
using SriovPulse.Agent.Snapshots;

namespace SriovPulse.Agent.Otlp;

/// <summary>
/// Makes one export at a time: snapshot, encode, send, try again where that may help. Nothing queues: what could not be sent by the time of the next export is
/// dropped, because the next one says the same of every counter and newer things of every gauge.
/// </summary>
internal sealed class OtlpExporter(
    OtlpConfiguration configuration, MetricsEncoder encoder, ISnapshotSource source, IOtlpTransport transport, RetryDelay delay, TimeProvider clock, ILogger logger)
{
    private DateTimeOffset _notBefore;
    private string? _lastFailure;
    private string? _lastWarning;

    /// <summary>What has become of the exports so far.</summary>
    public OtlpExporterStatistics Statistics { get; } = new();

    /// <summary>Makes an export, within one interval.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was signalled.</exception>
    public async Task ExportAsync(CancellationToken cancellationToken)
    {
        var next = clock.GetUtcNow() + configuration.Interval;
        if (clock.GetUtcNow() < _notBefore)
        {
            Statistics.CountFailure();
            return;
        }

        try
        {
            var snapshot = await source.GetAsync(configuration.Timeout, cancellationToken).ConfigureAwait(false);
            try
            {
                encoder.Encode(snapshot);
            }
            finally
            {
                snapshot.Release();
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever is wrong with the collection is told by the collection; the next one may succeed.
            Fail("no snapshot to export: " + e.Message);
            return;
        }

        for (var i = 0; i < encoder.RequestCount; i++)
        {
            if (!await DeliverAsync(encoder.Request(i), next, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }

        Succeed();
    }

    private async Task<bool> DeliverAsync(ReadOnlyMemory<byte> request, DateTimeOffset next, CancellationToken cancellationToken)
    {
        while (true)
        {
            var outcome = await transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
            switch (outcome.Verdict)
            {
                case OtlpVerdict.Accepted:
                    delay.Reset();
                    Warn(outcome);
                    return true;

                case OtlpVerdict.Refused:
                    delay.Reset();
                    Fail(outcome.Message);
                    return false;
            }

            var wait = delay.Next(outcome.RetryAfter);
            var now = clock.GetUtcNow();
            if (now + wait >= next)
            {
                _notBefore = now + wait;
                Fail(outcome.Message);
                return false;
            }

            OtlpLog.Retrying(logger, wait.TotalSeconds, outcome.Message);
            await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
            Statistics.CountRetry();
        }
    }

    // Told once per change: a server that is down for a night is one line in the log, not a thousand.
    private void Fail(string message)
    {
        Statistics.CountFailure();
        if (message != _lastFailure)
        {
            _lastFailure = message;
            OtlpLog.Failed(logger, configuration.Endpoint, message, Hint());
        }
    }

    private void Succeed()
    {
        Statistics.CountSuccess(clock.GetUtcNow());
        if (_lastFailure is not null)
        {
            _lastFailure = null;
            OtlpLog.Recovered(logger, configuration.Endpoint);
        }
    }

    private void Warn(OtlpOutcome outcome)
    {
        Statistics.CountRejected(outcome.RejectedPoints);
        var warning = outcome.RejectedPoints == 0 && outcome.Message.Length == 0 ? null : outcome.Message;
        if (warning is not null && warning != _lastWarning)
        {
            OtlpLog.PartlyRejected(logger, configuration.Endpoint, outcome.RejectedPoints, warning);
        }

        _lastWarning = warning;
    }

    // The two protocols have customary ports, and neither says clearly that it was spoken to in the other.
    private string Hint() => (configuration.Protocol, configuration.Endpoint.Port) switch
    {
        (OtlpProtocol.HttpProtobuf, 4317) => " (port 4317 is customarily gRPC: is the protocol to be grpc?)",
        (OtlpProtocol.Grpc, 4318) => " (port 4318 is customarily HTTP: is the protocol to be http/protobuf?)",
        _ => string.Empty,
    };
}
