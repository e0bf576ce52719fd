using System.Runtime.InteropServices;
using SriovPulse.Linux.Files;

namespace SriovPulse.Linux.Interop;

/// <summary>What an error number of a file call means to a reader of kernel attributes.</summary>
internal static class FileErrors
{
    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int EINTR = 4;
    public const int ENXIO = 6;
    public const int ENOMEM = 12;
    public const int EACCES = 13;
    public const int ENODEV = 19;
    public const int ENOTDIR = 20;
    public const int EISDIR = 21;
    public const int EINVAL = 22;
    public const int ENFILE = 23;
    public const int EMFILE = 24;
    public const int ENOSYS = 38;
    public const int EOPNOTSUPP = 95;
    public const int ESTALE = 116;

    /// <summary>Errno of the call just made.</summary>
    public static int Last => Marshal.GetLastPInvokeError();

    /// <summary>
    /// kernfs answers ENODEV when a node's device went away between open and read (fs/kernfs/file.c, <c>kernfs_get_active</c>), drivers ENXIO, and
    /// network file systems ESTALE. EIO is no such case: a driver returns it while its device is there and its firmware does not answer. EINVAL is
    /// what drivers return for a value that they do not have, such as the speed of a link that is down (net/core/net-sysfs.c, <c>speed_show</c>).
    /// </summary>
    public static ReadStatus ToStatus(int errno) => errno switch
    {
        ENOENT or ENOTDIR => ReadStatus.Missing,
        EACCES or EPERM => ReadStatus.Denied,
        ENODEV or ENXIO or ESTALE => ReadStatus.Vanished,
        EOPNOTSUPP or EINVAL or ENOSYS => ReadStatus.Unsupported,
        EISDIR => ReadStatus.Malformed,
        EMFILE or ENFILE or ENOMEM => ReadStatus.Exhausted,
        _ => ReadStatus.Failed,
    };
}
