using SriovPulse.Core;
using SriovPulse.Linux.Files;

namespace SriovPulse.Linux.Sysfs;

/// <summary>
/// The host's PFs and their VFs, looked up afresh at each <see cref="Read"/> into the same objects, so that a look allocates nothing once it has seen
/// the host. For one thread at a time.
/// </summary>
/// <param name="bus">The PCI bus to look at.</param>
public sealed class SriovTopology(PciBus bus)
{
    private readonly List<PciAddress> _functions = [];
    private readonly HashSet<PciAddress> _virtualFunctions = [];
    private readonly List<SriovFunction> _known = [];
    private readonly Stack<SriovFunction> _spare = [];

    /// <summary>PCI functions that have <c>sriov_totalvfs</c>, by address.</summary>
    public IReadOnlyList<SriovFunction> PhysicalFunctions => _known;

    /// <summary>Looks at every PCI function.</summary>
    /// <returns><see cref="ReadStatus.Missing"/> on a host without PCI; what was found is valid with any status.</returns>
    public ReadStatus Read()
    {
        foreach (var function in _known)
        {
            _spare.Push(function);
        }

        _known.Clear();
        _virtualFunctions.Clear();
        var status = bus.ReadFunctions(_functions);
        foreach (var address in _functions)
        {
            // A VF follows its PF (routing ids add up, SR-IOV specification 2.1.2), so by now it is known and needs no call: most functions of a
            // busy host are VFs. Where that did not hold, the missing attribute would tell.
            if (_virtualFunctions.Contains(address))
            {
                continue;
            }

            var supported = bus.ReadTotalVfs(address);
            if (supported.Status is ReadStatus.Missing or ReadStatus.Vanished)
            {
                continue;
            }

            Add(address, supported);
        }

        return status;
    }

    private void Add(PciAddress address, FileValue<int> supported)
    {
        var function = _spare.Count > 0 ? _spare.Pop() : new SriovFunction();
        function.Address = address;
        function.SupportedVfs = supported;
        function.VirtualFunctionsStatus = bus.ReadVirtualFunctions(address, function.Links);
        _known.Add(function);
        foreach (var link in function.VirtualFunctions)
        {
            if (link.Address is { } vf)
            {
                _virtualFunctions.Add(vf);
            }
        }
    }
}
