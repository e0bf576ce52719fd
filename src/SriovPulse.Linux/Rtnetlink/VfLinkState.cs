namespace SriovPulse.Linux.Rtnetlink;

/// <summary>How a VF's link follows that of its PF.</summary>
public enum VfLinkState
{
    /// <summary>Up when the PF's is.</summary>
    Auto,

    /// <summary>Always up.</summary>
    Enabled,

    /// <summary>Always down.</summary>
    Disabled,
}
