using SriovPulse.Agent.Ownership;
using SriovPulse.Agent.Ownership.Processes;
using SriovPulse.Core;

namespace SriovPulse.Agent.Tests.Ownership.Processes;

public sealed class VfioHolderTests
{
    private static readonly PciAddress s_a = PciAddress.Parse("0000:3b:02.0");
    private static readonly PciAddress s_b = PciAddress.Parse("0000:3b:02.1");

    [Fact]
    public void Group_of_one_device_names_it() =>
        Assert.Equal([(s_a, true)], Claims(new() { Pid = 7, Name = "testpmd", DescriptorsReadable = true, Groups = [[s_a]] }));

    [Fact]
    public void Group_of_several_devices_names_none_of_them() =>
        Assert.Equal([(s_a, false), (s_b, false)], Claims(new() { Pid = 7, Name = "testpmd", DescriptorsReadable = true, Groups = [[s_a, s_b]] }));

    [Fact]
    public void Kernel_says_which_device_of_a_group_is_open() =>
        Assert.Equal([(s_b, true), (s_a, false)],
            Claims(new() { Pid = 7, Name = "testpmd", DescriptorsReadable = true, Groups = [[s_a, s_b]], Devices = [s_b] }));

    [Fact]
    public void Command_line_says_which_device_of_a_group_a_vm_was_started_with() =>
        Assert.Equal([(s_a, true), (s_b, false)],
            Claims(new() { Pid = 7, Name = "qemu", DescriptorsReadable = true, Groups = [[s_a, s_b]], Qemu = Qemu(s_a) }));

    [Fact]
    public void Command_line_that_the_descriptors_do_not_bear_out_is_stale() =>
        Assert.Equal([(s_b, true)], Claims(new() { Pid = 7, Name = "qemu", DescriptorsReadable = true, Groups = [[s_b]], Qemu = Qemu(s_a) }));

    [Fact]
    public void Command_line_is_all_there_is_when_descriptors_are_denied()
    {
        var claim = Assert.Single(new VfioHolder { Pid = 7, Name = "qemu", DescriptorsReadable = false, Qemu = Qemu(s_a, s_a) }.Claims());
        Assert.Equal(OwnershipSource.Qemu, claim.Source);
        Assert.Equal(s_a, claim.Address);
    }

    [Fact]
    public void Broker_of_descriptors_owns_nothing() =>
        Assert.Empty(Claims(new() { Pid = 7, Name = "virtqemud", DescriptorsReadable = true, Groups = [[s_a]] }));

    [Fact]
    public void Process_that_is_no_vm_is_told_by_its_name()
    {
        var workload = new VfioHolder { Pid = 7, Name = "dpdk-l3fwd", DescriptorsReadable = true, Devices = [s_a] }.Claims()[0].Workload;
        Assert.Equal((WorkloadKind.Process, "dpdk-l3fwd", "none", 7), (workload.Kind, workload.Name, workload.ManagedBy, workload.Pid));
    }

    private static QemuCommandLine Qemu(params PciAddress[] devices) => QemuCommandLine.Parse(
        TestHost.CommandLine(["qemu-system-x86_64", .. devices.SelectMany(d => (string[])["-device", $"vfio-pci,host={d}"])]), 7);

    private static IEnumerable<(PciAddress, bool)> Claims(VfioHolder holder) =>
        holder.Claims().Select(c => (c.Address!.Value, c.IsExact));
}
