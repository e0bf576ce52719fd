using System.Runtime.InteropServices;

namespace SriovPulse.Linux.Interop;

/// <summary><c>struct timeval</c> of a 64-bit system.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeValue
{
    public long Seconds;
    public long Microseconds;
}
