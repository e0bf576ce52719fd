using System.Runtime.InteropServices;

namespace SriovPulse.Benchmarks.Floor;

/// <summary>The system calls of the floor, without a framework between.</summary>
internal static partial class Libc
{
    public const int ReadOnly = 0;
    public const int Directory = 0x10000;
    public const int CloseOnExec = 0x80000;
    public const int CurrentDirectory = -100;
    private const int InternetFamily = 2;
    private const int Stream = 1;

    /// <summary>A listening socket on 127.0.0.1.</summary>
    public static int Listen(ushort port)
    {
        // struct sockaddr_in: family, port and address in network order, 8 bytes of padding.
        Span<byte> address = [InternetFamily, 0, (byte)(port >> 8), (byte)port, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
        Span<byte> yes = [1, 0, 0, 0];
        var socket = Check(Socket(InternetFamily, Stream | CloseOnExec, 0));
        Check(SetSocketOption(socket, 1, 2, yes, 4));
        Check(Bind(socket, address, (uint)address.Length));
        Check(Listen(socket, 16));
        return socket;
    }

    /// <summary>Throws with errno when a call failed.</summary>
    public static int Check(int result) =>
        result >= 0 ? result : throw new IOException($"system call failed: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int directory, ReadOnlySpan<byte> path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int file, Span<byte> buffer, nint count);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    public static partial nint ReadAt(int file, Span<byte> buffer, nint count, long offset);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int file, ReadOnlySpan<byte> buffer, nint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int file);

    /// <summary>Takes a connection whose small writes are not held back (TCP_NODELAY).</summary>
    public static int Accept(int listener)
    {
        Span<byte> yes = [1, 0, 0, 0];
        var socket = Check(Accept(listener, 0, 0));
        Check(SetSocketOption(socket, 6, 1, yes, 4));
        return socket;
    }

    [LibraryImport("libc", EntryPoint = "accept", SetLastError = true)]
    private static partial int Accept(int socket, nint address, nint length);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetSocketOption(int socket, int level, int name, ReadOnlySpan<byte> value, uint length);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(int socket, ReadOnlySpan<byte> address, uint length);

    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
    private static partial int Listen(int socket, int backlog);
}
