using System.Buffers.Text;

namespace SriovPulse.Linux.Vfio;

/// <summary>What a descriptor's link in <c>/proc/PID/fd</c> says about VFIO.</summary>
/// <param name="Kind">Kind of VFIO file.</param>
/// <param name="Number">Number of the group or character device; 0 for an open device.</param>
public readonly record struct VfioLink(VfioLinkKind Kind, int Number)
{
    /// <summary>Reads the target of a link.</summary>
    public static VfioLink Parse(ReadOnlySpan<byte> target)
    {
        // libvirt removes the nodes of its private /dev when it unplugs; what is open stays open.
        if (target.EndsWith(" (deleted)"u8))
        {
            target = target[..^" (deleted)"u8.Length];
        }

        if (target.SequenceEqual("anon_inode:[vfio-device]"u8))
        {
            return new(VfioLinkKind.Device, 0);
        }

        if (target.StartsWith("/dev/vfio/devices/vfio"u8))
        {
            return Numbered(target["/dev/vfio/devices/vfio"u8.Length..], VfioLinkKind.CharacterDevice);
        }

        // "/dev/vfio/vfio" is the container, which says nothing about devices; "noiommu-N" groups have no IOMMU group behind them.
        return target.StartsWith("/dev/vfio/"u8) ? Numbered(target["/dev/vfio/"u8.Length..], VfioLinkKind.Group) : default;
    }

    private static VfioLink Numbered(ReadOnlySpan<byte> digits, VfioLinkKind kind) =>
        Utf8Parser.TryParse(digits, out int number, out var used) && used == digits.Length && number >= 0 ? new(kind, number) : default;
}
