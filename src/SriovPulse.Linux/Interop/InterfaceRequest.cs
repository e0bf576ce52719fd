using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SriovPulse.Linux.Interop;

/// <summary><c>struct ifreq</c> of a 64-bit system, with <c>ifr_data</c> of its union.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct InterfaceRequest
{
    public NameField Name;
    public nint Data;
    private readonly long _union1;
    private readonly long _union2;

    [InlineArray(EthtoolIoctlConstants.IFNAMSIZ)]
    public struct NameField
    {
        private byte _first;
    }
}
