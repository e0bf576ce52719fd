using System.Globalization;
using System.Runtime.InteropServices;

namespace SriovPulse.Linux.Interop;

/// <summary>Error numbers of the Linux kernel (include/uapi/asm-generic/errno*.h; the same on x86-64 and arm64).</summary>
public static class Errno
{
    /// <summary>Operation not permitted.</summary>
    public const int EPERM = 1;

    /// <summary>No such file, directory or (generic netlink) family.</summary>
    public const int ENOENT = 2;

    /// <summary>Interrupted.</summary>
    public const int EINTR = 4;

    /// <summary>Input/output error.</summary>
    public const int EIO = 5;

    /// <summary>Try again; a receive that timed out.</summary>
    public const int EAGAIN = 11;

    /// <summary>Permission denied.</summary>
    public const int EACCES = 13;

    /// <summary>Device or resource busy.</summary>
    public const int EBUSY = 16;

    /// <summary>No such device.</summary>
    public const int ENODEV = 19;

    /// <summary>Invalid argument.</summary>
    public const int EINVAL = 22;

    /// <summary>Numerical result out of range.</summary>
    public const int ERANGE = 34;

    /// <summary>No data available.</summary>
    public const int ENODATA = 61;

    /// <summary>Message too long.</summary>
    public const int EMSGSIZE = 90;

    /// <summary>The device or driver does not support the operation.</summary>
    public const int EOPNOTSUPP = 95;

    /// <summary>The receive queue overflowed and messages were lost.</summary>
    public const int ENOBUFS = 105;

    /// <summary>The kernel's name of an error number, for example <c>EOPNOTSUPP</c>; <c>errno 999</c> where it has none here.</summary>
    public static string NameOf(int errno) => errno switch
    {
        EPERM => nameof(EPERM),
        ENOENT => nameof(ENOENT),
        3 => "ESRCH",
        EINTR => nameof(EINTR),
        EIO => nameof(EIO),
        6 => "ENXIO",
        7 => "E2BIG",
        9 => "EBADF",
        EAGAIN => nameof(EAGAIN),
        12 => "ENOMEM",
        EACCES => nameof(EACCES),
        14 => "EFAULT",
        EBUSY => nameof(EBUSY),
        17 => "EEXIST",
        18 => "EXDEV",
        ENODEV => nameof(ENODEV),
        20 => "ENOTDIR",
        21 => "EISDIR",
        EINVAL => nameof(EINVAL),
        23 => "ENFILE",
        24 => "EMFILE",
        28 => "ENOSPC",
        30 => "EROFS",
        ERANGE => nameof(ERANGE),
        38 => "ENOSYS",
        40 => "ELOOP",
        ENODATA => nameof(ENODATA),
        62 => "ETIME",
        67 => "ENOLINK",
        71 => "EPROTO",
        74 => "EBADMSG",
        75 => "EOVERFLOW",
        EMSGSIZE => nameof(EMSGSIZE),
        92 => "ENOPROTOOPT",
        93 => "EPROTONOSUPPORT",
        EOPNOTSUPP => nameof(EOPNOTSUPP),
        97 => "EAFNOSUPPORT",
        98 => "EADDRINUSE",
        99 => "EADDRNOTAVAIL",
        100 => "ENETDOWN",
        104 => "ECONNRESET",
        ENOBUFS => nameof(ENOBUFS),
        107 => "ENOTCONN",
        110 => "ETIMEDOUT",
        111 => "ECONNREFUSED",
        116 => "ESTALE",
        121 => "EREMOTEIO",
        _ => string.Create(CultureInfo.InvariantCulture, $"errno {errno}"),
    };

    /// <summary>The C library's words for an error number.</summary>
    public static string Describe(int errno) => Marshal.GetPInvokeErrorMessage(errno);
}
