using System.Runtime.InteropServices;
using static SriovPulse.Linux.Interop.NetlinkConstants;

namespace SriovPulse.Linux.Netlink;

/// <summary>What an NLMSG_ERROR or NLMSG_DONE message says: an error number, 0 for success, and the kernel's explanation.</summary>
internal readonly record struct NetlinkOutcome(int Errno, string? KernelMessage, int? Offset)
{
    // include/linux/err.h MAX_ERRNO
    private const int MaxErrno = 4095;

    /// <summary>Reads the message. DONE carries an errno too, when a dump fails half-way (netlink_dump in net/netlink/af_netlink.c).</summary>
    public static NetlinkOutcome Parse(NetlinkMessage message)
    {
        var payload = message.Payload;
        if (payload.Length < sizeof(int))
        {
            // Older kernels end some dumps without a value.
            return message.Type == NLMSG_DONE
                ? default
                : throw new NetlinkFormatException($"an error message has a payload of {payload.Length} bytes");
        }

        var error = MemoryMarshal.Read<int>(payload);
        if (error is > 0 or < -MaxErrno)
        {
            throw new NetlinkFormatException($"{error} is no negative error number");
        }

        if (error == 0 || ((ushort)message.Flags & NLM_F_ACK_TLVS) == 0)
        {
            return new NetlinkOutcome(-error, null, null);
        }

        return WithExplanation(-error, Explanation(message, payload[sizeof(int)..]));
    }

    /// <summary>The extended acknowledgement's attributes, which an error message has behind the request's (perhaps capped) echo.</summary>
    private static ReadOnlySpan<byte> Explanation(NetlinkMessage message, ReadOnlySpan<byte> afterErrno)
    {
        if (message.Type == NLMSG_DONE)
        {
            return afterErrno;
        }

        if (afterErrno.Length < NLMSG_HDRLEN)
        {
            return [];
        }

        long echo = NLMSG_HDRLEN;
        if (((ushort)message.Flags & NLM_F_CAPPED) == 0)
        {
            echo = (MemoryMarshal.Read<uint>(afterErrno) + 3L) & ~3L;
        }

        return echo <= afterErrno.Length ? afterErrno[(int)echo..] : [];
    }

    private static NetlinkOutcome WithExplanation(int errno, ReadOnlySpan<byte> attributes)
    {
        string? text = null;
        int? offset = null;
        try
        {
            var reader = new NetlinkAttributeReader(attributes);
            while (reader.TryRead())
            {
                switch (reader.Type)
                {
                    case NLMSGERR_ATTR_MSG:
                        text = reader.GetString();
                        break;
                    case NLMSGERR_ATTR_OFFS:
                        offset = reader.GetInt32();
                        break;
                }
            }
        }
        catch (NetlinkFormatException)
        {
            // The error number is the message; a spoilt explanation must not hide it.
        }

        return new NetlinkOutcome(errno, text, offset);
    }
}
