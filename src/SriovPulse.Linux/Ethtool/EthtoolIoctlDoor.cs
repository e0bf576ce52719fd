using System.Runtime.InteropServices;
using System.Text;
using SriovPulse.Linux.Interop;
using static SriovPulse.Linux.Interop.EthtoolIoctlConstants;
using static SriovPulse.Linux.Interop.NetlinkConstants;

namespace SriovPulse.Linux.Ethtool;

/// <summary>The ioctl over one kept socket, which belongs to the network namespace of the thread that opened it.</summary>
internal sealed class EthtoolIoctlDoor : IEthtoolDoor
{
    private readonly SocketHandle _socket;

    public EthtoolIoctlDoor()
    {
        // Any socket does (net/core/dev_ioctl.c); AF_UNIX is allowed in most sandboxes and does not need IPv4.
        _socket = SocketCalls.Socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (_socket.IsInvalid)
        {
            var errno = Marshal.GetLastPInvokeError();
            _socket.Dispose();
            throw new EthtoolException("open a socket for the ethtool ioctl", errno);
        }
    }

    public int Invoke(string netdev, GuardedBuffer command)
    {
        var request = default(InterfaceRequest);
        Span<byte> name = request.Name;

        // The last byte stays NUL.
        if (!Encoding.UTF8.TryGetBytes(netdev, name[..^1], out _))
        {
            return Errno.ENODEV;
        }

        request.Data = command.Address;
        while (EthtoolCalls.Ioctl(_socket, SIOCETHTOOL, ref request) < 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            if (errno != Errno.EINTR)
            {
                return errno;
            }
        }

        return 0;
    }

    public void Dispose() => _socket.Dispose();
}
