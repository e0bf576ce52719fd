namespace SriovPulse.Metrics.Querying.Remote;

/// <summary>The server understood the request and refuses it: the caller is to change the expression, its parameters or the credentials. Not tried again.</summary>
/// <param name="message">The server and its words.</param>
/// <param name="status">The HTTP status.</param>
/// <param name="errorType">Prometheus' error type, such as <c>bad_data</c>; empty when the server gave none.</param>
public sealed class RemoteRefusedException(string message, int status, string errorType) : RemoteQueryException(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>Prometheus' error type, such as <c>bad_data</c>; empty when the server gave none.</summary>
    public string ErrorType { get; } = errorType;
}
