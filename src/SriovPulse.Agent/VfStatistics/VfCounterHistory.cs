using SriovPulse.Core;

namespace SriovPulse.Agent.VfStatistics;

/// <summary>
/// What is remembered of one VF's counters, to tell a true zero from a failed reading. Pure.
/// Drivers answer a query with zeros while the VF or the firmware resets, and the kernel passes them on as success (rtnl_fill_vf ignores the result of
/// ndo_get_vf_stats). So zeros after something else, or at first sight, are withheld until they persist.
/// </summary>
internal struct VfCounterHistory
{
    /// <summary>So many readings of zeros in a row are needed at least before they are believed …</summary>
    public const int ZerosBelieved = 3;

    /// <summary>… and so much time: longer than firmware takes to recover, however often it is asked meanwhile.</summary>
    public const long ZerosBelievedMilliseconds = 30_000;

    private ulong _generation;
    private VfCounters _last;
    private VfStatisticsSource _source;
    private bool _isKnown;
    private bool _isMade;
    private int _zeros;
    private long _zerosSince;

    /// <summary>The history of a VF that has just been made.</summary>
    public static VfCounterHistory OfNew { get; } = new() { _isMade = true };

    /// <summary>When the counters started from zero, Unix time in milliseconds; 0 when nobody saw it, as for a VF that was there before the agent.</summary>
    public long CreatedUnixMilliseconds { get; private set; }

    /// <summary>Whether a counter other than zero has been seen since the VF was made.</summary>
    public bool HasSeenTraffic { get; private set; }

    /// <summary>Takes a reading in.</summary>
    /// <param name="reading">The counters as read.</param>
    /// <param name="generation">Changes when the VF is made anew.</param>
    /// <param name="source">Where they come from: another source's counters are other counters.</param>
    /// <param name="nowUnixMilliseconds">When they were read.</param>
    /// <param name="zeros">What it means when all are zero.</param>
    /// <returns>Why the reading must not be shown; <see cref="VfStatisticsReason.None"/> when it may.</returns>
    public VfStatisticsReason Observe(in VfCounters reading, ulong generation, VfStatisticsSource source, long nowUnixMilliseconds, VfZeros zeros)
    {
        var isMade = _isMade || (_isKnown && generation != _generation);
        if (!_isKnown || isMade || source != _source)
        {
            // Of a VF that was seen to be made, zeros are true at once; one that was there before, or another source's, may be in a reset.
            this = new VfCounterHistory
            {
                _isKnown = true,
                _generation = generation,
                _source = source,
                CreatedUnixMilliseconds = isMade ? nowUnixMilliseconds : 0,
            };
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

        if (zeros == VfZeros.Unproven && !HasSeenTraffic)
        {
            return VfStatisticsReason.Unproven;
        }

        var isDoubtful = HasSeenTraffic ? !_last.IsAllZero : CreatedUnixMilliseconds == 0;
        if (isDoubtful && zeros != VfZeros.True)
        {
            _zerosSince = _zeros++ == 0 ? nowUnixMilliseconds : _zerosSince;
            if (_zeros < ZerosBelieved || nowUnixMilliseconds - _zerosSince < ZerosBelievedMilliseconds)
            {
                return VfStatisticsReason.Resetting;
            }

            CreatedUnixMilliseconds = HasSeenTraffic ? nowUnixMilliseconds : CreatedUnixMilliseconds;
            _last = reading;
        }

        return VfStatisticsReason.None;
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
