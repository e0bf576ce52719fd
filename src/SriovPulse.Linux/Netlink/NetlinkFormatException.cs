namespace SriovPulse.Linux.Netlink;

/// <summary>Bytes that should be netlink are not: a length that points outside, a value of the wrong width, a reply that does not fit the request.</summary>
public sealed class NetlinkFormatException : Exception
{
    /// <summary>Says what is wrong with the bytes.</summary>
    public NetlinkFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong with the bytes, and what showed it.</summary>
    public NetlinkFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
