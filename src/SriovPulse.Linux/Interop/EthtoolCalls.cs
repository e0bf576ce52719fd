using System.Runtime.InteropServices;

namespace SriovPulse.Linux.Interop;

/// <summary>The C library's calls for the ethtool ioctl. Each leaves errno for <see cref="Marshal.GetLastPInvokeError"/> when it fails.</summary>
internal static partial class EthtoolCalls
{
    // Variadic in C; on the supported ABIs (x86-64, AAPCS64 on Linux) an integer argument is passed the same way.
    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Ioctl(SocketHandle socket, nuint request, ref InterfaceRequest argument);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static partial nint Map(nint address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    public static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    public static partial int Unmap(nint address, nuint length);
}
