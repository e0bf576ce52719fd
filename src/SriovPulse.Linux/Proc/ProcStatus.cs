namespace SriovPulse.Linux.Proc;

/// <summary>How reading something below <c>/proc</c> ended.</summary>
public enum ProcStatus
{
    /// <summary>It was read.</summary>
    Ok,

    /// <summary>It is not there: the process has ended, or there is no such file.</summary>
    Gone,

    /// <summary>The kernel refuses it to this user.</summary>
    Denied,

    /// <summary>Any other error.</summary>
    Failed,
}
