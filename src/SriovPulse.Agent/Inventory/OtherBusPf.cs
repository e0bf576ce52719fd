namespace SriovPulse.Agent.Inventory;

/// <summary>A PF that is no PCI function (netdevsim's).</summary>
/// <param name="Netdev">Name of its netdev.</param>
/// <param name="Bus">Its bus, which for netdevsim is also the driver's name.</param>
/// <param name="Device">Its name on the bus.</param>
/// <param name="VfCount">How many VFs it has.</param>
internal sealed record OtherBusPf(string Netdev, string Bus, string Device, int VfCount);
