using System.Globalization;
using SriovPulse.Core;

namespace SriovPulse.Linux.Vfio;

/// <summary>Which PCI devices stand behind VFIO's groups and character devices, from sysfs.</summary>
/// <param name="sysfs">Path of the sysfs mount, for example <c>/sys</c>.</param>
public sealed class VfioDevices(string sysfs)
{
    /// <summary>
    /// Devices of an IOMMU group that a holder of the group can use: those bound to a VFIO driver. Bridges and unbound functions of the group
    /// are no candidates (drivers/vfio/group.c and drivers/iommu/iommu.c: whoever holds a group has all of it to himself).
    /// </summary>
    /// <returns>Their addresses in order; null when the group cannot be read.</returns>
    public IReadOnlyList<PciAddress>? GroupMembers(int group)
    {
        var folder = Path.Combine(sysfs, "kernel/iommu_groups", group.ToString(CultureInfo.InvariantCulture), "devices");
        try
        {
            var members = new List<PciAddress>();
            foreach (var device in Directory.EnumerateFileSystemEntries(folder))
            {
                if (PciAddress.TryParse(Path.GetFileName(device.AsSpan()), out var address) && IsVfioDriver(DriverOf(address)))
                {
                    members.Add(address);
                }
            }

            members.Sort();
            return members;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Number N of a device's <c>/dev/vfio/devices/vfioN</c>; null when it has none.</summary>
    public int? CharacterDevice(PciAddress address)
    {
        try
        {
            foreach (var entry in Directory.EnumerateFileSystemEntries(Path.Combine(sysfs, "bus/pci/devices", address.ToString(), "vfio-dev")))
            {
                var name = Path.GetFileName(entry.AsSpan());
                if (name.StartsWith("vfio", StringComparison.Ordinal)
                    && int.TryParse(name["vfio".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                {
                    return number;
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // No such folder before Linux 6.1 and on devices not bound to VFIO: there is no character device then.
        }

        return null;
    }

    /// <summary>Whether a driver hands devices to user space by VFIO: <c>vfio-pci</c> and its variants such as <c>mlx5_vfio_pci</c>.</summary>
    public static bool IsVfioDriver(string driver) => driver.Contains("vfio", StringComparison.Ordinal);

    private string DriverOf(PciAddress address)
    {
        var link = new FileInfo(Path.Combine(sysfs, "bus/pci/devices", address.ToString(), "driver"));
        return Path.GetFileName(link.LinkTarget ?? string.Empty);
    }
}
