namespace SriovPulse.Linux.Netlink;

/// <summary>Carries datagrams to and from the kernel: a socket, or a scripted kernel in tests.</summary>
public interface INetlinkTransport : IDisposable
{
    /// <summary>This end's netlink port; replies carry it.</summary>
    uint PortId { get; }

    /// <summary>Sends one datagram.</summary>
    /// <exception cref="NetlinkException">The call failed.</exception>
    void Send(ReadOnlySpan<byte> datagram);

    /// <summary>Receives one whole datagram from the kernel, of any size.</summary>
    /// <returns>A view that holds until the next call.</returns>
    /// <exception cref="NetlinkException">
    /// The call failed: EAGAIN when nothing came in time, ENOBUFS when the kernel had to drop messages.
    /// </exception>
    ReadOnlySpan<byte> Receive();
}
