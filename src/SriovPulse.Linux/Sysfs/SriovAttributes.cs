using SriovPulse.Linux.Files;

namespace SriovPulse.Linux.Sysfs;

/// <summary>
/// SR-IOV attributes of a PF that are answered from memory. Not among them: <c>sriov_numvfs</c> and <c>sriov_vf_total_msix</c>, which take the
/// device's lock and so block while VFs are made or a driver probes (drivers/pci/iov.c); count the VFs.
/// </summary>
/// <param name="TotalVfs">How many VFs can be enabled.</param>
/// <param name="Offset">Distance of VF 0's routing id from the PF's.</param>
/// <param name="Stride">Distance of neighbouring VFs' routing ids.</param>
/// <param name="VfDevice">PCI device id of the VFs.</param>
/// <param name="DriversAutoprobe">Whether new VFs get a driver by themselves.</param>
public readonly record struct SriovAttributes(
    FileValue<int> TotalVfs,
    FileValue<int> Offset,
    FileValue<int> Stride,
    FileValue<ushort> VfDevice,
    FileValue<bool> DriversAutoprobe);
