using SriovPulse.Agent.Ownership.Processes;

namespace SriovPulse.Agent.Tests.Ownership.Processes;

public sealed class QemuCommandLineTests
{
    [Fact]
    public void Command_line_of_libvirt_gives_the_vm_and_its_devices()
    {
        var qemu = Fixture("libvirt");
        Assert.Equal("router-vm", qemu.Workload.Name);
        Assert.Equal("team-a", qemu.Workload.Namespace);
        Assert.Equal("kubevirt", qemu.Workload.ManagedBy);
        Assert.Equal("06930e3f-7659-58fd-af67-64ee4e6d348e", qemu.Workload.Uuid);
        Assert.Equal(1UL << 30, qemu.Workload.MemoryBytes);
        Assert.Equal(2, qemu.Workload.Vcpus);

        // Not the mediated device, and not what the guest's kernel is told.
        Assert.Equal(["0000:3b:02.4"], qemu.Devices.Select(a => a.ToString()));
    }

    [Fact]
    public void Command_line_of_Proxmox_is_known_by_its_own_option()
    {
        var qemu = Fixture("proxmox");
        Assert.Equal("fw1", qemu.Workload.Name);
        Assert.Equal("proxmox", qemu.Workload.ManagedBy);
        Assert.Equal("18dfa228-cb4d-4ced-af3e-cc670d8e0cdc", qemu.Workload.Uuid);
        Assert.Equal(4UL << 30, qemu.Workload.MemoryBytes);
        Assert.Equal(4, qemu.Workload.Vcpus);
        Assert.Equal(["0000:3b:02.5", "0000:3b:02.6"], qemu.Devices.Select(a => a.ToString()));
    }

    [Fact]
    public void Plain_command_line_is_managed_by_nobody()
    {
        var qemu = Fixture("plain");
        Assert.Equal("lab, with a comma", qemu.Workload.Name);
        Assert.Equal("none", qemu.Workload.ManagedBy);
        Assert.Equal(1536UL << 20, qemu.Workload.MemoryBytes);
        Assert.Equal(8, qemu.Workload.Vcpus);
        Assert.Equal(["0000:01:10.0"], qemu.Devices.Select(a => a.ToString()));
    }

    [Theory]
    [InlineData("unknown", "-name", "guest=a,debug-threads=on")]
    [InlineData("unknown", "-object", "secret,file=/var/lib/libvirt/qemu/domain-1-a/master-key.aes")]
    [InlineData("openstack", "-name", "guest=a,debug-threads=on", "-smbios", "type=1,manufacturer=OpenStack Foundation,product=OpenStack Nova")]
    [InlineData("none", "-name", "a,debug-threads=on")]
    [InlineData("none")]
    public void Manager_is_unknown_where_libvirt_alone_would_know_it(string managedBy, params string[] arguments) =>
        Assert.Equal(managedBy, Parse(arguments).Workload.ManagedBy);

    [Fact]
    public void Vm_without_a_name_is_called_by_its_process() => Assert.Equal("qemu-77", Parse("-S").Workload.Name);

    [Theory]
    [InlineData("vfio-pci,host=0000:3b:02.1", "0000:3b:02.1")]
    [InlineData("vfio-pci,host=3b:02.1", "0000:3b:02.1")]
    [InlineData("vfio-pci,host=10000:3b:02.1", "10000:3b:02.1")]
    [InlineData("vfio-pci,id=x,host=0:3B:2.1", "0000:3b:02.1")]
    [InlineData("driver=vfio-pci,host=3b:02.1", "0000:3b:02.1")]
    [InlineData("vfio-pci,sysfsdev=/sys/bus/pci/devices/0000:3b:02.1", "0000:3b:02.1")]
    [InlineData("{\"host\":\"0000:3b:02.1\",\"driver\":\"vfio-pci\"}", "0000:3b:02.1")]
    [InlineData("{\"driver\":\"vfio-pci\",\"x\":{\"host\":\"0000:ff:00.0\"},\"host\":\"0000:3b:02.1\"}", "0000:3b:02.1")]
    [InlineData("{\"driver\":\"vfio-pci\",\"fd\":\"22\",\"id\":\"hostdev0\"}", null)]
    [InlineData("{\"driver\":\"vfio-pci\",\"host\":\"0000:3b:02.1\"", null)]
    [InlineData("vfio-pci,host=3b", null)]
    [InlineData("vfio-pci,host=3b:02:1", null)]
    [InlineData("vfio-pci,host=3b:20.1", null)]
    [InlineData("vfio-pci,host=3b:02.8", null)]
    [InlineData("vfio-pci,host=", null)]
    [InlineData("vfio-pci", null)]
    [InlineData("virtio-net-pci,host=0000:3b:02.1", null)]
    [InlineData("", null)]
    [InlineData("{", null)]
    public void Device_argument_gives_the_address_in_all_of_its_forms(string argument, string? address) =>
        Assert.Equal(address is null ? [] : [address], Parse("-device", argument).Devices.Select(a => a.ToString()));

    [Theory]
    [InlineData("2048", 2048UL << 20)]
    [InlineData("4G", 4UL << 30)]
    [InlineData("size=4194304k,slots=16,maxmem=1099511627776k", 4UL << 30)]
    [InlineData("1T", 1UL << 40)]
    [InlineData("lots", null)]
    [InlineData("slots=2", null)]
    public void Memory_argument_is_read_in_its_units(string argument, ulong? bytes) =>
        Assert.Equal(bytes, Parse("-m", argument).Workload.MemoryBytes);

    [Theory]
    [InlineData("/usr/bin/qemu-system-x86_64", true)]
    [InlineData("qemu-system-x86", true)]
    [InlineData("/usr/libexec/qemu-kvm", true)]
    [InlineData("/usr/bin/kvm", true)]
    [InlineData("/usr/bin/qemu-img", false)]
    [InlineData("kvm-nx-lpage-re", false)]
    [InlineData("", false)]
    public void Program_is_QEMU_by_its_file_name(string program, bool expected) =>
        Assert.Equal(expected, QemuCommandLine.IsQemu(System.Text.Encoding.UTF8.GetBytes(program)));

    private static QemuCommandLine Parse(params string[] arguments) =>
        QemuCommandLine.Parse(TestHost.CommandLine(["qemu-system-x86_64", .. arguments]), 77);

    private static QemuCommandLine Fixture(string name) => QemuCommandLine.Parse(TestHost.CommandLine(TestHost.Arguments(name)), 77);
}
