using System.Runtime.InteropServices;
using SriovPulse.Linux.Interop;
using SriovPulse.Linux.Netlink;
using SriovPulse.Linux.Rtnetlink;

namespace SriovPulse.Testing.Netlink;

/// <summary>A kernel's links, behind as many rtnetlink sessions as are opened. A link that is taken out of the list is one that the kernel does not have.</summary>
public sealed class ScriptedLinks
{
    private const ushort GetLink = 18;
    private const int ExtMask = 29;
    private const uint FilterVf = 1;
    private const uint FilterSkipStats = 8;

    /// <summary>The links.</summary>
    public List<ScriptedLink> Links { get; } = [];

    /// <summary>How many of the next dumps are interrupted by a change.</summary>
    public int InterruptedDumps { get; set; }

    /// <summary>Error number with which a dump ends, by the mask of what is asked (IFLA_EXT_MASK); 0 to let it succeed.</summary>
    public Func<uint, int> DumpRefusal { get; set; } = static _ => 0;

    /// <summary>How many dumps were asked for.</summary>
    public int Dumps { get; private set; }

    /// <summary>Opens a session.</summary>
    public RtnetlinkClient Open() => new(new NetlinkSession(new ScriptedKernel(Answer)));

    /// <summary>Adds a link.</summary>
    public ScriptedLink Add(LinkReply reply)
    {
        var link = new ScriptedLink(reply);
        Links.Add(link);
        return link;
    }

    private IEnumerable<byte[]> Answer(ScriptedRequest request)
    {
        lock (Links)
        {
            return request.Type != GetLink ? [request.Error(Errno.EOPNOTSUPP)]
                : request.Flags.HasFlag(NetlinkFlags.Dump) ? [.. Dump(request, Mask(request))]
                : [AnswerOne(request, Mask(request))];
        }
    }

    private IEnumerable<byte[]> Dump(ScriptedRequest request, uint mask)
    {
        Dumps++;
        var flags = NetlinkFlags.Multipart;
        if (InterruptedDumps > 0)
        {
            InterruptedDumps--;
            flags |= NetlinkFlags.DumpInterrupted;
        }

        foreach (var link in Links)
        {
            yield return request.Message(16, Payload(link, mask), flags);
        }

        yield return request.Done(DumpRefusal(mask), flags: flags);
    }

    private byte[] AnswerOne(ScriptedRequest request, uint mask)
    {
        var index = MemoryMarshal.Read<int>(request.Payload[4..]);
        return Links.Find(link => link.Reply.IfIndex == index) is not { } link ? request.Error(Errno.ENODEV)
            : link.Refusal(mask) is var errno and not 0 ? request.Error(errno)
            : request.Message(16, Payload(link, mask));
    }

    private static byte[] Payload(ScriptedLink link, uint mask)
    {
        var withVfs = (mask & FilterVf) != 0;
        var payload = withVfs && link.Recorded is { } recorded ? recorded
            : (link.Reply with { NumVfs = withVfs ? link.Reply.NumVfs : null, WithStats = link.Reply.WithStats && (mask & FilterSkipStats) == 0 }).Payload();
        return link.IsMalformed ? payload[..25] : payload;
    }

    private static uint Mask(ScriptedRequest request)
    {
        var attributes = new NetlinkAttributeReader(request.Payload[16..]);
        while (attributes.TryRead())
        {
            if (attributes.Type == ExtMask)
            {
                return attributes.GetUInt32();
            }
        }

        return 0;
    }
}
