namespace SriovPulse.Linux.Ethtool;

/// <summary>What a netdev's driver says of itself. Texts are empty where it says nothing.</summary>
/// <param name="Driver">Name of the driver.</param>
/// <param name="Version">Its version; the kernel's where it has none of its own.</param>
/// <param name="FirmwareVersion">Version of the device's firmware.</param>
/// <param name="BusInfo">Address on its bus, a PCI address for most.</param>
public readonly record struct DriverInformation(string Driver, string Version, string FirmwareVersion, string BusInfo);
