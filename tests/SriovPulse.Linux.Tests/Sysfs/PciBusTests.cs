using SriovPulse.Core;
using SriovPulse.Linux.Files;
using SriovPulse.Linux.Sysfs;
using SriovPulse.Testing.Trees;

namespace SriovPulse.Linux.Tests.Sysfs;

public sealed class PciBusTests : IDisposable
{
    private readonly HostTree _tree = new();
    private readonly PciBus _bus;
    private readonly FunctionTree _pf;
    private readonly List<VirtualFunctionLink> _vfs = [];

    public PciBusTests()
    {
        _bus = new PciBus(_tree.Open());
        _pf = _tree.AddPf("0000:3b:00.0", totalVfs: 63);
    }

    public void Dispose()
    {
        _bus.Dispose();
        _tree.Dispose();
    }

    [Fact]
    public void Functions_are_listed_in_order()
    {
        _tree.AddFunction("10000:01:00.0");
        _tree.AddFunction("0000:00:1f.6");
        _tree.Write("sys/bus/pci/devices/not-an-address", "");
        var functions = new List<PciAddress> { default };
        Assert.Equal(ReadStatus.Ok, _bus.ReadFunctions(functions));
        Assert.Equal(["0000:00:1f.6", "0000:3b:00.0", "10000:01:00.0"], functions.Select(f => f.ToString()));
    }

    [Fact]
    public void Host_without_pci_is_missing()
    {
        using var empty = new HostTree();
        empty.Remove("sys/bus");
        using var bus = new PciBus(empty.Open());
        Assert.Equal(ReadStatus.Missing, bus.ReadFunctions([]));
        Assert.Equal(ReadStatus.Missing, bus.ReadTotalVfs(_pf.Address).Status);
        Assert.Equal(ReadStatus.Missing, bus.ReadVirtualFunctions(_pf.Address, _vfs));
        Assert.Equal(ReadStatus.Missing, bus.ReadDriver(_pf.Address).Status);
    }

    [Fact]
    public void Sriov_attributes_are_read_one_by_one()
    {
        _pf.Remove("sriov_stride");
        _pf.Write("sriov_offset", "many\n");
        var attributes = _bus.ReadSriovAttributes(_pf.Address);
        Assert.Equal(new FileValue<int>(63), attributes.TotalVfs);
        Assert.Equal(ReadStatus.Malformed, attributes.Offset.Status);
        Assert.Equal(ReadStatus.Missing, attributes.Stride.Status);
        Assert.Equal(new FileValue<ushort>(0x10ca), attributes.VfDevice);
        Assert.Equal(new FileValue<bool>(true), attributes.DriversAutoprobe);
        _pf.Write("sriov_drivers_autoprobe", "0\n").Write("sriov_vf_device", "10000\n");
        Assert.Equal(new FileValue<bool>(false), _bus.ReadSriovAttributes(_pf.Address).DriversAutoprobe);
        Assert.Equal(ReadStatus.Malformed, _bus.ReadSriovAttributes(_pf.Address).VfDevice.Status);
    }

    [Fact]
    public void Function_that_is_no_pf_has_no_sriov()
    {
        var other = _tree.AddFunction("0000:00:1f.6");
        Assert.Equal(ReadStatus.Missing, _bus.ReadTotalVfs(other.Address).Status);
        Assert.Equal(ReadStatus.Ok, _bus.ReadVirtualFunctions(other.Address, _vfs));
        Assert.Empty(_vfs);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(300)]
    [InlineData(1024)]
    public void Vfs_are_listed_by_index_however_many_there_are(int count)
    {
        // In an order that is not theirs.
        for (var i = count - 1; i >= 0; i--)
        {
            _tree.Link($"{_pf.Path}/virtfn{i}", $"sys/devices/pci0000:3b/{_pf.Address.VirtualFunction(i, 128, 2)}");
        }

        _pf.Write("virtfn", "").Write("virtfnx", "").Write("virtfn1x", "").Write("virtfn-1", "");
        Assert.Equal(ReadStatus.Ok, _bus.ReadVirtualFunctions(_pf.Address, _vfs));
        Assert.Equal(Enumerable.Range(0, count), _vfs.Select(v => v.Index));
        Assert.All(_vfs, v => Assert.Equal(_pf.Address.VirtualFunction(v.Index, 128, 2), v.Address));
        Assert.Equal(count, _vfs.Select(v => v.Generation).Distinct().Count());
        Assert.DoesNotContain(0UL, _vfs.Select(v => v.Generation));
    }

    [Fact]
    public void Vf_has_another_generation_when_it_was_made_again()
    {
        _pf.AddVf(0);
        _pf.AddVf(1);
        _bus.ReadVirtualFunctions(_pf.Address, _vfs);
        var before = _vfs.ToList();
        _bus.ReadVirtualFunctions(_pf.Address, _vfs);
        Assert.Equal(before, _vfs);
        _pf.RecreateVf(1);
        _bus.ReadVirtualFunctions(_pf.Address, _vfs);
        Assert.Equal(before[0], _vfs[0]);
        Assert.NotEqual(before[1].Generation, _vfs[1].Generation);
        Assert.Equal(before[1].Address, _vfs[1].Address);
    }

    [Fact]
    public void Vf_is_listed_without_address_when_its_link_names_none()
    {
        _tree.Link($"{_pf.Path}/virtfn0", "sys/somewhere");
        _pf.Write("virtfn1", "no link\n");
        Assert.Equal(ReadStatus.Ok, _bus.ReadVirtualFunctions(_pf.Address, _vfs));
        Assert.Equal([(0, null), (1, null)], _vfs.Select(v => (v.Index, v.Address)));
    }

    [Fact]
    public void Vfs_of_a_pf_that_went_away_are_missing()
    {
        _pf.AddVf(0);
        _tree.Remove(_pf.BusPath);
        Assert.Equal(ReadStatus.Missing, _bus.ReadVirtualFunctions(_pf.Address, _vfs));
        Assert.Empty(_vfs);
    }

    [Fact]
    public void Links_of_a_function_are_followed_by_name()
    {
        _pf.SetDriver("ice").SetIommuGroup(41);
        var vf = _pf.AddVf(3);
        Assert.Equal(new FileValue<string>("ice"), _bus.ReadDriver(_pf.Address));
        Assert.Equal(new FileValue<int>(41), _bus.ReadIommuGroup(_pf.Address));
        Assert.Equal(new FileValue<PciAddress>(_pf.Address), _bus.ReadPhysicalFunction(vf.Address));
        Assert.Equal(ReadStatus.Missing, _bus.ReadPhysicalFunction(_pf.Address).Status);
        Assert.Equal(ReadStatus.Missing, _bus.ReadDriver(vf.Address).Status);
        Assert.Equal(ReadStatus.Missing, _bus.ReadIommuGroup(vf.Address).Status);
        _tree.Link($"{vf.Path}/iommu_group", "sys/kernel/iommu_groups/x");
        _tree.Link($"{vf.Path}/physfn", "sys/elsewhere");
        Assert.Equal(ReadStatus.Malformed, _bus.ReadIommuGroup(vf.Address).Status);
        Assert.Equal(ReadStatus.Malformed, _bus.ReadPhysicalFunction(vf.Address).Status);

        // A driver that changes between reads.
        _pf.SetDriver("vfio-pci");
        Assert.Equal(new FileValue<string>("vfio-pci"), _bus.ReadDriver(_pf.Address));
        _pf.Remove("driver");
        Assert.Equal(ReadStatus.Missing, _bus.ReadDriver(_pf.Address).Status);
    }

    [Fact]
    public void Identity_is_read()
    {
        Assert.Equal(new FileValue<PciIdentity>(new PciIdentity(0x8086, 0x10c9, 0x8086, 0xa03c, 0x020000)), _bus.ReadIdentity(_pf.Address));
        _pf.Write("device", "0x\n");
        Assert.Equal(ReadStatus.Malformed, _bus.ReadIdentity(_pf.Address).Status);
        _pf.Remove("vendor");
        Assert.Equal(ReadStatus.Missing, _bus.ReadIdentity(_pf.Address).Status);
    }

    [Fact]
    public void Numa_node_is_null_when_the_firmware_does_not_tell()
    {
        var vf = _pf.AddVf(0);
        Assert.Equal(new FileValue<int?>(ReadStatus.Ok, 0), _bus.ReadNumaNode(_pf.Address));
        Assert.Equal((ReadStatus.Ok, null), (_bus.ReadNumaNode(vf.Address).Status, _bus.ReadNumaNode(vf.Address).Value));
        _pf.Remove("numa_node");
        Assert.Equal(ReadStatus.Missing, _bus.ReadNumaNode(_pf.Address).Status);
    }

    [Fact]
    public void Link_is_read_as_it_runs_and_as_it_could()
    {
        _pf.Write("current_link_speed", "8.0 GT/s PCIe\n").Write("current_link_width", "8\n");
        _pf.Write("max_link_speed", "16.0 GT/s PCIe\n").Write("max_link_width", "16\n");
        Assert.Equal(new FileValue<PcieLink>(new PcieLink(8000, 8)), _bus.ReadCurrentLink(_pf.Address));
        Assert.Equal(new FileValue<PcieLink>(new PcieLink(16000, 16)), _bus.ReadMaxLink(_pf.Address));
        _pf.Write("current_link_speed", "Unknown\n").Write("max_link_width", "0\n");
        Assert.Equal(ReadStatus.Unsupported, _bus.ReadCurrentLink(_pf.Address).Status);
        Assert.Equal(ReadStatus.Unsupported, _bus.ReadMaxLink(_pf.Address).Status);
        _pf.Remove("current_link_speed");
        _pf.Remove("max_link_width");
        Assert.Equal(ReadStatus.Missing, _bus.ReadCurrentLink(_pf.Address).Status);
        Assert.Equal(ReadStatus.Missing, _bus.ReadMaxLink(_pf.Address).Status);
    }

    [Fact]
    public void Aer_totals_are_read_by_severity()
    {
        _pf.Write("aer_dev_correctable", "RxErr 1\nBadTLP 2\nTOTAL_ERR_COR 3\n");
        _pf.Write("aer_dev_nonfatal", "Undefined 0\nDLP 7\nTOTAL_ERR_NONFATAL 7\n");
        Assert.Equal(new FileValue<ulong>(3), _bus.ReadAerTotal(_pf.Address, AerSeverity.Correctable));
        Assert.Equal(new FileValue<ulong>(7), _bus.ReadAerTotal(_pf.Address, AerSeverity.Nonfatal));
        Assert.Equal(ReadStatus.Missing, _bus.ReadAerTotal(_pf.Address, AerSeverity.Fatal).Status);
    }

    [Fact]
    public void Netdevs_of_a_function_are_listed()
    {
        var netdevs = new List<string>();
        Assert.Equal(ReadStatus.Missing, _bus.ReadNetdevs(_pf.Address, netdevs));
        _pf.AddNetdev("eth1");
        _pf.AddNetdev("eth0");
        Assert.Equal(ReadStatus.Ok, _bus.ReadNetdevs(_pf.Address, netdevs));
        Assert.Equal(["eth0", "eth1"], netdevs);
    }

    [Fact]
    public void Repeated_reads_allocate_nothing()
    {
        for (var i = 0; i < 64; i++)
        {
            _pf.AddVf(i).SetDriver("vfio-pci").SetIommuGroup(i);
        }

        _pf.AddNetdev("eth0");
        _pf.Write("current_link_speed", "8.0 GT/s PCIe\n").Write("current_link_width", "8\n").Write("aer_dev_fatal", "TOTAL_ERR_FATAL 0\n");
        var functions = new List<PciAddress>();
        var names = new List<string>();
        long Allocated()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            _bus.ReadFunctions(functions);
            _bus.ReadVirtualFunctions(_pf.Address, _vfs);
            _bus.ReadNetdevs(_pf.Address, names);
            _bus.ReadCurrentLink(_pf.Address);
            _bus.ReadAerTotal(_pf.Address, AerSeverity.Fatal);
            _bus.ReadSriovAttributes(_pf.Address);
            _bus.ReadIdentity(_pf.Address);
            foreach (var function in functions)
            {
                _bus.ReadDriver(function);
                _bus.ReadIommuGroup(function);
                _bus.ReadNumaNode(function);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated();
        Assert.Equal(0, Allocated());
        Assert.Equal(65, functions.Count);
        Assert.Equal(64, _vfs.Count);
    }
}
