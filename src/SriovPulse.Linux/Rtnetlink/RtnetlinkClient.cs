using SriovPulse.Linux.Interop;
using SriovPulse.Linux.Netlink;
using static SriovPulse.Linux.Interop.RtnetlinkConstants;

namespace SriovPulse.Linux.Rtnetlink;

/// <summary>Asks the kernel about links and sets their VFs' attributes. Not safe for concurrent use.</summary>
/// <param name="session">A session of <see cref="NetlinkProtocol.Route"/>; the client takes it over.</param>
public sealed partial class RtnetlinkClient(NetlinkSession session) : IDisposable
{
    private readonly NetlinkRequest _request = new();
    private readonly LinkReading _passedOver = new();

    /// <summary>Opens a session of its own.</summary>
    /// <exception cref="NetlinkException">No descriptor is left, or the process may not.</exception>
    public static RtnetlinkClient Open(TimeSpan? timeout = null) => new(NetlinkSession.Open(NetlinkProtocol.Route, timeout));

    /// <summary>Reads one link with one query.</summary>
    /// <param name="ifIndex">The link's index.</param>
    /// <param name="detail">How much to ask for.</param>
    /// <param name="into">Filled with the answer, and of no use when the call throws.</param>
    /// <exception cref="NetlinkException">The kernel refused: ENODEV when there is no such link.</exception>
    /// <exception cref="NetlinkFormatException">The answer is malformed.</exception>
    public void ReadLink(int ifIndex, LinkDetail detail, LinkReading into)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ifIndex);
        ArgumentNullException.ThrowIfNull(into);
        _request.Describe("read link", ifIndex);
        Read(ifIndex, null, detail, into);
        if (into.IfIndex != ifIndex)
        {
            throw new NetlinkFormatException($"link {into.IfIndex} was returned where link {ifIndex} was asked for");
        }
    }

    /// <summary>Reads one link with one query.</summary>
    /// <param name="name">The link's name, or an alternative name of it.</param>
    /// <param name="detail">How much to ask for.</param>
    /// <param name="into">Filled with the answer, and of no use when the call throws.</param>
    /// <exception cref="NetlinkException">The kernel refused: ENODEV when there is no such link.</exception>
    /// <exception cref="NetlinkFormatException">The answer is malformed.</exception>
    public void ReadLink(string name, LinkDetail detail, LinkReading into)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(into);
        _request.Operation = $"read link {name}";
        Read(0, name, detail, into);
    }

    /// <summary>Reads all links of this network namespace, without VFs.</summary>
    /// <param name="into">Its entries are filled again, as far as there are enough; further ones are added and surplus ones removed.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    /// <exception cref="NetlinkFormatException">The answer is malformed.</exception>
    public void DumpLinks(List<LinkReading> into)
    {
        ArgumentNullException.ThrowIfNull(into);
        _request.Operation = "dump links";
        BeginGet(0, null, RTEXT_FILTER_SKIP_STATS);
        var count = 0;
        session.Dump(
            _request,
            new LinkTable(into, ref count),
            static (table, message) => LinkParser.Parse(message, table.Next()),
            static table => table.Restart());
        into.RemoveRange(count, into.Count - count);
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    private static uint Mask(LinkDetail detail) => detail switch
    {
        LinkDetail.Plain => RTEXT_FILTER_SKIP_STATS,
        LinkDetail.Vfs => RTEXT_FILTER_VF | RTEXT_FILTER_SKIP_STATS,
        LinkDetail.VfsWithStats => RTEXT_FILTER_VF,
        _ => throw new ArgumentOutOfRangeException(nameof(detail), detail, null),
    };

    private void Read(int ifIndex, string? name, LinkDetail detail, LinkReading into)
    {
        try
        {
            ReadOnce(ifIndex, name, Mask(detail), into);
            into.WasTooLong = false;
        }
        catch (NetlinkException tooLong) when (tooLong.Errno == Errno.EMSGSIZE && detail != LinkDetail.Plain)
        {
            // The kernel made too small a buffer for its answer (IP over InfiniBand PFs), or will not send a list longer than its length field
            // can say. A dump has larger buffers; where that does not help either, the VFs without counters are better than nothing.
            if (!TryReadByDump(ifIndex, name, Mask(detail), into))
            {
                ReadOnce(ifIndex, name, Mask(LinkDetail.Vfs), into);
            }

            into.WasTooLong = true;
        }
    }

    private void ReadOnce(int ifIndex, string? name, uint mask, LinkReading into)
    {
        BeginGet(ifIndex, name, mask);
        session.Request(_request, into, static (into, message) => LinkParser.Parse(message, into));
    }

    private bool TryReadByDump(int ifIndex, string? name, uint mask, LinkReading into)
    {
        // Dumps cannot be filtered by index (rtnl_valid_dump_ifinfo_req in net/core/rtnetlink.c refuses it).
        BeginGet(0, null, mask);
        var found = false;
        try
        {
            session.Dump(
                _request,
                new LinkSearch(ifIndex, name, into, _passedOver, ref found),
                static (search, message) => search.Look(message),
                static search => search.Restart());
        }
        catch (NetlinkException tooLong) when (tooLong.Errno == Errno.EMSGSIZE)
        {
            return false;
        }

        return found;
    }

    private void BeginGet(int ifIndex, string? name, uint mask)
    {
        Begin(RTM_GETLINK, ifIndex);
        if (name is not null)
        {
            _request.Put(name.Length < IFNAMSIZ ? IFLA_IFNAME : IFLA_ALT_IFNAME, name);
        }

        _request.Put(IFLA_EXT_MASK, mask);
    }

    private void Begin(ushort type, int ifIndex)
    {
        Span<byte> header = stackalloc byte[IFINFOMSG_SIZE];
        header.Clear();
        BitConverter.TryWriteBytes(header[IFI_INDEX_OFFSET..], ifIndex);
        _request.Begin(type);
        _request.Append(header);
    }
}
