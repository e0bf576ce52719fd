using System.Text;
using SriovPulse.Core;
using SriovPulse.Linux.Files;
using SriovPulse.Linux.Sysfs;
using SriovPulse.Testing.Trees;

namespace SriovPulse.Linux.Tests.Sysfs;

public sealed class NetworkDevicesTests : IDisposable
{
    private readonly HostTree _tree = new();
    private readonly NetworkDevices _devices;

    public NetworkDevicesTests() => _devices = new NetworkDevices(_tree.Open());

    public void Dispose()
    {
        _devices.Dispose();
        _tree.Dispose();
    }

    [Fact]
    public void Names_are_listed_without_files_that_are_no_netdev()
    {
        _tree.AddNetdev("eth1");
        _tree.AddNetdev("bond0");
        _tree.Write("sys/class/net/bonding_masters", "bond0\n");
        var names = new List<string>();
        Assert.Equal(ReadStatus.Ok, _devices.ReadNames(names));
        Assert.Equal(["bond0", "eth1"], names);
    }

    [Fact]
    public void Attributes_are_read()
    {
        var pf = _tree.AddPf("0000:3b:00.0");
        var netdev = pf.AddNetdev("eth0").Write("mtu", "9000\n").Write("phys_port_name", "p1\n").Write("phys_switch_id", "b49691ffff\n");
        Assert.Equal(new FileValue<int>(netdev.IfIndex), _devices.ReadIfIndex("eth0"));
        Assert.Equal(new FileValue<int>(9000), _devices.ReadMtu("eth0"));
        Assert.Equal(new FileValue<int>(25000), _devices.ReadSpeed("eth0"));
        Assert.Equal(1, _devices.ReadPhysicalPortName("eth0").Value.Port);
        Assert.Equal(new FileValue<string>("b49691ffff"), _devices.ReadPhysicalSwitchId("eth0"));
        Assert.Equal(new FileValue<string>("0000:3b:00.0"), _devices.ReadDevice("eth0"));
        Assert.Equal(ReadStatus.Missing, _devices.ReadMaster("eth0").Status);
        Assert.Equal(ReadStatus.Missing, _devices.ReadBondSlave("eth0").Status);
    }

    [Fact]
    public void Attributes_are_unsupported_when_the_driver_says_nothing()
    {
        _tree.AddNetdev("v0").Write("speed", "-1\n").Write("phys_switch_id", "\n").Write("phys_port_name", "left\n");
        Assert.Equal(ReadStatus.Unsupported, _devices.ReadSpeed("v0").Status);
        Assert.Equal(ReadStatus.Unsupported, _devices.ReadPhysicalSwitchId("v0").Status);
        Assert.Equal(ReadStatus.Malformed, _devices.ReadPhysicalPortName("v0").Status);
        Assert.Equal(ReadStatus.Missing, _devices.ReadDevice("v0").Status);
        Assert.Equal(ReadStatus.Missing, _devices.ReadMtu("none").Status);
    }

    [Fact]
    public void Bond_of_a_slave_is_read()
    {
        var bond = _tree.AddNetdev("bond0");
        _tree.AddNetdev("eth0").SetBond(bond);
        Assert.Equal(new FileValue<string>("bond0"), _devices.ReadMaster("eth0"));
        var slave = _devices.ReadBondSlave("eth0").Value;
        Assert.Equal(new FileValue<string>("active"), slave.State);
        Assert.Equal(new FileValue<string>("up"), slave.MiiStatus);
        Assert.Equal(new FileValue<ulong>(3), slave.LinkFailures);
    }

    [Fact]
    public void Counters_of_a_vfs_own_netdev_are_the_vfs()
    {
        _tree.AddNetdev("eth0v0")
            .Write("statistics/rx_bytes", "1\n").Write("statistics/tx_bytes", "2\n").Write("statistics/rx_packets", "3\n")
            .Write("statistics/tx_packets", "4\n").Write("statistics/multicast", "5\n").Write("statistics/rx_dropped", "6\n")
            .Write("statistics/tx_dropped", "7\n");
        Assert.Equal(ReadStatus.Ok, _devices.ReadVfCounters("eth0v0", out var counters));
        VfCounter[] order =
        [
            VfCounter.ReceiveBytes, VfCounter.TransmitBytes, VfCounter.ReceivePackets, VfCounter.TransmitPackets,
            VfCounter.ReceiveMulticastPackets, VfCounter.ReceiveDroppedPackets, VfCounter.TransmitDroppedPackets,
        ];
        Assert.Equal([1UL, 2, 3, 4, 5, 6, 7], order.Select(c => counters.TryGet(c, out var value) ? value : 0));
        Assert.False(counters.TryGet(VfCounter.ReceiveBroadcastPackets, out _));
        Assert.Equal(new FileValue<ulong>(3), _devices.ReadStatistic("eth0v0", "rx_packets"u8));
    }

    [Fact]
    public void Counter_that_cannot_be_read_is_absent()
    {
        var netdev = _tree.AddNetdev("eth0v0").Write("statistics/tx_bytes", "no\n");
        Assert.Equal(ReadStatus.Malformed, _devices.ReadVfCounters("eth0v0", out var counters));
        Assert.False(counters.TryGet(VfCounter.TransmitBytes, out _));
        Assert.True(counters.TryGet(VfCounter.ReceiveBytes, out _));
        netdev.Remove();
        Assert.Equal(ReadStatus.Missing, _devices.ReadVfCounters("eth0v0", out counters));
        Assert.True(counters.IsEmpty);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("../../etc")]
    public void Name_of_more_than_one_component_is_the_callers_error(string name) => Assert.Throws<ArgumentException>(() => _devices.ReadMtu(name));

    [Fact]
    public void Netdevsim_devices_are_listed_as_the_module_comes_and_goes()
    {
        using var bus = new NetdevsimBus(_tree.Open());
        var names = new List<string>();
        Assert.Equal(ReadStatus.Missing, bus.ReadDevices(names));
        _tree.AddNetdevsim(1, vfs: 512);
        Assert.Equal(ReadStatus.Ok, bus.ReadDevices(names));
        Assert.Equal(["netdevsim1"], names);
        Assert.Equal(new FileValue<int>(512), bus.ReadVfCount("netdevsim1"));
        Assert.Equal(ReadStatus.Ok, bus.ReadNetdevs("netdevsim1", names));
        Assert.Equal(["eni1np1"], names);
        Assert.Equal(new FileValue<string>("netdevsim1"), _devices.ReadDevice("eni1np1"));
        _tree.Remove("sys/bus/netdevsim");
        Assert.Equal(ReadStatus.Missing, bus.ReadDevices(names));
        _tree.AddNetdevsim(2, vfs: 0);
        Assert.Equal(ReadStatus.Ok, bus.ReadDevices(names));
        Assert.Equal(["netdevsim2"], names);
    }

    [Fact]
    public void Repeated_reads_allocate_nothing()
    {
        for (var i = 0; i < 40; i++)
        {
            _tree.AddNetdev($"ens3f0v{i}");
        }

        var names = new List<string>();
        long Allocated()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            _devices.ReadNames(names);
            for (var i = 0; i < names.Count; i++)
            {
                _devices.ReadVfCounters(names[i], out _);
                _devices.ReadMtu(names[i]);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated();
        Assert.Equal(0, Allocated());
        Assert.Equal(40, names.Count);
    }

    [Theory]
    [InlineData("p0", null, 0, null, null, null, null)]
    [InlineData("p12s3", null, 12, 3, null, null, null)]
    [InlineData("pf0", null, null, null, 0, null, null)]
    [InlineData("pf1vf127", null, null, null, 1, 127, null)]
    [InlineData("pf0sf88", null, null, null, 0, null, 88)]
    [InlineData("c1pf0vf2", 1, null, null, 0, 2, null)]
    public void Port_name_is_read(string text, int? controller, int? port, int? split, int? pf, int? vf, int? sf)
    {
        Assert.True(PhysicalPortName.TryParse(Encoding.UTF8.GetBytes(text + "\n"), out var name));
        Assert.Equal(new PhysicalPortName(controller, port, split, pf, vf, sf), name);
        Assert.Equal(pf is not null, name.IsRepresentor);
    }

    [Theory]
    [InlineData("")]
    [InlineData("p")]
    [InlineData("0")]
    [InlineData("pf")]
    [InlineData("pfvf1")]
    [InlineData("pf0vf")]
    [InlineData("pf0vf1sf2")]
    [InlineData("pf0vf1x")]
    [InlineData("p-1")]
    [InlineData("p0s")]
    [InlineData("c1p0")]
    [InlineData("c1")]
    [InlineData("pf0vf99999999999")]
    public void Port_name_of_another_form_is_not_read(string text) => Assert.False(PhysicalPortName.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
