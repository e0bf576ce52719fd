using SriovPulse.Core;
using SriovPulse.Linux.Devlink;
using SriovPulse.Linux.Interop;
using SriovPulse.Linux.Netlink;
using SriovPulse.Testing.GenericNetlink;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Linux.Tests.Devlink;

public sealed class DevlinkClientTests
{
    private const byte DeviceGet = 1;
    private const byte PortGet = 5;
    private const byte EswitchGet = 29;
    private const byte HealthGet = 52;

    private static readonly DevlinkDevice s_device = DevlinkDevice.OfPci(PciAddress.Parse("0000:3b:00.0"));

    [Fact]
    public void Devices_are_told_by_bus_and_name()
    {
        using var client = Client(DeviceGet, Handle(), new AttributeBytes().Put(1, "netdevsim").Put(2, "netdevsim1").Put(9, 1u));

        var devices = client.ReadDevices();

        Assert.Equal([s_device, new DevlinkDevice("netdevsim", "netdevsim1")], devices);
        Assert.Equal(PciAddress.Parse("0000:3b:00.0"), devices[0].Address);
        Assert.Null(devices[1].Address);
        Assert.Equal("pci/0000:3b:00.0", devices[0].ToString());
    }

    [Fact]
    public void Ports_of_vfs_are_told_by_pf_and_vf_number()
    {
        using var client = Client(
            PortGet,
            Handle().Put(3, 65535u).Put(6, 4u).Put(7, "eth0").Put(77, (ushort)0),
            Handle().Put(3, 3u).Put(6, 9u).Put(7, "eth0_3").Put(77, (ushort)4).Put(150, 1u).Put(127, (ushort)0).Put(128, (ushort)3).Put(149, (byte)1));

        var ports = client.ReadPorts();

        Assert.Equal(new DevlinkPort(s_device, 65535) { IfIndex = 4, Netdev = "eth0", Flavour = PortFlavour.Physical }, ports[0]);
        Assert.Equal(
            new DevlinkPort(s_device, 3)
            {
                IfIndex = 9,
                Netdev = "eth0_3",
                Flavour = PortFlavour.PciVf,
                Controller = 1,
                PfNumber = 0,
                VfNumber = 3,
                IsExternal = true,
            },
            ports[1]);
    }

    [Fact]
    public void Port_without_a_netdev_or_of_a_new_flavour_leaves_them_absent()
    {
        using var client = Client(PortGet, Handle().Put(3, 1u).Put(77, (ushort)99));

        var port = Assert.Single(client.ReadPorts());

        Assert.Null(port.IfIndex);
        Assert.Null(port.Netdev);
        Assert.Null(port.Flavour);
    }

    [Fact]
    public void Health_reporters_are_told_with_their_counts()
    {
        using var client = Client(
            HealthGet,
            Handle().Nest(114, r => r.Put(115, "fw_fatal").Put(116, (byte)0).Put(117, 0ul).Put(118, 0ul)),
            Handle().Put(3, 1u).Nest(114, r => r.Put(115, "tx").Put(116, (byte)1).Put(117, 3ul).Put(118, 2u)));

        var reporters = client.ReadHealthReporters();

        Assert.Equal(new HealthReporter(s_device, null, "fw_fatal", true, 0, 0), reporters[0]);
        Assert.Equal(new HealthReporter(s_device, 1, "tx", false, 3, 2), reporters[1]);
    }

    [Theory]
    [InlineData(0, EswitchMode.Legacy)]
    [InlineData(1, EswitchMode.Switchdev)]
    [InlineData(2, EswitchMode.NotTold)]
    public void Eswitch_mode_is_told(ushort mode, EswitchMode expected)
    {
        var family = new ScriptedFamily("devlink", request => [ScriptedFamily.Reply(request, EswitchGet, Handle().Put(25, mode).Put(26, (byte)0))]);
        using var client = new DevlinkClient(new NetlinkSession(family.Kernel));

        Assert.Equal(expected, client.ReadEswitchMode(s_device));

        var attributes = ScriptedFamily.Attributes(Assert.Single(family.Requests));
        Assert.True(attributes.TryRead());
        Assert.Equal("pci", attributes.GetString());
        Assert.True(attributes.TryRead());
        Assert.Equal("0000:3b:00.0", attributes.GetString());
    }

    [Theory]
    [InlineData(Errno.EOPNOTSUPP, EswitchMode.NotTold)]
    [InlineData(Errno.ENODEV, EswitchMode.NotTold)]
    [InlineData(Errno.EPERM, EswitchMode.Denied)]
    public void Eswitch_mode_that_may_not_be_asked_is_told_apart_from_one_that_does_not_exist(int errno, EswitchMode expected)
    {
        var family = new ScriptedFamily("devlink", request => [request.Error(errno)]);
        using var client = new DevlinkClient(new NetlinkSession(family.Kernel));

        Assert.Equal(expected, client.ReadEswitchMode(s_device));
    }

    [Fact]
    public void Other_refusal_is_the_kernels()
    {
        var family = new ScriptedFamily("devlink", request => [request.Error(Errno.EBUSY)]);
        using var client = new DevlinkClient(new NetlinkSession(family.Kernel));

        var error = Assert.Throws<NetlinkException>(() => client.ReadEswitchMode(s_device));

        Assert.Contains("pci/0000:3b:00.0", error.Message, StringComparison.Ordinal);
        Assert.Throws<NetlinkException>(() => client.ReadPorts());
    }

    [Fact]
    public void Kernel_without_devlink_has_nothing_to_list()
    {
        var kernel = new ScriptedKernel(static request => [request.Error(Errno.ENOENT)]);
        using var client = new DevlinkClient(new NetlinkSession(kernel));

        Assert.Empty(client.ReadDevices());
        Assert.Empty(client.ReadPorts());
        Assert.Empty(client.ReadHealthReporters());
        Assert.Equal(EswitchMode.NotTold, client.ReadEswitchMode(s_device));
    }

    [Fact]
    public void Dump_that_was_interrupted_is_taken_once()
    {
        var attempt = 0;
        var family = new ScriptedFamily("devlink", request =>
        {
            var flags = NetlinkFlags.Multipart | (++attempt == 1 ? NetlinkFlags.DumpInterrupted : NetlinkFlags.None);
            return [ScriptedFamily.Reply(request, DeviceGet, Handle(), flags), request.Done()];
        });
        using var client = new DevlinkClient(new NetlinkSession(family.Kernel));

        Assert.Single(client.ReadDevices());
        Assert.Equal(2, attempt);
    }

    [Fact]
    public void Reply_without_what_identifies_it_is_malformed()
    {
        Assert.Throws<NetlinkFormatException>(() => Client(DeviceGet, new AttributeBytes().Put(1, "pci")).ReadDevices());
        Assert.Throws<NetlinkFormatException>(() => Client(PortGet, Handle()).ReadPorts());
        Assert.Throws<NetlinkFormatException>(() => Client(PortGet, new AttributeBytes().Put(3, 1u)).ReadPorts());
        Assert.Throws<NetlinkFormatException>(() => Client(HealthGet, Handle()).ReadHealthReporters());
    }

    [Fact]
    public void This_machines_kernel_lists_what_it_has()
    {
        using var client = DevlinkClient.Open();

        var devices = client.ReadDevices();

        Assert.All(client.ReadPorts(), port => Assert.Contains(port.Device, devices));
        Assert.All(client.ReadHealthReporters(), reporter => Assert.Contains(reporter.Device, devices));

        // Not told to anyone, as there is no such device; denied to whoever lacks CAP_NET_ADMIN.
        Assert.True(client.ReadEswitchMode(new DevlinkDevice("pci", "ffff:ff:1f.7")) is EswitchMode.NotTold or EswitchMode.Denied);
    }

    private static AttributeBytes Handle() => new AttributeBytes().Put(1, s_device.Bus).Put(2, s_device.Name);

    private static DevlinkClient Client(byte command, params AttributeBytes[] objects) => new(new NetlinkSession(new ScriptedFamily("devlink", request =>
        ScriptedFamily.Command(request) == command
            ? [.. objects.Select(attributes => ScriptedFamily.Reply(request, command, attributes, NetlinkFlags.Multipart)), request.Done()]
            : [request.Error(Errno.EOPNOTSUPP)]).Kernel));
}
