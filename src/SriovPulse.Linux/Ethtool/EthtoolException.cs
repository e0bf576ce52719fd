using SriovPulse.Linux.Interop;

namespace SriovPulse.Linux.Ethtool;

/// <summary>The kernel or a driver refused an ethtool ioctl for another reason than that there is nothing to tell.</summary>
public sealed class EthtoolException : Exception
{
    /// <summary>Tells what was tried and how the kernel answered.</summary>
    /// <param name="operation">What was tried, in words: <c>read the private statistics of eth0</c>.</param>
    /// <param name="errno">The error number, positive.</param>
    public EthtoolException(string operation, int errno)
        : base($"{operation}: {Errno.Describe(errno)} ({Errno.NameOf(errno)})")
    {
        Operation = operation;
        ErrorNumber = errno;
    }

    /// <summary>What was tried.</summary>
    public string Operation { get; }

    /// <summary>The kernel's error number, positive.</summary>
    public int ErrorNumber { get; }
}
