using SriovPulse.Core;
using SriovPulse.Linux.Sysfs;

namespace SriovPulse.Agent.Inventory;

/// <summary>What is kept of a PCI PF between readings.</summary>
internal sealed class PfState(PciAddress address, int supportedVfs)
{
    private List<VirtualFunctionLink> _links = [];
    private List<VirtualFunctionLink> _spare = [];
    private readonly List<VfFacts> _vfs = [];

    public PciAddress Address { get; } = address;

    public string DevicePath { get; } = PciBus.DevicePath(address);

    public int SupportedVfs { get; private set; } = supportedVfs;

    public string Driver { get; private set; } = string.Empty;

    public ushort VendorId { get; private set; }

    public ushort DeviceId { get; private set; }

    public int? NumaNode { get; private set; }

    /// <summary>Whether the last listing of PCI functions had it.</summary>
    public bool Seen { get; set; }

    /// <summary>The VFs' links, by index.</summary>
    public IReadOnlyList<VirtualFunctionLink> Links => _links;

    /// <summary>What is known of each VF, in the order of <see cref="Links"/>.</summary>
    public IReadOnlyList<VfFacts> Vfs => _vfs;

    /// <summary>Reads the VFs, and the slower facts when <paramref name="all"/> is set; true when something differs.</summary>
    public bool Refresh(PciBus pci, bool all)
    {
        pci.ReadVirtualFunctions(Address, _spare);
        var listChanged = !SameLinks();
        (_links, _spare) = (_spare, _links);
        if (!all && !listChanged)
        {
            return false;
        }

        var driver = pci.ReadDriver(Address).Or(string.Empty);
        var (vendor, device, _, _, _) = pci.ReadIdentity(Address).Or(default);
        var numaNode = pci.ReadNumaNode(Address).Or(null);
        // Drivers lower it when they probe (pci_sriov_set_totalvfs).
        var supported = pci.ReadTotalVfs(Address).Or(SupportedVfs);
        var changed = listChanged || driver != Driver || vendor != VendorId || device != DeviceId || numaNode != NumaNode || supported != SupportedVfs;
        (Driver, VendorId, DeviceId, NumaNode, SupportedVfs) = (driver, vendor, device, numaNode, supported);
        return RefreshVfs(pci) || changed;
    }

    private bool SameLinks()
    {
        if (_links.Count != _spare.Count)
        {
            return false;
        }

        for (var i = 0; i < _links.Count; i++)
        {
            if (_links[i] != _spare[i])
            {
                return false;
            }
        }

        return true;
    }

    private bool RefreshVfs(PciBus pci)
    {
        var changed = _vfs.Count != _links.Count;
        for (var i = 0; i < _links.Count; i++)
        {
            var known = i < _vfs.Count ? _vfs[i] : default;
            var facts = _links[i].Address is { } address
                ? new VfFacts(
                    pci.ReadDriver(address).Or(string.Empty),
                    pci.ReadIommuGroup(address) is { HasValue: true } group ? group.Value : null,
                    pci.ReadNumaNode(address).Or(null))
                : new VfFacts(string.Empty, null, null);
            changed |= facts != known;
            if (i < _vfs.Count)
            {
                _vfs[i] = facts;
            }
            else
            {
                _vfs.Add(facts);
            }
        }

        _vfs.RemoveRange(_links.Count, _vfs.Count - _links.Count);
        return changed;
    }
}
