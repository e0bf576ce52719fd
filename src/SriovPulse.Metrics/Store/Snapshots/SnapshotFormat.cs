namespace SriovPulse.Metrics.Store.Snapshots;

/// <summary>
/// The snapshot's format: the magic number with the version in its last byte, then sections. A section is its kind (1 byte), the payload's length
/// (8 bytes), the payload's CRC-32C (4 bytes), all little-endian, and the payload.
/// </summary>
internal static class SnapshotFormat
{
    /// <summary>Bytes of a section before its payload.</summary>
    public const int SectionHead = 13;

    /// <summary>How a snapshot begins. A change of the format counts the last byte up.</summary>
    public static ReadOnlySpan<byte> Magic => "SPulseS\x01"u8;
}
