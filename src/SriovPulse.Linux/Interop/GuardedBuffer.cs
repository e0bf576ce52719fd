using System.Runtime.InteropServices;
using SriovPulse.Linux.Ethtool;
using static SriovPulse.Linux.Interop.EthtoolIoctlConstants;

namespace SriovPulse.Linux.Interop;

/// <summary>
/// Memory of a fixed size for the kernel to write into, whose end touches a page that nobody may touch. The ethtool ioctl writes as many values as the
/// driver has at that moment, not as many as the caller has room for (ethtool_get_stats in net/ethtool/ioctl.c; only kernels of 2026 compare the two):
/// with the guard page, one value too many is an EFAULT and not somebody else's memory.
/// </summary>
internal sealed unsafe class GuardedBuffer : SafeHandle
{
    private readonly nuint _mapped;
    private readonly int _offset;

    /// <summary>Maps the memory, all zero.</summary>
    /// <param name="size">Size in bytes, a multiple of four; of eight for the values in it to be aligned.</param>
    public GuardedBuffer(int size)
        : base(-1, ownsHandle: true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        var page = Environment.SystemPageSize;
        var usable = (int)((size + (long)page - 1) / page * page);
        _mapped = (nuint)usable + (nuint)page;
        _offset = usable - size;
        Size = size;
        SetHandle(EthtoolCalls.Map(0, _mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
        if (IsInvalid || EthtoolCalls.Protect(handle + usable, (nuint)page, PROT_NONE) < 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            Dispose();
            throw new EthtoolException($"map {size} bytes for an ethtool ioctl", errno);
        }
    }

    /// <summary>Size in bytes.</summary>
    public int Size { get; }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == -1;

    /// <summary>Where it is.</summary>
    public nint Address => handle + _offset;

    /// <summary>Its bytes; not to be used after <see cref="SafeHandle.Dispose()"/>.</summary>
    public Span<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return new Span<byte>((void*)Address, Size);
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => EthtoolCalls.Unmap(handle, _mapped) == 0;
}
