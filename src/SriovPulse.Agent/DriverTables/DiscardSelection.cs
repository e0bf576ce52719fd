using SriovPulse.Linux.Ethtool;

namespace SriovPulse.Agent.DriverTables;

/// <summary>A driver's discard statistics found among the names that a netdev really has: made once per set of names, then read without searching.</summary>
public sealed class DiscardSelection
{
    /// <summary>Length of the sums: one per direction and reason.</summary>
    public const int SlotCount = 2 * DiscardReasons.Count;

    private readonly (int Index, int Slot)[] _statistics;
    private readonly bool[] _present = new bool[SlotCount];

    /// <summary>Finds the statistics of <paramref name="row"/> among <paramref name="names"/>.</summary>
    public DiscardSelection(DiscardStatistics row, StatisticNames names)
    {
        Names = names;
        var found = new List<(int, int)>();
        for (var i = 0; i < names.Count; i++)
        {
            foreach (var statistic in row.All)
            {
                if (statistic.Matches(names[i]))
                {
                    var slot = Slot(statistic.Direction, statistic.Reason);
                    found.Add((i, slot));
                    _present[slot] = true;
                    break;
                }
            }
        }

        _statistics = [.. found];
    }

    /// <summary>The names that this was made for. Values read under other names do not fit.</summary>
    public StatisticNames Names { get; }

    /// <summary>Whether the netdev has none of the statistics.</summary>
    public bool IsEmpty => _statistics.Length == 0;

    /// <summary>Where in the sums a direction and reason is.</summary>
    public static int Slot(TrafficDirection direction, DiscardReason reason) => ((int)direction * DiscardReasons.Count) + (int)reason;

    /// <summary>Whether the netdev tells this direction and reason at all. What it does not tell is absent, not zero.</summary>
    public bool IsPresent(TrafficDirection direction, DiscardReason reason) => _present[Slot(direction, reason)];

    /// <summary>Adds up one reading by direction and reason.</summary>
    /// <param name="values">The reading.</param>
    /// <param name="sums"><see cref="SlotCount"/> sums, overwritten.</param>
    /// <exception cref="ArgumentException">The reading has another number of values than there are names, or the sums another length.</exception>
    public void Sum(ReadOnlySpan<ulong> values, Span<ulong> sums)
    {
        if (values.Length != Names.Count)
        {
            throw new ArgumentException($"{values.Length} values do not belong to {Names.Count} names", nameof(values));
        }

        if (sums.Length != SlotCount)
        {
            throw new ArgumentException($"there are {SlotCount} sums, not {sums.Length}", nameof(sums));
        }

        sums.Clear();
        foreach (var (index, slot) in _statistics)
        {
            sums[slot] += values[index];
        }
    }
}
