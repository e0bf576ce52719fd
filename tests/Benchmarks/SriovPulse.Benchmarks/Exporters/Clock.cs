using System.Runtime.InteropServices;

namespace SriovPulse.Benchmarks.Exporters;

/// <summary>
/// CPU time of another process in nanoseconds, ended threads included. <c>/proc/PID/stat</c> would tell it in ticks of 10 ms.
/// </summary>
internal static partial class Clock
{
    private const int ScheduledTime = 2;

    /// <summary>User and system time that the process has used.</summary>
    public static TimeSpan CpuTime(int process)
    {
        // Clock id of a process: include/linux/posix-timers_types.h, ~pid << 3 | CPUCLOCK_SCHED.
        return GetTime((~process << 3) | ScheduledTime, out var time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0)
            : throw new InvalidOperationException($"no CPU clock of process {process}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int GetTime(int clock, out TimeSpecification time);

    private struct TimeSpecification
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
