namespace SriovPulse.Linux.Sysfs;

/// <summary>What a PCI function is, from its configuration space; fixed for as long as the function exists.</summary>
/// <param name="Vendor">Vendor id.</param>
/// <param name="Device">Device id. A VF's reads as its PF's <c>sriov_vf_device</c>.</param>
/// <param name="SubsystemVendor">Subsystem vendor id.</param>
/// <param name="SubsystemDevice">Subsystem device id.</param>
/// <param name="Class">Class code of 24 bits: base class, subclass, programming interface (0x0200xx Ethernet, 0x0207xx InfiniBand).</param>
public readonly record struct PciIdentity(ushort Vendor, ushort Device, ushort SubsystemVendor, ushort SubsystemDevice, uint Class);
