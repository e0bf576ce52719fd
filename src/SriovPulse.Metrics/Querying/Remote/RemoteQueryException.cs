namespace SriovPulse.Metrics.Querying.Remote;

/// <summary>A server gave no answer. The subclass tells whose fault that is.</summary>
public abstract class RemoteQueryException : Exception
{
    private protected RemoteQueryException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
