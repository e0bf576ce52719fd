namespace SriovPulse.Linux.Sysfs;

/// <summary>Severity of errors in PCI Express' advanced error reporting.</summary>
public enum AerSeverity
{
    /// <summary>Corrected by hardware (<c>aer_dev_correctable</c>).</summary>
    Correctable,

    /// <summary>Lost a transaction, not the link (<c>aer_dev_nonfatal</c>).</summary>
    Nonfatal,

    /// <summary>The link is no longer reliable (<c>aer_dev_fatal</c>).</summary>
    Fatal,
}
