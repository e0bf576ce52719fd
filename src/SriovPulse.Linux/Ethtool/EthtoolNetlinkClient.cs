using SriovPulse.Linux.GenericNetlink;
using SriovPulse.Linux.Interop;
using SriovPulse.Linux.Netlink;
using static SriovPulse.Linux.Interop.EthtoolNetlinkConstants;

namespace SriovPulse.Linux.Ethtool;

/// <summary>
/// ethtool over generic netlink. Needs no privilege; every request takes RTNL in the kernel, and FEC and standard statistics may wait for firmware.
/// Each <c>TryRead</c> answers false when the netdev is gone or its driver does not tell; what a driver refused once is not asked again until
/// <see cref="Forget"/>. Not safe for concurrent use.
/// </summary>
/// <param name="session">A session of <see cref="NetlinkProtocol.Generic"/>; taken over.</param>
public sealed class EthtoolNetlinkClient(NetlinkSession session) : IDisposable
{
    private readonly GenericNetlinkFamilies _families = new(session);
    private readonly NetlinkRequest _request = new();
    private readonly HashSet<(int IfIndex, byte Command)> _unsupported = [];
    private GenericNetlinkFamily? _family;
    private bool _familyIsMissing;

    /// <summary>Opens a session and a client over it.</summary>
    /// <exception cref="NetlinkException">No descriptor is left, or the kernel has no generic netlink.</exception>
    public static EthtoolNetlinkClient Open() => new(NetlinkSession.Open(NetlinkProtocol.Generic));

    /// <summary>Reads the link's speed, duplex and fastest supported mode.</summary>
    /// <exception cref="NetlinkException">The kernel refused for another reason than an absence.</exception>
    /// <exception cref="NetlinkFormatException">The reply is malformed.</exception>
    public bool TryReadLinkModes(int ifIndex, out LinkModes reading) => TryRead("read the link modes", ETHTOOL_MSG_LINKMODES_GET, 0, ifIndex, out reading);

    /// <summary>Reads the link's state.</summary>
    /// <inheritdoc cref="TryReadLinkModes" path="/exception"/>
    public bool TryReadLinkState(int ifIndex, out LinkState reading) =>
        TryRead("read the link state", ETHTOOL_MSG_LINKSTATE_GET, ETHTOOL_FLAG_STATS, ifIndex, out reading);

    /// <summary>Reads the sizes of the rings.</summary>
    /// <inheritdoc cref="TryReadLinkModes" path="/exception"/>
    public bool TryReadRings(int ifIndex, out RingSizes reading) => TryRead("read the ring sizes", ETHTOOL_MSG_RINGS_GET, 0, ifIndex, out reading);

    /// <summary>Reads how many channels there are.</summary>
    /// <inheritdoc cref="TryReadLinkModes" path="/exception"/>
    public bool TryReadChannels(int ifIndex, out Channels reading) => TryRead("read the channels", ETHTOOL_MSG_CHANNELS_GET, 0, ifIndex, out reading);

    /// <summary>Reads flow control and its statistics.</summary>
    /// <inheritdoc cref="TryReadLinkModes" path="/exception"/>
    public bool TryReadPause(int ifIndex, out PauseState reading) =>
        TryRead("read the pause state", ETHTOOL_MSG_PAUSE_GET, ETHTOOL_FLAG_STATS, ifIndex, out reading);

    /// <summary>Reads forward error correction and its statistics.</summary>
    /// <inheritdoc cref="TryReadLinkModes" path="/exception"/>
    public bool TryReadFec(int ifIndex, out FecState reading) => TryRead("read the FEC state", ETHTOOL_MSG_FEC_GET, ETHTOOL_FLAG_STATS, ifIndex, out reading);

    /// <summary>Reads standard statistics into an object that is kept.</summary>
    /// <returns>False also when the driver told none of them; <paramref name="reading"/> is empty then.</returns>
    /// <inheritdoc cref="TryReadLinkModes" path="/exception"/>
    public bool TryReadStatistics(int ifIndex, StandardGroups groups, StandardStatistics reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        reading.Clear();
        if (!TryBegin(ETHTOOL_MSG_STATS_GET, ETHTOOL_A_STATS_HEADER, 0, ifIndex))
        {
            return false;
        }

        var bitset = _request.BeginNested(ETHTOOL_A_STATS_GROUPS);
        _request.Put(ETHTOOL_A_BITSET_NOMASK);
        _request.Put(ETHTOOL_A_BITSET_SIZE, (uint)(ETHTOOL_STATS_RMON + 1));
        _request.Put(ETHTOOL_A_BITSET_VALUE, (uint)(groups & StandardGroups.All));
        _request.EndNested(bitset);
        return TryAsk("read the standard statistics", ETHTOOL_MSG_STATS_GET, ifIndex, reading, static (reading, message) =>
            reading.Parse(new GenericNetlinkMessage(message).Read())) && !reading.IsEmpty;
    }

    /// <summary>Forgets what drivers refused, so that it is asked again: for when netdevs or their drivers have changed.</summary>
    public void Forget() => _unsupported.Clear();

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    private bool TryRead<TReading>(string operation, byte command, uint flags, int ifIndex, out TReading reading)
        where TReading : struct, IEthtoolReading<TReading>
    {
        reading = default;
        return TryBegin(command, ETHTOOL_A_HEADER, flags, ifIndex)
            && TryAsk(operation, command, ifIndex, new Slot<TReading>(ref reading), static (slot, message) =>
                slot.Value = TReading.Parse(new GenericNetlinkMessage(message).Read()));
    }

    private bool TryBegin(byte command, ushort header, uint flags, int ifIndex)
    {
        if (_unsupported.Contains((ifIndex, command)) || !TryResolve())
        {
            return false;
        }

        _family!.Begin(_request, command);
        var nest = _request.BeginNested(header);
        _request.Put(ETHTOOL_A_HEADER_DEV_INDEX, (uint)ifIndex);
        _request.Put(ETHTOOL_A_HEADER_FLAGS, ETHTOOL_FLAG_COMPACT_BITSETS | flags);
        _request.EndNested(nest);
        return true;
    }

    private bool TryAsk<TState>(string operation, byte command, int ifIndex, TState state, NetlinkMessageHandler<TState> onMessage)
        where TState : allows ref struct
    {
        _request.Operation = operation;
        try
        {
            session.Request(_request, state, onMessage);
            return true;
        }
        catch (NetlinkException refused) when (refused.Errno == Errno.EOPNOTSUPP)
        {
            // Of the driver, or of a kernel that does not know the command.
            _unsupported.Add((ifIndex, command));
            return false;
        }
        catch (NetlinkException refused) when (refused.Errno == Errno.ENODEV)
        {
            return false;
        }
        catch (NetlinkException refused)
        {
            throw new NetlinkException($"{operation} of netdev {ifIndex}", refused.Errno, refused.KernelMessage, refused.Offset, refused.Sequence);
        }
    }

    /// <summary>Finds the family, which is part of the kernel or not: one answer holds.</summary>
    private bool TryResolve()
    {
        if (_family is null && !_familyIsMissing)
        {
            _familyIsMissing = !_families.TryResolve(ETHTOOL_GENL_NAME, out _family);
        }

        return _family is not null;
    }

    private readonly ref struct Slot<TReading>(ref TReading value)
    {
        public readonly ref TReading Value = ref value;
    }
}
