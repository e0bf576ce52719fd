using SriovPulse.Linux.Interop;
using SriovPulse.Linux.Netlink;

namespace SriovPulse.Testing.Netlink;

/// <summary>
/// A kernel that answers each request with the datagrams a test wants. It never waits: where a real one would keep silent, a receive fails with
/// EAGAIN, as after a timeout.
/// </summary>
/// <param name="answer">Gives the datagrams for a request; none to keep silent.</param>
public sealed class ScriptedKernel(Func<ScriptedRequest, IEnumerable<byte[]>> answer) : INetlinkTransport
{
    private readonly Queue<byte[]> _datagrams = new();
    private byte[] _handedOut = [];

    /// <summary>Stands in an answer for "messages were lost": that receive fails with ENOBUFS.</summary>
    public static byte[] Overrun { get; } = [.. "overrun"u8];

    /// <inheritdoc/>
    public uint PortId => 4242;

    /// <summary>The requests so far.</summary>
    public List<ScriptedRequest> Requests { get; } = [];

    /// <summary>How many datagrams have not been received.</summary>
    public int Waiting => _datagrams.Count;

    /// <summary>Whether the session has disposed of it.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>Puts a datagram in the queue unasked, as a notification or a late reply.</summary>
    public void Enqueue(byte[] datagram) => _datagrams.Enqueue(datagram);

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> datagram)
    {
        var request = new ScriptedRequest(datagram.ToArray());
        Requests.Add(request);
        foreach (var reply in answer(request))
        {
            _datagrams.Enqueue(reply);
        }
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Receive()
    {
        // What was handed out before must not be used any more; make it show.
        Array.Fill(_handedOut, (byte)0xff);
        if (!_datagrams.TryDequeue(out var datagram))
        {
            throw new NetlinkException("receive from the scripted kernel", Errno.EAGAIN);
        }

        if (ReferenceEquals(datagram, Overrun))
        {
            throw new NetlinkException("receive from the scripted kernel", Errno.ENOBUFS);
        }

        _handedOut = [.. datagram];
        return _handedOut;
    }

    /// <inheritdoc/>
    public void Dispose() => IsDisposed = true;
}
