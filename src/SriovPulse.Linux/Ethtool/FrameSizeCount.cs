namespace SriovPulse.Linux.Ethtool;

/// <summary>How many frames were in a range of sizes.</summary>
/// <param name="Low">Smallest size in bytes.</param>
/// <param name="High">Largest size in bytes.</param>
/// <param name="Frames">The frames.</param>
public readonly record struct FrameSizeCount(uint Low, uint High, ulong Frames);
