namespace SriovPulse.Linux.Files;

/// <summary>How a read of a kernel attribute ended. Absence is an ordinary answer, because drivers differ; so it is a value, not an exception.</summary>
public enum ReadStatus
{
    /// <summary>Nothing has been read. The first of the statuses, so that a default <see cref="FileValue{T}"/> is no false zero.</summary>
    NotRead,

    /// <summary>The value was read.</summary>
    Ok,

    /// <summary>There is no such file, directory or link (ENOENT, ENOTDIR).</summary>
    Missing,

    /// <summary>This process may not read it (EACCES, EPERM).</summary>
    Denied,

    /// <summary>The device went away between open and read (ENODEV, ENXIO, ESTALE).</summary>
    Vanished,

    /// <summary>The driver does not tell this value, or not in the device's present state (EOPNOTSUPP, EINVAL, ENOSYS, a literal "Unknown").</summary>
    Unsupported,

    /// <summary>The file was read and its content has another form than the kernel documents, or a directory stands where a file should.</summary>
    Malformed,

    /// <summary>The content is longer than the caller's buffer, which holds its beginning.</summary>
    TooLong,

    /// <summary>This process or host is out of descriptors or memory (EMFILE, ENFILE, ENOMEM).</summary>
    Exhausted,

    /// <summary>The device is there and could not answer: EIO, EBUSY, EAGAIN and every other error number.</summary>
    Failed,

    /// <summary>A read with a deadline has not ended in time.</summary>
    TimedOut,
}
