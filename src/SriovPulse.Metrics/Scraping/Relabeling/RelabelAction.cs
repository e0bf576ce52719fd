namespace SriovPulse.Metrics.Scraping.Relabeling;

/// <summary>What a relabelling rule does.</summary>
public enum RelabelAction
{
    /// <summary>Sets a label to what the replacement makes of a match.</summary>
    Replace,

    /// <summary>Drops what does not match.</summary>
    Keep,

    /// <summary>Drops what matches.</summary>
    Drop,

    /// <summary>Drops what differs from the target label.</summary>
    KeepEqual,

    /// <summary>Drops what equals the target label.</summary>
    DropEqual,

    /// <summary>Sets a label to a hash of the source modulo a number.</summary>
    HashMod,

    /// <summary>Copies labels whose name matches to other names.</summary>
    LabelMap,

    /// <summary>Removes labels whose name matches.</summary>
    LabelDrop,

    /// <summary>Removes labels whose name does not match.</summary>
    LabelKeep,

    /// <summary>Sets a label to the source in lower case.</summary>
    Lowercase,

    /// <summary>Sets a label to the source in upper case.</summary>
    Uppercase,
}
