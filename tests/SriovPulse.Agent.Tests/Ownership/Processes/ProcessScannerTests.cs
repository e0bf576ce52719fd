using System.Runtime.Versioning;
using SriovPulse.Agent.Ownership;
using SriovPulse.Agent.Ownership.Processes;
using SriovPulse.Core;
using SriovPulse.Linux.Proc;
using SriovPulse.Linux.Vfio;
using SriovPulse.Testing;

namespace SriovPulse.Agent.Tests.Ownership.Processes;

[SupportedOSPlatform("linux")]
public sealed class ProcessScannerTests : IDisposable
{
    private static readonly PciAddress[] s_vfs = [PciAddress.Parse("0000:3b:02.0"), PciAddress.Parse("0000:3b:02.1"), PciAddress.Parse("0000:3b:02.2")];

    private readonly TestHost _host = new();

    public ProcessScannerTests()
    {
        _host.Process(1, "systemd", ["/dev/null", "socket:[12]"]);
        _host.Process(2, "kthreadd", kernelThread: true);
        _host.Device("0000:3b:02.0", "vfio-pci", 10);
        _host.Device("0000:3b:02.1", "vfio-pci", 11, characterDevice: 4);
        _host.Device("0000:3b:02.2", "vfio-pci", 12);
        _host.Device("0000:3b:02.3", "vfio-pci", 12);
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Holders_are_found_by_group_character_device_and_fdinfo()
    {
        _host.Process(100, "qemu-system-x86", ["/dev/kvm", "/dev/vfio/vfio", "/dev/vfio/10", "anon_inode:[vfio-device]"],
            ["/usr/bin/qemu-system-x86_64", "-name", "guest=vm1,debug-threads=on", "-uuid", "11111111-2222-3333-4444-555555555555"]);
        _host.Process(101, "dpdk-testpmd", ["/dev/iommu", "/dev/vfio/devices/vfio4"]);
        _host.Process(102, "other", ["/dev/vfio/12", "anon_inode:[vfio-device]"]);
        _host.FdInfo(102, 4, "pos:\t0\nvfio-device-syspath: /sys/devices/pci0000:3a/0000:3a:00.0/0000:3b:02.2\n");

        var found = Scan();
        Assert.Equal(
            [("0000:3b:02.0", "vm1", true), ("0000:3b:02.1", "dpdk-testpmd", true), ("0000:3b:02.2", "other", true), ("0000:3b:02.3", "other", false)],
            Told(found));
        Assert.All(found.Claims, claim => Assert.Equal(OwnershipSource.Vfio, claim.Source));
        Assert.Equal((SourceAccess.Readable, SourceAccess.Readable), (found.Vfio.Access, found.Qemu.Access));
    }

    [Fact]
    public void Vm_that_renamed_itself_is_known_by_its_program()
    {
        _host.Process(100, "my-router", ["/dev/vfio/10"], ["/usr/bin/qemu-system-x86_64", "-name", "router,process=my-router"]);
        Assert.Equal(WorkloadKind.VirtualMachine, Assert.Single(Scan().Claims).Workload.Kind);
    }

    [Fact]
    public void Ended_and_reused_process_ids_are_noticed()
    {
        var scanner = Scanner();
        _host.Process(100, "dpdk-testpmd", ["/dev/vfio/10"]);
        Assert.Equal([("0000:3b:02.0", "dpdk-testpmd", true)], Told(scanner.Scan(s_vfs, everything: false)));

        _host.EndProcess(100);
        Assert.Empty(scanner.Scan(s_vfs, everything: false).Claims);

        _host.Process(100, "dpdk-l3fwd", ["/dev/vfio/devices/vfio4"], startTime: 2000);
        Assert.Equal([("0000:3b:02.1", "dpdk-l3fwd", true)], Told(scanner.Scan(s_vfs, everything: false)));

        // The same process executes another program.
        _host.Process(100, "bash", [], startTime: 2000);
        Assert.Empty(scanner.Scan(s_vfs, everything: false).Claims);
    }

    [Fact]
    public void New_process_is_looked_at_again_and_an_old_one_when_everything_is()
    {
        var scanner = Scanner();
        _host.Process(100, "ovs-vswitchd", []);
        Assert.Empty(scanner.Scan(s_vfs, everything: false).Claims);
        _host.Process(100, "ovs-vswitchd", ["/dev/vfio/10"]);
        Assert.Single(scanner.Scan(s_vfs, everything: false).Claims);

        _host.Process(200, "late", []);
        scanner.Scan(s_vfs, everything: false);
        scanner.Scan(s_vfs, everything: false);
        _host.Process(200, "late", ["/dev/vfio/11"]);
        Assert.DoesNotContain(scanner.Scan(s_vfs, everything: false).Claims, c => c.Workload.Name == "late");
        Assert.Contains(scanner.Scan(s_vfs, everything: true).Claims, c => c.Workload.Name == "late");
    }

    [Fact]
    public void Hot_plugged_device_of_a_running_vm_is_found_without_looking_at_everything()
    {
        var scanner = Scanner();
        string[] commandLine = ["/usr/bin/kvm", "-id", "104", "-name", "fw1"];
        _host.Process(100, "kvm", ["/dev/kvm"], commandLine);
        for (var i = 0; i < 5; i++)
        {
            Assert.Empty(scanner.Scan(s_vfs, everything: false).Claims);
        }

        _host.Process(100, "kvm", ["/dev/kvm", "/dev/vfio/10"], commandLine);
        Assert.Equal([("0000:3b:02.0", "fw1", true)], Told(scanner.Scan(s_vfs, everything: false)));
    }

    [Fact]
    public void Missing_process_table_is_no_source() => Assert.Equal(
        ProcessFindings.NotPresent,
        new ProcessScanner(new ProcTree(Path.Combine(_host.Root, "nowhere")), new VfioDevices(_host.Root)).Scan(s_vfs, everything: true));

    [Fact]
    public void Hidden_processes_are_told_as_denied()
    {
        _host.EndProcess(1);
        var found = Scan();
        Assert.Equal((SourceAccess.Denied, SourceAccess.Denied), (found.Vfio.Access, found.Qemu.Access));
        Assert.Contains("hidden", found.Vfio.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Command_line_stands_in_for_descriptors_that_are_denied()
    {
        _host.Process(100, "qemu-system-x86", [], TestHost.Arguments("libvirt"));
        File.SetUnixFileMode(_host.Root, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(Path.Combine(_host.Root, "proc/100/fd"), UnixFileMode.None);
        Unprivileged.Run(() =>
        {
            var found = Scan();
            var claim = Assert.Single(found.Claims);
            Assert.Equal((OwnershipSource.Qemu, "router-vm", "0000:3b:02.4"), (claim.Source, claim.Workload.Name, claim.Address.ToString()));
            Assert.Equal(new SourceState(OwnershipSource.Vfio, SourceAccess.Denied, $"{_host.Root}/proc/100/fd (qemu-system-x86)"), found.Vfio);
            Assert.Equal(SourceAccess.Readable, found.Qemu.Access);
        });
    }

    [Fact]
    public void Real_process_table_denies_other_users_descriptors() => Unprivileged.Run(() =>
    {
        // Process 1 is root's on any machine, and the kernel lets nobody else see what it holds.
        var found = new ProcessScanner(new ProcTree("/proc"), new VfioDevices("/sys")).Scan(s_vfs, everything: true);
        Assert.Equal(SourceAccess.Denied, found.Vfio.Access);
    });

    private ProcessScanner Scanner() => new(new ProcTree(Path.Combine(_host.Root, "proc")), new VfioDevices(Path.Combine(_host.Root, "sys")));

    private ProcessFindings Scan() => Scanner().Scan(s_vfs, everything: true);

    private static IEnumerable<(string, string, bool)> Told(ProcessFindings found) =>
        found.Claims.Select(c => (c.Address!.Value.ToString(), c.Workload.Name, c.IsExact));
}
