namespace SriovPulse.Agent.Collectors;

/// <summary>How a collector's run ended, other than by an exception, which is a failure.</summary>
public enum CollectOutcome
{
    /// <summary>It has told what there is to tell.</summary>
    Collected,

    /// <summary>There is nothing of its kind on this host; that is no failure.</summary>
    NoData,
}
