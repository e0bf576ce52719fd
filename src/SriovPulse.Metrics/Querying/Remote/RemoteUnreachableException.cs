namespace SriovPulse.Metrics.Querying.Remote;

/// <summary>The server was not reached, or the connection broke or was silent too long: network, name, TLS.</summary>
public sealed class RemoteUnreachableException(string message, Exception? inner = null) : RemoteQueryException(message, inner);
