using SriovPulse.Linux.Netlink;
using static SriovPulse.Linux.Interop.EthtoolNetlinkConstants;

namespace SriovPulse.Linux.Ethtool;

/// <summary>One reading of a port's standard statistics; reused between readings. What the driver does not tell is absent.</summary>
public sealed class StandardStatistics
{
    private const int GroupWidth = 32;
    private const int GroupCount = 4;

    private readonly ulong[] _values = new ulong[GroupCount * GroupWidth];
    private readonly uint[] _present = new uint[GroupCount];
    private readonly List<FrameSizeCount> _received = [];
    private readonly List<FrameSizeCount> _transmitted = [];

    /// <summary>Whether the driver told nothing.</summary>
    public bool IsEmpty => !_present.AsSpan().ContainsAnyExcept(0u) && _received.Count == 0 && _transmitted.Count == 0;

    /// <summary>Frames received, by size; empty where the driver does not tell.</summary>
    public IReadOnlyList<FrameSizeCount> ReceivedSizes => _received;

    /// <summary>Frames sent, by size; empty where the driver does not tell.</summary>
    public IReadOnlyList<FrameSizeCount> TransmittedSizes => _transmitted;

    /// <summary>A statistic's value; false when it is absent.</summary>
    public bool TryGet(StandardStatistic statistic, out ulong value)
    {
        var slot = (int)statistic;
        if ((uint)slot >= (uint)_values.Length || (_present[slot / GroupWidth] & (1u << (slot % GroupWidth))) == 0)
        {
            value = 0;
            return false;
        }

        value = _values[slot];
        return true;
    }

    /// <summary>Forgets the reading.</summary>
    public void Clear()
    {
        Array.Clear(_present);
        _received.Clear();
        _transmitted.Clear();
    }

    /// <summary>Takes an ETHTOOL_MSG_STATS_GET_REPLY's attributes in place of what was there (net/ethtool/stats.c, stats_fill_reply).</summary>
    /// <exception cref="NetlinkFormatException">They are malformed; nothing is left then.</exception>
    public void Parse(NetlinkAttributeReader attributes)
    {
        Clear();
        try
        {
            while (attributes.TryRead())
            {
                if (attributes.Type == ETHTOOL_A_STATS_GRP)
                {
                    ParseGroup(attributes.GetNested());
                }
            }
        }
        catch (NetlinkFormatException)
        {
            Clear();
            throw;
        }
    }

    private void ParseGroup(NetlinkAttributeReader group)
    {
        // The id precedes the statistics; what has none or a new one is passed over.
        var id = GroupCount;
        while (group.TryRead())
        {
            switch (group.Type)
            {
                case ETHTOOL_A_STATS_GRP_ID:
                    id = (int)Math.Min(group.GetUInt32(), GroupCount);
                    break;
                case ETHTOOL_A_STATS_GRP_STAT when id < GroupCount:
                    ParseStatistic(id, group.GetNested());
                    break;
                case ETHTOOL_A_STATS_GRP_HIST_RX when id < GroupCount:
                    _received.Add(ParseSize(group.GetNested()));
                    break;
                case ETHTOOL_A_STATS_GRP_HIST_TX when id < GroupCount:
                    _transmitted.Add(ParseSize(group.GetNested()));
                    break;
            }
        }
    }

    private void ParseStatistic(int group, NetlinkAttributeReader statistic)
    {
        // The attribute's type is the statistic's number, from 0.
        while (statistic.TryRead())
        {
            if (statistic.Type < GroupWidth)
            {
                _values[(group * GroupWidth) + statistic.Type] = statistic.GetUInt64();
                _present[group] |= 1u << statistic.Type;
            }
        }
    }

    private static FrameSizeCount ParseSize(NetlinkAttributeReader bucket)
    {
        var size = default(FrameSizeCount);
        while (bucket.TryRead())
        {
            switch (bucket.Type)
            {
                case ETHTOOL_A_STATS_GRP_HIST_BKT_LOW:
                    size = size with { Low = bucket.GetUInt32() };
                    break;
                case ETHTOOL_A_STATS_GRP_HIST_BKT_HI:
                    size = size with { High = bucket.GetUInt32() };
                    break;
                case ETHTOOL_A_STATS_GRP_HIST_VAL:
                    size = size with { Frames = bucket.GetUInt64() };
                    break;
            }
        }

        return size;
    }
}
