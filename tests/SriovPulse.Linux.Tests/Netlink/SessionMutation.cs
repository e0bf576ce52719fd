using SriovPulse.Linux.Interop;
using SriovPulse.Linux.Netlink;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Linux.Tests.Netlink;

/// <summary>Gives a session damaged replies. They come in two datagrams and then there are no more, so a session that waits for more times out.</summary>
internal sealed class SessionMutation : INetlinkTransport
{
    // What the session's first request carries; each run is a first one.
    private const uint Port = 7;

    private readonly NetlinkRequest _request = new() { Operation = "test" };
    private byte[] _bytes = [];
    private int _split;
    private int _receives;

    public uint PortId => Port;

    public static IEnumerable<byte[]> Originals()
    {
        var header = new byte[16];
        header[8] = 1;
        header[12] = (byte)Port;
        var request = new ScriptedRequest(header);
        yield return request.Message(16, "answer"u8);
        yield return [.. request.Message(16, "one."u8, NetlinkFlags.Multipart), .. request.Message(16, "two."u8, NetlinkFlags.Multipart), .. request.Done()];
        yield return [.. request.Message(16, "one."u8, NetlinkFlags.Multipart), .. request.Done(Errno.EMSGSIZE, "too much")];
        yield return request.Error(Errno.EINVAL, "no such thing", 20);
        yield return request.Error(Errno.EINVAL, "no such thing", 20, capped: false);
        yield return request.Acknowledge();
    }

    /// <summary>Answers one exchange of each kind with the bytes.</summary>
    public void Run(ReadOnlySpan<byte> bytes)
    {
        // How they are asked for and cut into datagrams follows from the bytes, so that it can be repeated.
        var hash = 17u;
        foreach (var value in bytes)
        {
            hash = (hash * 16777619) ^ value;
        }

        hash ^= hash >> 15;
        _bytes = bytes.ToArray();
        _split = (hash & 3) == 0 ? (int)(hash >> 4) % ((bytes.Length / 4) + 1) * 4 : bytes.Length;
        var handled = 0;
        switch ((hash >> 2) % 3)
        {
            case 0:
                Session().Request(Begin(), bytes.Length, (limit, message) => handled += message.Payload.Length <= limit ? 1 : int.MaxValue);
                break;
            case 1:
                Session().Dump(Begin(), bytes.Length, (limit, message) => handled += message.Payload.Length <= limit ? 1 : int.MaxValue, _ => handled = 0);
                break;
            default:
                Session().Execute(Begin());
                break;
        }

        if (handled * 16L > bytes.Length)
        {
            throw new InvalidDataException($"{handled} messages from {bytes.Length} bytes");
        }
    }

    public void Send(ReadOnlySpan<byte> datagram)
    {
    }

    public ReadOnlySpan<byte> Receive() => _receives++ switch
    {
        0 => _bytes.AsSpan(0, _split),
        1 => _bytes.AsSpan(_split),
        _ => throw new NetlinkException("receive", Errno.EAGAIN),
    };

    public void Dispose()
    {
    }

    private NetlinkSession Session()
    {
        _receives = 0;
        return new NetlinkSession(this);
    }

    private NetlinkRequest Begin()
    {
        _request.Begin(18);
        return _request;
    }
}
