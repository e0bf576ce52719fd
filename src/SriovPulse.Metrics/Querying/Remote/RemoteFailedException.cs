namespace SriovPulse.Metrics.Querying.Remote;

/// <summary>The server was reached and failed: it answered an error of its own, something that is no answer, or too much.</summary>
/// <param name="message">The server and its words.</param>
/// <param name="status">The HTTP status.</param>
/// <param name="errorType">Prometheus' error type, such as <c>timeout</c>; empty when the server gave none.</param>
/// <param name="inner">The cause.</param>
public sealed class RemoteFailedException(string message, int status, string errorType = "", Exception? inner = null) : RemoteQueryException(message, inner)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>Prometheus' error type, such as <c>timeout</c>; empty when the server gave none.</summary>
    public string ErrorType { get; } = errorType;
}
