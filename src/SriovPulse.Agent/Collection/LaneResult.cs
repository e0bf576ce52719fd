using SriovPulse.Agent.Metrics;

namespace SriovPulse.Agent.Collection;

/// <summary>How a lane's last run stands.</summary>
internal enum LaneState
{
    /// <summary>Not run in this collection.</summary>
    Idle,

    /// <summary>Still running, perhaps since an earlier collection.</summary>
    Running,

    /// <summary>Finished; its samples may be taken.</summary>
    Finished,

    /// <summary>Ended in an exception.</summary>
    Failed,
}

/// <summary>What a lane has to say about the collection that asks.</summary>
/// <param name="State">Where the run stands.</param>
/// <param name="Duration">How long it took, or how long it has been running.</param>
/// <param name="Samples">The samples of a finished run; the taker gives them back.</param>
internal readonly record struct LaneResult(LaneState State, TimeSpan Duration, SampleBuffer? Samples);
