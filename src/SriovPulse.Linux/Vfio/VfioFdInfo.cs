using SriovPulse.Core;

namespace SriovPulse.Linux.Vfio;

/// <summary>Reads <c>/proc/PID/fdinfo/FD</c> of an open VFIO device (Documentation/filesystems/proc.rst, "VFIO Device files").</summary>
public static class VfioFdInfo
{
    /// <summary>The PCI device behind the descriptor; false when the kernel is too old to say, or it is no PCI device.</summary>
    public static bool TryGetAddress(ReadOnlySpan<byte> text, out PciAddress address)
    {
        address = default;
        var at = text.IndexOf("vfio-device-syspath:"u8);
        if (at < 0 || (at > 0 && text[at - 1] != '\n'))
        {
            return false;
        }

        var path = text[(at + "vfio-device-syspath:"u8.Length)..];
        var end = path.IndexOf((byte)'\n');
        path = (end < 0 ? path : path[..end]).Trim(" \t"u8);
        return PciAddress.TryParse(path[(path.LastIndexOf((byte)'/') + 1)..], out address);
    }
}
