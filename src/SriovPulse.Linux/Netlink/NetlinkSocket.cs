using System.Runtime.InteropServices;
using SriovPulse.Linux.Interop;
using static SriovPulse.Linux.Interop.NetlinkConstants;

namespace SriovPulse.Linux.Netlink;

/// <summary>A netlink socket. Not safe for concurrent use.</summary>
public sealed class NetlinkSocket : INetlinkTransport
{
    /// <summary>How long a receive waits when nothing else is said; a kernel that holds RTNL for a reset of many VFs can take seconds.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    private readonly SocketHandle _socket;
    private byte[] _buffer = new byte[16 * 1024];

    private NetlinkSocket(SocketHandle socket) => _socket = socket;

    /// <inheritdoc/>
    public uint PortId { get; private set; }

    /// <summary>Opens and binds a socket; the kernel chooses its port.</summary>
    /// <param name="protocol">The subsystem to talk to.</param>
    /// <param name="timeout">How long a receive waits; null for <see cref="DefaultTimeout"/>.</param>
    /// <exception cref="NetlinkException">The kernel has no such protocol, or no descriptor is left.</exception>
    public static NetlinkSocket Open(NetlinkProtocol protocol, TimeSpan? timeout = null)
    {
        var handle = SocketCalls.Socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, (int)protocol);
        if (handle.IsInvalid)
        {
            var errno = Marshal.GetLastPInvokeError();
            handle.Dispose();
            throw new NetlinkException($"open a {protocol} netlink socket", errno);
        }

        var socket = new NetlinkSocket(handle);
        try
        {
            // Kernels older than an option do not know it (ENOPROTOOPT); replies only get less detailed.
            socket.TrySetOption(NETLINK_EXT_ACK, 1);
            socket.TrySetOption(NETLINK_CAP_ACK, 1);
            if (protocol == NetlinkProtocol.Route)
            {
                // Refuses what the kernel would otherwise silently ignore in a request.
                socket.TrySetOption(NETLINK_GET_STRICT_CHK, 1);
            }

            socket.SetTimeout(timeout ?? DefaultTimeout);
            socket.Bind();
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> datagram)
    {
        var kernel = new SocketAddressNetlink { Family = AF_NETLINK };
        while (SocketCalls.SendTo(_socket, datagram, (nuint)datagram.Length, 0, kernel, SocketAddressNetlink.Size) < 0)
        {
            ThrowUnlessInterrupted("send a netlink request");
        }
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Receive() => ReceiveFromKernel(0);

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    /// <summary>Receives what the kernel sends to a multicast group.</summary>
    internal void Join(uint group)
    {
        if (SocketCalls.SetOption(_socket, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, (int)group, sizeof(int)) < 0)
        {
            throw new NetlinkException($"join netlink group {group}", Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Makes the receive queue at least this large, as far as the process may.</summary>
    internal void EnlargeQueue(int bytes)
    {
        // The forced form exceeds net.core.rmem_max and needs CAP_NET_ADMIN.
        if (SocketCalls.SetOption(_socket, SOL_SOCKET, SO_RCVBUFFORCE, bytes, sizeof(int)) < 0)
        {
            _ = SocketCalls.SetOption(_socket, SOL_SOCKET, SO_RCVBUF, bytes, sizeof(int));
        }
    }

    /// <summary>As <see cref="Receive"/>, without waiting: EAGAIN when there is nothing.</summary>
    internal ReadOnlySpan<byte> ReceiveNow() => ReceiveFromKernel(MSG_DONTWAIT);

    /// <summary>Waits for a datagram.</summary>
    /// <param name="wakeUp">Ends the wait as well.</param>
    /// <param name="timeoutMilliseconds">-1 to wait for ever.</param>
    /// <returns>What there is.</returns>
    internal (bool Datagram, bool WokenUp) Wait(SocketHandle wakeUp, int timeoutMilliseconds)
    {
        var socketHeld = false;
        var wakeUpHeld = false;
        try
        {
            _socket.DangerousAddRef(ref socketHeld);
            wakeUp.DangerousAddRef(ref wakeUpHeld);
            Span<PollDescriptor> descriptors =
            [
                new PollDescriptor { Descriptor = _socket.DangerousGetHandle().ToInt32(), Events = POLLIN },
                new PollDescriptor { Descriptor = wakeUp.DangerousGetHandle().ToInt32(), Events = POLLIN },
            ];
            if (SocketCalls.Poll(descriptors, (nuint)descriptors.Length, timeoutMilliseconds) < 0)
            {
                ThrowUnlessInterrupted("wait for a netlink notification");
                return default;
            }

            // An overrun shows as POLLERR; the receive will tell.
            return (descriptors[0].Result != 0, descriptors[1].Result != 0);
        }
        finally
        {
            if (wakeUpHeld)
            {
                wakeUp.DangerousRelease();
            }

            if (socketHeld)
            {
                _socket.DangerousRelease();
            }
        }
    }

    private ReadOnlySpan<byte> ReceiveFromKernel(int flags)
    {
        while (true)
        {
            // Replies have no upper bound (256 VFs with statistics: 77 kB), and what does not fit a receive is lost. So ask for the size first.
            var size = ReceiveCore([], flags | MSG_PEEK | MSG_TRUNC, out _);
            if (size > _buffer.Length)
            {
                _buffer = GC.AllocateUninitializedArray<byte>(Math.Max(size, _buffer.Length * 2));
            }

            var received = ReceiveCore(_buffer, flags | MSG_TRUNC, out var sender);
            if (received > _buffer.Length)
            {
                throw new NetlinkFormatException($"a netlink datagram of {received} bytes was cut to {_buffer.Length}");
            }

            // Privileged processes may send to our port too; only port 0 is the kernel.
            if (sender == 0)
            {
                return _buffer.AsSpan(0, received);
            }
        }
    }

    private int ReceiveCore(Span<byte> target, int flags, out uint sender)
    {
        while (true)
        {
            var from = default(SocketAddressNetlink);
            uint fromLength = SocketAddressNetlink.Size;
            var count = SocketCalls.ReceiveFrom(_socket, target, (nuint)target.Length, flags, ref from, ref fromLength);
            if (count >= 0)
            {
                sender = from.PortId;
                return (int)count;
            }

            ThrowUnlessInterrupted("receive from netlink");
        }
    }

    private void Bind()
    {
        var address = new SocketAddressNetlink { Family = AF_NETLINK };
        uint length = SocketAddressNetlink.Size;
        if (SocketCalls.Bind(_socket, address, length) < 0 || SocketCalls.GetSocketName(_socket, out address, ref length) < 0)
        {
            throw new NetlinkException("bind a netlink socket", Marshal.GetLastPInvokeError());
        }

        PortId = address.PortId;
    }

    private void SetTimeout(TimeSpan timeout)
    {
        var value = new TimeValue { Seconds = timeout.Ticks / TimeSpan.TicksPerSecond, Microseconds = timeout.Ticks % TimeSpan.TicksPerSecond / 10 };
        if (SocketCalls.SetOption(_socket, SOL_SOCKET, SO_RCVTIMEO, value, (uint)Marshal.SizeOf<TimeValue>()) < 0)
        {
            throw new NetlinkException("set a netlink socket's timeout", Marshal.GetLastPInvokeError());
        }
    }

    private void TrySetOption(int option, int value) => _ = SocketCalls.SetOption(_socket, SOL_NETLINK, option, value, sizeof(int));

    private static void ThrowUnlessInterrupted(string operation)
    {
        var errno = Marshal.GetLastPInvokeError();
        if (errno != Errno.EINTR)
        {
            throw new NetlinkException(operation, errno);
        }
    }
}
