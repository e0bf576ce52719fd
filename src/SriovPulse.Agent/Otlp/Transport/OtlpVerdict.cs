namespace SriovPulse.Agent.Otlp.Transport;

/// <summary>What became of a request.</summary>
internal enum OtlpVerdict
{
    /// <summary>The server took it; perhaps not every point.</summary>
    Accepted,

    /// <summary>It may be sent again later.</summary>
    Retryable,

    /// <summary>It must not be sent again.</summary>
    Refused,
}
