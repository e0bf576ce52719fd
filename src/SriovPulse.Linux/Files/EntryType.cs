namespace SriovPulse.Linux.Files;

/// <summary>Type of a directory's entry (include/linux/fs_types.h).</summary>
public enum EntryType : byte
{
    /// <summary>The file system does not tell.</summary>
    Unknown = 0,

    /// <summary>Named pipe.</summary>
    Pipe = 1,

    /// <summary>Character device.</summary>
    CharacterDevice = 2,

    /// <summary>Directory.</summary>
    Directory = 4,

    /// <summary>Block device.</summary>
    BlockDevice = 6,

    /// <summary>Regular file, as every attribute is.</summary>
    File = 8,

    /// <summary>Symbolic link.</summary>
    SymbolicLink = 10,

    /// <summary>Socket.</summary>
    Socket = 12,
}
