using SriovPulse.Linux.Interop;
using static SriovPulse.Linux.Interop.NetlinkConstants;

namespace SriovPulse.Linux.Netlink;

/// <summary>
/// Requests and their replies over one transport. Replies are matched by sequence number and port, so what is left of a request that was given up
/// does no harm. Not safe for concurrent use, and handlers must not use the session that calls them.
/// </summary>
public sealed class NetlinkSession : IDisposable
{
    /// <summary>How often a dump is tried when the kernel reports that the data changed meanwhile.</summary>
    public const int DumpAttempts = 5;

    // include/uapi/linux/netlink.h NLMSG_MIN_TYPE: below are control messages
    private const ushort FirstDataType = 0x10;

    private readonly INetlinkTransport _transport;
    private uint _sequence;
    private bool _busy;

    /// <summary>Takes over a transport.</summary>
    public NetlinkSession(INetlinkTransport transport)
    {
        ArgumentNullException.ThrowIfNull(transport);
        _transport = transport;
    }

    private enum Exchange
    {
        Reply,
        Dump,
        Acknowledgement,
    }

    /// <summary>Opens a socket and a session over it.</summary>
    /// <param name="protocol">The subsystem to talk to.</param>
    /// <param name="timeout">How long to wait for each datagram; null for <see cref="NetlinkSocket.DefaultTimeout"/>.</param>
    /// <exception cref="NetlinkException">The kernel has no such protocol, or no descriptor is left.</exception>
    public static NetlinkSession Open(NetlinkProtocol protocol, TimeSpan? timeout = null) => new(NetlinkSocket.Open(protocol, timeout));

    /// <summary>Asks for one object. The handler is called once, or for each part where the kernel answers in parts.</summary>
    /// <exception cref="NetlinkException">The kernel refused, or the answer did not come in time (EAGAIN) or was lost (ENOBUFS).</exception>
    /// <exception cref="NetlinkFormatException">The answer is no netlink, or there is none but an acknowledgement.</exception>
    public void Request<TState>(NetlinkRequest request, TState state, NetlinkMessageHandler<TState> onMessage)
        where TState : allows ref struct
    {
        ArgumentNullException.ThrowIfNull(onMessage);
        Run(request, Exchange.Reply, NetlinkFlags.Request, state, onMessage);
    }

    /// <summary>Asks for all objects of a kind; the handler is called for each.</summary>
    /// <param name="request">The request; the session adds the dump flag.</param>
    /// <param name="state">Passed to the handlers.</param>
    /// <param name="onMessage">Takes one object.</param>
    /// <param name="onRestart">
    /// Called when the data changed during the dump, before it is tried again: what <paramref name="onMessage"/> was given is to be forgotten.
    /// </param>
    /// <exception cref="NetlinkException">The kernel refused, or the dump was interrupted each of <see cref="DumpAttempts"/> times (EINTR).</exception>
    /// <exception cref="NetlinkFormatException">The answer is no netlink.</exception>
    public void Dump<TState>(NetlinkRequest request, TState state, NetlinkMessageHandler<TState> onMessage, Action<TState> onRestart)
        where TState : allows ref struct
    {
        ArgumentNullException.ThrowIfNull(onMessage);
        ArgumentNullException.ThrowIfNull(onRestart);
        for (var attempt = 1; Run(request, Exchange.Dump, NetlinkFlags.Request | NetlinkFlags.Dump, state, onMessage); attempt++)
        {
            if (attempt == DumpAttempts)
            {
                throw new NetlinkException($"{request.Operation} ({DumpAttempts} attempts, the data changed during each)", Errno.EINTR, sequence: _sequence);
            }

            onRestart(state);
        }
    }

    /// <summary>Has the kernel do something and waits for its acknowledgement.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    /// <exception cref="NetlinkFormatException">The answer is no netlink.</exception>
    public void Execute(NetlinkRequest request) =>
        Run(request, Exchange.Acknowledgement, NetlinkFlags.Request | NetlinkFlags.Acknowledge, 0, static (_, _) => { });

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    /// <summary>Sends, and reads until the exchange is over.</summary>
    /// <returns>Whether a dump is not to be trusted and should be repeated.</returns>
    private bool Run<TState>(NetlinkRequest request, Exchange exchange, NetlinkFlags flags, TState state, NetlinkMessageHandler<TState> onMessage)
        where TState : allows ref struct
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_busy)
        {
            throw new InvalidOperationException("the session is in use: a handler or another thread called into it");
        }

        _busy = true;
        try
        {
            // Zero is what notifications carry.
            _sequence = _sequence == uint.MaxValue ? 1 : _sequence + 1;
            request.Complete(flags, _sequence, _transport.PortId);
            _transport.Send(request.Message);
            return ReadReply(request, exchange, state, onMessage);
        }
        finally
        {
            _busy = false;
        }
    }

    private bool ReadReply<TState>(NetlinkRequest request, Exchange exchange, TState state, NetlinkMessageHandler<TState> onMessage)
        where TState : allows ref struct
    {
        var repeat = false;
        var answered = false;
        while (true)
        {
            if (!TryReceive(request, exchange, out var rest))
            {
                // Part of the dump is lost. It is read to its end all the same: the kernel refuses a new one (EBUSY) while one is running.
                repeat = true;
                continue;
            }

            while (NetlinkMessage.TryTake(ref rest, out var message))
            {
                if (!IsMine(message))
                {
                    continue;
                }

                repeat |= (message.Flags & NetlinkFlags.DumpInterrupted) != 0;
                switch (message.Type)
                {
                    case NLMSG_OVERRUN:
                        throw new NetlinkException(request.Operation, Errno.ENOBUFS, sequence: _sequence);
                    case NLMSG_ERROR:
                        ThrowIfRefused(request, message);
                        if (exchange == Exchange.Acknowledgement || (answered && exchange == Exchange.Reply))
                        {
                            return false;
                        }

                        if (!answered)
                        {
                            throw new NetlinkFormatException($"{request.Operation}: acknowledged, but there is no answer");
                        }

                        break;
                    case NLMSG_DONE:
                        ThrowIfRefused(request, message);
                        return exchange == Exchange.Dump || answered
                            ? repeat && exchange == Exchange.Dump
                            : throw new NetlinkFormatException($"{request.Operation}: ended without an answer");
                    case >= FirstDataType when exchange != Exchange.Acknowledgement:
                        Deliver(message, rest, state, onMessage);
                        answered = true;
                        if (exchange == Exchange.Reply && (message.Flags & NetlinkFlags.Multipart) == 0)
                        {
                            return false;
                        }

                        break;
                }
            }
        }
    }

    private bool TryReceive(NetlinkRequest request, Exchange exchange, out ReadOnlySpan<byte> datagram)
    {
        try
        {
            datagram = _transport.Receive();
            return true;
        }
        catch (NetlinkException lost) when (lost.Errno == Errno.ENOBUFS && exchange == Exchange.Dump)
        {
            datagram = default;
            return false;
        }
        catch (NetlinkException failed)
        {
            throw new NetlinkException($"{request.Operation}: {failed.Operation}", failed.Errno, sequence: _sequence);
        }
    }

    private void Deliver<TState>(NetlinkMessage message, ReadOnlySpan<byte> rest, TState state, NetlinkMessageHandler<TState> onMessage)
        where TState : allows ref struct
    {
        try
        {
            onMessage(state, message);
        }
        catch
        {
            if ((message.Flags & NetlinkFlags.Multipart) != 0)
            {
                Drain(rest);
            }

            throw;
        }
    }

    /// <summary>Reads the current dump to its end, as the kernel refuses a new one (EBUSY) while one is running.</summary>
    private void Drain(ReadOnlySpan<byte> rest)
    {
        try
        {
            while (true)
            {
                while (NetlinkMessage.TryTake(ref rest, out var message))
                {
                    if (IsMine(message) && message.Type is NLMSG_DONE or NLMSG_ERROR)
                    {
                        return;
                    }
                }

                rest = _transport.Receive();
            }
        }
        catch (Exception failed) when (failed is NetlinkException or NetlinkFormatException)
        {
            // The handler's exception is the one to tell; what is left carries an old sequence number and will be passed over.
        }
    }

    private bool IsMine(NetlinkMessage message) => message.Sequence == _sequence && message.PortId == _transport.PortId;

    private void ThrowIfRefused(NetlinkRequest request, NetlinkMessage message)
    {
        var outcome = NetlinkOutcome.Parse(message);
        if (outcome.Errno != 0)
        {
            throw new NetlinkException(request.Operation, outcome.Errno, outcome.KernelMessage, outcome.Offset, _sequence);
        }
    }
}
