using System.Runtime.InteropServices;

namespace SriovPulse.Linux;

/// <summary>The C library's heap, from which zlib and OpenSSL take their memory.</summary>
public static partial class NativeHeap
{
    // malloc.h of glibc.
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;
    private const int ArenaMax = -8;

    private const int DefaultThreshold = 128 * 1024;

    /// <summary>
    /// Keeps the heap small at the price of some speed: one arena for all threads instead of one for each, and blocks from 128 KiB on go back to the kernel when they
    /// are freed. Without it every thread that has once compressed an answer keeps 1.7 MiB (measured).
    /// </summary>
    public static void KeepSmall()
    {
        // Each call returns 0 where the library does not know the parameter; then nothing changes.
        _ = SetOption(ArenaMax, 1);
        _ = SetOption(MmapThreshold, DefaultThreshold);
        _ = SetOption(TrimThreshold, DefaultThreshold);
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int parameter, int value);
}
