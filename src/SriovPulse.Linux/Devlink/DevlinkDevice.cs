using SriovPulse.Core;

namespace SriovPulse.Linux.Devlink;

/// <summary>A device that devlink knows, by its handle.</summary>
/// <param name="Bus">Its bus: <c>pci</c>, <c>auxiliary</c>, <c>netdevsim</c>.</param>
/// <param name="Name">Its name on that bus; on PCI its address.</param>
public readonly record struct DevlinkDevice(string Bus, string Name)
{
    /// <summary>The device's PCI address; null on another bus.</summary>
    public PciAddress? Address => Bus == "pci" && PciAddress.TryParse(Name.AsSpan(), out var address) ? address : null;

    /// <summary>The handle of a PCI function.</summary>
    public static DevlinkDevice OfPci(PciAddress address) => new("pci", address.ToString());

    /// <summary><c>pci/0000:3b:00.0</c>, as the devlink tool writes it.</summary>
    public override string ToString() => $"{Bus}/{Name}";
}
