using SriovPulse.Linux.Files;

namespace SriovPulse.Linux.Sysfs;

/// <summary>
/// Devices of the kernel's network simulator: PFs with VFs that are no PCI functions, so they have no <c>virtfnN</c> links. For one thread at a time.
/// </summary>
/// <param name="root">The root file system to read below.</param>
public sealed class NetdevsimBus(DirectoryHandle root) : IDisposable
{
    private const string DevicesPath = "sys/bus/netdevsim/devices";

    private readonly DeviceDirectory _devices = new(root, DevicesPath);

    /// <summary>A device's directory below the root.</summary>
    public static string DevicePath(string device) => $"{DevicesPath}/{device}";

    /// <inheritdoc/>
    public void Dispose() => _devices.Dispose();

    /// <summary>Lists the devices' names (<c>netdevsim1</c>); <see cref="ReadStatus.Missing"/> where the module is not loaded.</summary>
    public ReadStatus ReadDevices(List<string> devices)
    {
        // The bus leaves with its module, and a descriptor of it would stay empty for ever.
        _devices.Close();
        return _devices.ReadNames(devices);
    }

    /// <summary>Lists a device's netdevs: one per port and, in switchdev mode, the VFs' representors.</summary>
    public ReadStatus ReadNetdevs(string device, List<string> netdevs) => _devices.ReadNames(new DeviceName(device), "net"u8, netdevs);

    /// <summary>How many VFs there are. Unlike PCI's attribute of this name, this one takes no lock (drivers/net/netdevsim/bus.c).</summary>
    public FileValue<int> ReadVfCount(string device) => _devices.ReadInt32(new DeviceName(device), "sriov_numvfs"u8);
}
