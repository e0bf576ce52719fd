using SriovPulse.Agent.Otlp.Wire;

namespace SriovPulse.Agent.Otlp.Transport;

/// <summary>The messages that servers answer with. Field numbers: opentelemetry-proto metrics_service.proto; google/rpc/status.proto and error_details.proto.</summary>
internal static class ServerReply
{
    private const string RetryInfoType = "google.rpc.RetryInfo";

    /// <summary>Reads an ExportMetricsServiceResponse: accepted, and perhaps with points left out or a warning.</summary>
    public static OtlpOutcome ParseResponse(ReadOnlySpan<byte> response)
    {
        var outcome = new OtlpOutcome(OtlpVerdict.Accepted);
        var reader = new ProtobufReader(response);
        while (reader.TryRead())
        {
            if (reader.Field == 1)
            {
                var partial = new ProtobufReader(reader.Bytes);
                while (partial.TryRead())
                {
                    outcome = partial.Field switch
                    {
                        1 => outcome with { RejectedPoints = (long)partial.Number },
                        2 => outcome with { Message = partial.Text },
                        _ => outcome,
                    };
                }
            }
        }

        return outcome;
    }

    /// <summary>Reads a google.rpc.Status.</summary>
    public static (string Message, TimeSpan? RetryAfter) ParseStatus(ReadOnlySpan<byte> status)
    {
        (string Message, TimeSpan? RetryAfter) result = (string.Empty, null);
        var reader = new ProtobufReader(status);
        while (reader.TryRead())
        {
            switch (reader.Field)
            {
                case 2:
                    result.Message = reader.Text;
                    break;
                case 3:
                    result.RetryAfter = ParseDetail(reader.Bytes) ?? result.RetryAfter;
                    break;
            }
        }

        return result;
    }

    // google.protobuf.Any: a type URL, of which only what follows the last slash counts, and the message.
    private static TimeSpan? ParseDetail(ReadOnlySpan<byte> any)
    {
        var isRetryInfo = false;
        ReadOnlySpan<byte> value = default;
        var reader = new ProtobufReader(any);
        while (reader.TryRead())
        {
            switch (reader.Field)
            {
                case 1:
                    var type = reader.Text;
                    isRetryInfo = type[(type.LastIndexOf('/') + 1)..] == RetryInfoType;
                    break;
                case 2:
                    value = reader.Bytes;
                    break;
            }
        }

        return isRetryInfo ? ParseRetryInfo(value) : null;
    }

    // Its delay is a google.protobuf.Duration. One without a delay still says that trying again is right.
    private static TimeSpan ParseRetryInfo(ReadOnlySpan<byte> info)
    {
        long seconds = 0, nanoseconds = 0;
        var reader = new ProtobufReader(info);
        while (reader.TryRead())
        {
            if (reader.Field == 1)
            {
                var duration = new ProtobufReader(reader.Bytes);
                while (duration.TryRead())
                {
                    (seconds, nanoseconds) = duration.Field switch
                    {
                        1 => ((long)duration.Number, nanoseconds),
                        2 => (seconds, (long)duration.Number),
                        _ => (seconds, nanoseconds),
                    };
                }
            }
        }

        return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, (long)RetryDelay.LongestRequested.TotalSeconds)) +
               TimeSpan.FromTicks(Math.Clamp(nanoseconds, 0, 999_999_999) / 100);
    }
}
