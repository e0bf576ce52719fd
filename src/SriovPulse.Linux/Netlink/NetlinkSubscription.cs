using System.Diagnostics;
using System.Runtime.InteropServices;
using SriovPulse.Linux.Interop;
using static SriovPulse.Linux.Interop.NetlinkConstants;

namespace SriovPulse.Linux.Netlink;

/// <summary>
/// What the kernel sends to multicast groups. For one thread that may block; cancel its wait before disposing.
/// </summary>
public sealed class NetlinkSubscription : IDisposable
{
    /// <summary>Receive queue asked for; creating 128 VFs sends some hundred events of about 1.5 kB at once.</summary>
    public const int DefaultQueueBytes = 1024 * 1024;

    private readonly NetlinkSocket _socket;
    private readonly SocketHandle _wakeUp;

    private NetlinkSubscription(NetlinkSocket socket, SocketHandle wakeUp) => (_socket, _wakeUp) = (socket, wakeUp);

    /// <summary>The subscription's netlink port.</summary>
    internal uint PortId => _socket.PortId;

    /// <summary>Joins multicast groups.</summary>
    /// <param name="protocol">The subsystem.</param>
    /// <param name="groups">The groups' numbers: RTNLGRP_* of rtnetlink, or what a generic netlink family tells.</param>
    /// <param name="queueBytes">How much may wait to be received.</param>
    /// <exception cref="NetlinkException">There is no such protocol or group, or the process may not.</exception>
    public static NetlinkSubscription Open(NetlinkProtocol protocol, ReadOnlySpan<uint> groups, int queueBytes = DefaultQueueBytes)
    {
        var socket = NetlinkSocket.Open(protocol);
        var wakeUp = SocketCalls.EventDescriptor(0, EFD_CLOEXEC | EFD_NONBLOCK);
        try
        {
            if (wakeUp.IsInvalid)
            {
                throw new NetlinkException("make an event descriptor", Marshal.GetLastPInvokeError());
            }

            // Before joining: the queue must be large when the first event comes.
            socket.EnlargeQueue(queueBytes);
            foreach (var group in groups)
            {
                socket.Join(group);
            }

            return new NetlinkSubscription(socket, wakeUp);
        }
        catch
        {
            wakeUp.Dispose();
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Waits for the next datagram.</summary>
    /// <param name="datagram">Netlink messages (<see cref="NetlinkMessage.TryTake"/>), or whatever the group carries; valid until the next call.</param>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="NetlinkException">The socket failed.</exception>
    public NotificationOutcome Receive(out ReadOnlySpan<byte> datagram, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var registration = cancellationToken.UnsafeRegister(static self => ((NetlinkSubscription)self!).WakeUp(), this);
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var (ready, wokenUp) = _socket.Wait(_wakeUp, Remaining(timeout, start));
            if (wokenUp)
            {
                // Perhaps left over from a cancellation that came when the wait before was ending anyway.
                _ = SocketCalls.ReadEvents(_wakeUp, out _, sizeof(ulong));
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (ready && TryReceive(out datagram, out var outcome))
            {
                return outcome;
            }

            if (Remaining(timeout, start) == 0)
            {
                datagram = default;
                return NotificationOutcome.TimedOut;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _wakeUp.Dispose();
    }

    private static int Remaining(TimeSpan timeout, long start)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            return -1;
        }

        var left = timeout - Stopwatch.GetElapsedTime(start);
        return (int)Math.Clamp(Math.Ceiling(left.TotalMilliseconds), 0, int.MaxValue);
    }

    private bool TryReceive(out ReadOnlySpan<byte> datagram, out NotificationOutcome outcome)
    {
        try
        {
            datagram = _socket.ReceiveNow();
            outcome = NotificationOutcome.Received;
            return true;
        }
        catch (NetlinkException failed) when (failed.Errno is Errno.EAGAIN or Errno.ENOBUFS)
        {
            // EAGAIN: what was there did not come from the kernel.
            datagram = default;
            outcome = NotificationOutcome.Overrun;
            return failed.Errno == Errno.ENOBUFS;
        }
    }

    private void WakeUp() => _ = SocketCalls.WriteEvents(_wakeUp, 1, sizeof(ulong));
}
