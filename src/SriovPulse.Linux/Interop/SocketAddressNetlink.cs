using System.Runtime.InteropServices;

namespace SriovPulse.Linux.Interop;

/// <summary><c>struct sockaddr_nl</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SocketAddressNetlink
{
    public const int Size = 12;

    public ushort Family;
    public ushort Padding;
    public uint PortId;
    public uint Groups;
}
