using System.Runtime.InteropServices;
using SriovPulse.Linux.Files;

namespace SriovPulse.Linux.Interop;

/// <summary>
/// The file calls of the C library. Each returns -1 and leaves errno for <see cref="Marshal.GetLastPInvokeError"/> when it fails. Short-lived
/// descriptors are plain numbers: a handle object per read would be the only allocation on the path that reads counters.
/// </summary>
internal static unsafe partial class FileCalls
{
    /// <summary>Resolve from the working directory.</summary>
    public const int AT_FDCWD = -100;

    public const int O_RDONLY = 0;
    public const int O_CLOEXEC = 0x80000;
    public const int O_PATH = 0x200000;

    /// <summary>One of the flags that differ: arch/arm64/include/uapi/asm/fcntl.h against include/uapi/asm-generic/fcntl.h.</summary>
    public static readonly int O_DIRECTORY = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000 : 0x10000;

    // glibc has a getdents64 function only since 2.30; the call's number: include/uapi/asm-generic/unistd.h and arch/x86/entry/syscalls/syscall_64.tbl.
    private static readonly nint s_getdents64 = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 61 : 217;

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int directory, byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(DirectoryHandle directory, byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int fd, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int fd);

    [LibraryImport("libc", EntryPoint = "readlinkat", SetLastError = true)]
    public static partial nint ReadLinkAt(DirectoryHandle directory, byte* path, byte* buffer, nuint size);

    [LibraryImport("libc", EntryPoint = "readlinkat", SetLastError = true)]
    public static partial nint ReadLinkAt(int directory, byte* path, byte* buffer, nuint size);

    /// <summary>Fills the buffer with <c>struct linux_dirent64</c> records; 0 at the end.</summary>
    public static nint ReadDirectory(int fd, byte* buffer, nuint count) => SystemCall(s_getdents64, fd, buffer, count);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, int fd, byte* buffer, nuint count);
}
