using Google.Protobuf.WellKnownTypes;
using SriovPulse.Agent.Tests.Otlp.Protocol;

namespace SriovPulse.Agent.Tests.Otlp;

/// <summary>How <see cref="OtlpServer"/> is to answer.</summary>
internal sealed record OtlpAnswer
{
    public int HttpStatus { get; init; } = 200;

    public int GrpcStatus { get; init; }

    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>The message of success.</summary>
    public ExportMetricsServiceResponse Response { get; init; } = new();

    /// <summary>The message of failure.</summary>
    public Status? Status { get; init; }

    /// <summary>Plain text instead of a message.</summary>
    public string? Text { get; init; }

    /// <summary>The raw <c>grpc-status-details-bin</c>, instead of <see cref="Status"/>.</summary>
    public string? Details { get; init; }

    /// <summary>gRPC status in the headers of a reply without a body.</summary>
    public bool TrailersOnly { get; init; }

    public bool Hang { get; init; }

    public bool Disconnect { get; init; }

    public static OtlpAnswer Partial(long rejected, string message) =>
        new() { Response = new ExportMetricsServiceResponse { PartialSuccess = new ExportMetricsPartialSuccess { RejectedDataPoints = rejected, ErrorMessage = message } } };

    public static Status StatusOf(string message, TimeSpan? retryDelay = null)
    {
        var status = new Status { Message = message };
        if (retryDelay is { } delay)
        {
            // Another detail first, as servers may send several.
            status.Details.Add(Any.Pack(new Duration { Seconds = 99 }));
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = delay.ToDuration() }));
        }

        return status;
    }
}
