using System.Runtime.InteropServices;

namespace SriovPulse.Linux.Interop;

/// <summary>
/// The calls that walking procfs takes. Paths are bytes that end in NUL: a walk over every descriptor of every process would otherwise make
/// tens of thousands of strings. Each returns what the call returned, or the negated error number.
/// </summary>
internal static unsafe partial class ProcCalls
{
    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int ESRCH = 3;
    public const int EINTR = 4;
    public const int EACCES = 13;
    public const int ENOTDIR = 20;

    // The same on x86-64 and arm64, unlike O_DIRECTORY, which is therefore not used.
    private const int O_CLOEXEC = 0x80000;

    /// <summary>Offset of <c>d_reclen</c> in <c>struct linux_dirent64</c> (include/linux/dirent.h).</summary>
    public const int DirentLengthOffset = 16;

    /// <summary>Offset of <c>d_name</c> in <c>struct linux_dirent64</c>.</summary>
    public const int DirentNameOffset = 19;

    public static int Open(ReadOnlySpan<byte> path)
    {
        fixed (byte* p = path)
        {
            int result;
            do
            {
                result = ErrnoOf(open(p, O_CLOEXEC));
            }
            while (result == -EINTR);
            return result;
        }
    }

    public static int Read(int descriptor, Span<byte> buffer)
    {
        fixed (byte* p = buffer)
        {
            int result;
            do
            {
                result = ErrnoOf((int)read(descriptor, p, (nuint)buffer.Length));
            }
            while (result == -EINTR);
            return result;
        }
    }

    public static int ReadEntries(int directory, Span<byte> buffer)
    {
        fixed (byte* p = buffer)
        {
            return ErrnoOf((int)getdents64(directory, p, (nuint)buffer.Length));
        }
    }

    public static int ReadLinkAt(int directory, ReadOnlySpan<byte> name, Span<byte> target)
    {
        fixed (byte* p = name)
        fixed (byte* t = target)
        {
            return ErrnoOf((int)readlinkat(directory, p, t, (nuint)target.Length));
        }
    }

    // Linux releases the descriptor whatever close(2) returns, so there is nothing to repeat or report.
    public static void Close(int descriptor) => _ = close(descriptor);

    private static int ErrnoOf(int result) => result >= 0 ? result : -Marshal.GetLastPInvokeError();

    [LibraryImport("libc", SetLastError = true)]
    private static partial int open(byte* path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(int descriptor, byte* buffer, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint getdents64(int descriptor, byte* buffer, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint readlinkat(int directory, byte* name, byte* target, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);
}
