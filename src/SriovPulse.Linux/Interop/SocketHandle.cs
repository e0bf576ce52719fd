using Microsoft.Win32.SafeHandles;

namespace SriovPulse.Linux.Interop;

/// <summary>Owns a socket's (or an eventfd's) file descriptor.</summary>
internal sealed class SocketHandle : SafeHandleMinusOneIsInvalid
{
    public SocketHandle()
        : base(ownsHandle: true)
    {
    }

    protected override bool ReleaseHandle() => SocketCalls.Close(handle.ToInt32()) == 0;
}
