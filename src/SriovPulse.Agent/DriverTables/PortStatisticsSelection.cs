using System.Text;
using SriovPulse.Linux.Ethtool;

namespace SriovPulse.Agent.DriverTables;

/// <summary>A driver's port statistics found among the names that a netdev really has: made once per set of names, then read without searching.</summary>
public sealed class PortStatisticsSelection
{
    private readonly int[]? _receiveBytes;
    private readonly int[]? _transmitBytes;
    private readonly int[]? _receivePackets;
    private readonly int[]? _transmitPackets;

    /// <summary>Finds the statistics of <paramref name="row"/> among <paramref name="names"/>.</summary>
    public PortStatisticsSelection(PortStatistics row, StatisticNames names)
    {
        Names = names;
        _receiveBytes = Find(row.ReceiveBytes, names);
        _transmitBytes = Find(row.TransmitBytes, names);
        _receivePackets = Find(row.ReceivePackets, names);
        _transmitPackets = Find(row.TransmitPackets, names);
    }

    /// <summary>The names that this was made for. Values read under other names do not fit.</summary>
    public StatisticNames Names { get; }

    /// <summary>Whether the netdev has none of the statistics.</summary>
    public bool IsEmpty => _receiveBytes is null && _transmitBytes is null && _receivePackets is null && _transmitPackets is null;

    /// <summary>Takes the counters from one reading.</summary>
    /// <exception cref="ArgumentException">The reading has another number of values than there are names.</exception>
    public PortCounters Take(ReadOnlySpan<ulong> values)
    {
        if (values.Length != Names.Count)
        {
            throw new ArgumentException($"{values.Length} values do not belong to {Names.Count} names", nameof(values));
        }

        return new PortCounters(
            Sum(_receiveBytes, values), Sum(_transmitBytes, values), Sum(_receivePackets, values), Sum(_transmitPackets, values));
    }

    // A sum of which one part is missing would be a false number, so it is absent.
    private static int[]? Find(IReadOnlyList<string> wanted, StatisticNames names)
    {
        var indexes = new int[wanted.Count];
        for (var i = 0; i < indexes.Length; i++)
        {
            indexes[i] = names.IndexOf(Encoding.UTF8.GetBytes(wanted[i]));
            if (indexes[i] < 0)
            {
                return null;
            }
        }

        return indexes;
    }

    private static ulong? Sum(int[]? indexes, ReadOnlySpan<ulong> values)
    {
        if (indexes is null)
        {
            return null;
        }

        var sum = 0UL;
        foreach (var index in indexes)
        {
            sum += values[index];
        }

        return sum;
    }
}
