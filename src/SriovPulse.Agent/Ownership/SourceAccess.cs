namespace SriovPulse.Agent.Ownership;

/// <summary>Whether a source of ownership could be read.</summary>
public enum SourceAccess
{
    /// <summary>There is no such source on this host, or nothing asked for it: neither good nor bad.</summary>
    NotPresent,

    /// <summary>Asked, and the first answer is not there yet.</summary>
    Pending,

    /// <summary>Read in full.</summary>
    Readable,

    /// <summary>Refused, in whole or in part, for lack of rights; <c>denied</c> in labels.</summary>
    Denied,

    /// <summary>Something in it could not be understood; <c>malformed</c> in labels.</summary>
    Malformed,

    /// <summary>It did not answer in time; <c>timeout</c> in labels.</summary>
    TimedOut,

    /// <summary>Any other failure; <c>error</c> in labels.</summary>
    Failed,
}
