namespace SriovPulse.Linux.Files;

/// <summary>One entry of a directory, valid until the enumerator moves on.</summary>
/// <param name="name">Name in UTF-8.</param>
/// <param name="inode">Inode number of the entry itself, not of what a link points to.</param>
/// <param name="type">Its type.</param>
public readonly ref struct DirectoryEntry(ReadOnlySpan<byte> name, ulong inode, EntryType type)
{
    /// <summary>Name in UTF-8.</summary>
    public ReadOnlySpan<byte> Name { get; } = name;

    /// <summary>
    /// Inode number of the entry itself, not of what a link points to. sysfs gives a removed and recreated entry another one (fs/kernfs/dir.c,
    /// <c>idr_alloc_cyclic</c>), so it tells the two apart.
    /// </summary>
    public ulong Inode { get; } = inode;

    /// <summary>Its type.</summary>
    public EntryType Type { get; } = type;
}
