using SriovPulse.Linux.Interop;

namespace SriovPulse.Linux.Ethtool;

/// <summary>Carries ethtool commands to the kernel: an ioctl, or a scripted driver in tests.</summary>
internal interface IEthtoolDoor : IDisposable
{
    /// <summary>Has the kernel carry out the command in the buffer, which it overwrites with the answer.</summary>
    /// <returns>0, or the error number.</returns>
    int Invoke(string netdev, GuardedBuffer command);
}
