using SriovPulse.Core;

namespace SriovPulse.Agent.DriverTables;

/// <summary>What a driver tells about its VFs through rtnetlink's per-VF counters.</summary>
/// <param name="Driver">Kernel name of the driver bound to the PF; empty for a driver that is not known.</param>
/// <param name="Trust">Whether its zeros are to be believed.</param>
/// <param name="Counters">The counters that it fills in.</param>
public sealed record VfStatisticsCapability(string Driver, VfStatisticsTrust Trust, IReadOnlySet<VfCounter> Counters)
{
    /// <summary>When they are brought up to date.</summary>
    public VfStatisticsRefresh Refresh { get; init; } = VfStatisticsRefresh.AtRead;

    /// <summary>Whether a reading may be used at all, given whether this VF, or another of the same PF, has ever had a counter other than zero.</summary>
    public bool IsBelievable(bool nonZeroSeen) => Trust == VfStatisticsTrust.Filled || nonZeroSeen;

    /// <summary>
    /// Removes from a reading the zeros that are none: counters that the driver does not fill in. A value other than zero always stays, as it can only
    /// come from the driver.
    /// </summary>
    /// <returns>False when nothing of the reading may be used.</returns>
    public bool RemoveFalseZeros(ref VfCounters reading, bool nonZeroSeen)
    {
        var believable = IsBelievable(nonZeroSeen || !reading.IsAllZero);
        for (var counter = VfCounter.ReceiveBytes; counter <= VfCounter.TransmitDroppedPackets; counter++)
        {
            if (!believable || (!Counters.Contains(counter) && reading.TryGet(counter, out var value) && value == 0))
            {
                reading.Remove(counter);
            }
        }

        return believable;
    }
}
