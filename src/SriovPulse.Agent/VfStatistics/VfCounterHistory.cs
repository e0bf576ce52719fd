using SriovPulse.Core;

namespace SriovPulse.Agent.VfStatistics;

/// <summary>
/// What is remembered of one VF's counters, to tell a true zero from a failed reading. Pure.
/// Drivers answer a query with zeros while the VF or the firmware resets, and the kernel passes them on as success (rtnl_fill_vf ignores the result of
/// ndo_get_vf_stats). So zeros after something else are withheld until they persist.
/// </summary>
internal struct VfCounterHistory
{
    /// <summary>So many readings of zeros in a row are believed: the VF was reset and has been silent since.</summary>
    public const int ZerosBelieved = 3;

    private ulong _generation;
    private VfCounters _last;
    private int _zeros;

    /// <summary>When the counters started from zero, as far as was seen; Unix time in milliseconds.</summary>
    public long CreatedUnixMilliseconds { get; private set; }

    /// <summary>Whether a counter other than zero has been seen since the VF was made.</summary>
    public bool HasSeenTraffic { get; private set; }

    /// <summary>Takes a reading in.</summary>
    /// <param name="reading">The counters as read.</param>
    /// <param name="generation">Changes when the VF is made anew.</param>
    /// <param name="nowUnixMilliseconds">When they were read.</param>
    /// <param name="trusted">Whether the driver is known to fill these counters; when not, zeros mean nothing until traffic is seen.</param>
    /// <returns>Why the reading must not be shown; <see cref="VfStatisticsReason.None"/> when it may.</returns>
    public VfStatisticsReason Observe(in VfCounters reading, ulong generation, long nowUnixMilliseconds, bool trusted)
    {
        if (CreatedUnixMilliseconds == 0 || generation != _generation)
        {
            this = new VfCounterHistory { _generation = generation, CreatedUnixMilliseconds = nowUnixMilliseconds };
        }

        if (!reading.IsAllZero)
        {
            if (HasFallen(reading))
            {
                CreatedUnixMilliseconds = nowUnixMilliseconds;
            }

            HasSeenTraffic = true;
            _zeros = 0;
            _last = reading;
            return VfStatisticsReason.None;
        }

        if (HasSeenTraffic && !_last.IsAllZero)
        {
            if (++_zeros < ZerosBelieved)
            {
                return VfStatisticsReason.Resetting;
            }

            CreatedUnixMilliseconds = nowUnixMilliseconds;
            _last = reading;
        }

        return trusted || HasSeenTraffic ? VfStatisticsReason.None : VfStatisticsReason.Unproven;
    }

    private readonly bool HasFallen(in VfCounters reading)
    {
        for (var counter = (VfCounter)0; (int)counter < VfCounters.Count; counter++)
        {
            if (_last.TryGet(counter, out var before) && reading.TryGet(counter, out var now) && now < before)
            {
                return true;
            }
        }

        return false;
    }
}
