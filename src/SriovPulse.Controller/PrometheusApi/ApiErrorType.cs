namespace SriovPulse.Controller.PrometheusApi;

/// <summary>Prometheus' error types.</summary>
internal enum ApiErrorType
{
    /// <summary>A parameter is wrong.</summary>
    BadData,

    /// <summary>The expression cannot be evaluated.</summary>
    Execution,

    /// <summary>It took too long.</summary>
    Timeout,

    /// <summary>The client went away.</summary>
    Canceled,

    /// <summary>A defect of ours, or a failed server behind us.</summary>
    Internal,

    /// <summary>There is nothing of that name.</summary>
    NotFound,

    /// <summary>A server behind us cannot be reached.</summary>
    Unavailable,
}
