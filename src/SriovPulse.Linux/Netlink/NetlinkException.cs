using System.Globalization;
using System.Text;
using ErrorNumber = SriovPulse.Linux.Interop.Errno;

namespace SriovPulse.Linux.Netlink;

/// <summary>The kernel refused, or a call on the netlink socket failed.</summary>
public sealed class NetlinkException : Exception
{
    /// <summary>Tells what was tried and how the kernel answered.</summary>
    /// <param name="operation">What was tried, in words: <c>read link 3</c>.</param>
    /// <param name="errno">The error number, positive.</param>
    /// <param name="kernelMessage">Text of the extended acknowledgement, if the kernel sent one.</param>
    /// <param name="offset">Offset into the request of the attribute that the kernel objects to, if it said so.</param>
    /// <param name="sequence">Sequence number of the request, 0 when the failure belongs to none.</param>
    public NetlinkException(string operation, int errno, string? kernelMessage = null, int? offset = null, uint sequence = 0)
        : base(Format(operation, errno, kernelMessage, offset))
    {
        Operation = operation;
        Errno = errno;
        KernelMessage = kernelMessage;
        Offset = offset;
        Sequence = sequence;
    }

    /// <summary>What was tried.</summary>
    public string Operation { get; }

    /// <summary>The error number, positive; compare with <see cref="ErrorNumber"/>.</summary>
    public int Errno { get; }

    /// <summary>The error number's name, for example <c>EOPNOTSUPP</c>.</summary>
    public string ErrnoName => ErrorNumber.NameOf(Errno);

    /// <summary>The kernel's own explanation (extended acknowledgement), null when it gave none.</summary>
    public string? KernelMessage { get; }

    /// <summary>Offset into the request of what the kernel objects to, null when it did not say.</summary>
    public int? Offset { get; }

    /// <summary>Sequence number of the request.</summary>
    public uint Sequence { get; }

    private static string Format(string operation, int errno, string? kernelMessage, int? offset)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{operation}: {ErrorNumber.NameOf(errno)} ({ErrorNumber.Describe(errno)})");
        if (kernelMessage is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $", the kernel says \"{kernelMessage}\"");
        }

        if (offset is { } at)
        {
            text.Append(CultureInfo.InvariantCulture, $", about offset {at} of the request");
        }

        return text.ToString();
    }
}
