using System.Globalization;
using SriovPulse.Agent.Configuration;
using SriovPulse.Agent.Metrics;
using SriovPulse.Core;
using SriovPulse.Linux.Sysfs;

namespace SriovPulse.Agent.Inventory;

/// <summary>Puts an inventory together from what was read.</summary>
internal sealed class InventoryBuilder(LinkDirectory links, PhysicalFunctionOptions selection)
{
    private readonly List<PhysicalFunction> _pfs = [];
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);
    private int _vfCount;

    /// <summary>Adds a PCI PF.</summary>
    public void Add(PfState pf, string? ownNetdev)
    {
        var known = links.TryGet(pf.Address.ToString(), out var link);
        var netdev = known ? link.Name : ownNetdev;
        if (!selection.Admits(netdev, pf.Address.ToString()))
        {
            return;
        }

        var label = Label(netdev, pf.Address.ToString());

        var vfs = new List<VirtualFunction>(pf.Links.Count);
        for (var i = 0; i < pf.Links.Count; i++)
        {
            var (index, generation, address) = pf.Links[i];
            var facts = pf.Vfs[i];
            var vfNetdev = address is { } a && links.TryGet(a.ToString(), out var vfLink) ? vfLink.Name : null;
            vfs.Add(Vf(label, index, address, generation, facts, vfNetdev));
        }

        _pfs.Add(new PhysicalFunction
        {
            Ordinal = _pfs.Count,
            Address = pf.Address,
            Netdev = netdev,
            IfIndex = known ? link.IfIndex : 0,
            Driver = pf.Driver,
            DevicePath = pf.DevicePath,
            VendorId = pf.VendorId,
            DeviceId = pf.DeviceId,
            NumaNode = pf.NumaNode,
            SupportedVfs = pf.SupportedVfs,
            VirtualFunctions = vfs,
            Label = label,
            Labels = LabelSet.Create(("pf", label)),
        });
    }

    /// <summary>Adds a PF of another bus.</summary>
    public void Add(OtherBusPf pf)
    {
        if (!selection.Admits(pf.Netdev, null))
        {
            return;
        }

        var label = Label(pf.Netdev, pf.Device);
        var vfs = new List<VirtualFunction>(pf.VfCount);
        for (var index = 0; index < pf.VfCount; index++)
        {
            vfs.Add(Vf(label, index, null, 0, new(string.Empty, null, null), null));
        }

        _pfs.Add(new PhysicalFunction
        {
            Ordinal = _pfs.Count,
            Address = null,
            Netdev = pf.Netdev,
            IfIndex = links.TryGet(pf.Device, out var link) ? link.IfIndex : 0,
            Driver = pf.Bus,
            DevicePath = NetdevsimBus.DevicePath(pf.Device),
            VendorId = 0,
            DeviceId = 0,
            NumaNode = null,
            SupportedVfs = null,
            VirtualFunctions = vfs,
            Label = label,
            Labels = LabelSet.Create(("pf", label)),
        });
    }

    /// <summary>The inventory.</summary>
    public HostInventory Build(long revision) => new(revision, _pfs, _vfCount);

    // Names read from files of another root may be those of netdevs here, and two PFs of one label would make the whole exposition invalid.
    private string Label(string? netdev, string device) => netdev is not null && _labels.Add(netdev) ? netdev : device;

    private VirtualFunction Vf(string pf, int index, PciAddress? address, ulong generation, VfFacts facts, string? netdev) => new()
    {
        Ordinal = _vfCount++,
        Index = index,
        Address = address,
        Generation = generation,
        Driver = facts.Driver,
        Netdev = netdev,
        IommuGroup = facts.IommuGroup,
        NumaNode = facts.NumaNode,
        Labels = LabelSet.Create(("pf", pf), ("vf", index.ToString(CultureInfo.InvariantCulture))),
    };
}
