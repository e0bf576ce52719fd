using SriovPulse.Linux.Netlink;
using static SriovPulse.Linux.Interop.GenericNetlinkConstants;

namespace SriovPulse.Linux.GenericNetlink;

/// <summary>A generic netlink message: a command and its attributes.</summary>
public readonly ref struct GenericNetlinkMessage
{
    /// <summary>Reads the generic netlink header of a message.</summary>
    /// <exception cref="NetlinkFormatException">The message is too short.</exception>
    public GenericNetlinkMessage(NetlinkMessage message)
    {
        if (message.Payload.Length < GENL_HDRLEN)
        {
            throw new NetlinkFormatException($"a generic netlink message has a payload of {message.Payload.Length} bytes");
        }

        Command = message.Payload[0];
        Version = message.Payload[1];
        Attributes = message.Payload[GENL_HDRLEN..];
    }

    /// <summary>What the message is, in the family's own numbers.</summary>
    public byte Command { get; }

    /// <summary>Version of the family's interface.</summary>
    public byte Version { get; }

    /// <summary>The attributes' bytes.</summary>
    public ReadOnlySpan<byte> Attributes { get; }

    /// <summary>Reads the attributes.</summary>
    public NetlinkAttributeReader Read() => new(Attributes);
}
