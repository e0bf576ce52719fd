using Microsoft.Extensions.Logging;

namespace SriovPulse.Agent.Otlp;

/// <summary>What OTLP push says in the log.</summary>
internal static partial class OtlpLog
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "OTLP: pushing to {Endpoint} ({Protocol}) every {Seconds} s")]
    public static partial void Started(ILogger logger, Uri endpoint, OtlpProtocol protocol, double seconds);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "OTLP: export to {Endpoint} failed: {Reason}{Hint}")]
    public static partial void Failed(ILogger logger, Uri endpoint, string reason, string hint);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Information, Message = "OTLP: exports to {Endpoint} succeed again")]
    public static partial void Recovered(ILogger logger, Uri endpoint);

    [LoggerMessage(EventId = 3004, Level = LogLevel.Warning, Message = "OTLP: {Endpoint} accepted an export without {Rejected} of its points: {Reason}")]
    public static partial void PartlyRejected(ILogger logger, Uri endpoint, long rejected, string reason);

    [LoggerMessage(EventId = 3005, Level = LogLevel.Debug, Message = "OTLP: trying again in {Seconds} s: {Reason}")]
    public static partial void Retrying(ILogger logger, double seconds, string reason);

    [LoggerMessage(EventId = 3006, Level = LogLevel.Error, Message = "OTLP: a defect in the agent spoiled an export; the next one is made all the same")]
    public static partial void Defect(ILogger logger, Exception exception);
}
