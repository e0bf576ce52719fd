using SriovPulse.Agent.Ownership;
using SriovPulse.Agent.Ownership.Libvirt;
using SriovPulse.Testing;

namespace SriovPulse.Agent.Tests.Ownership.Libvirt;

public sealed class DomainXmlTests
{
    [Fact]
    public void Status_file_of_an_OpenStack_instance_gives_owner_devices_and_labels()
    {
        var domain = Fixture("openstack");
        Assert.Equal(4242, domain.Pid);
        Assert.Equal("instance-0000002a", domain.Workload.Name);
        Assert.Equal("9c1f8f0e-2d4e-4c9b-9a55-3b1a0b8e0f01", domain.Workload.Uuid);
        Assert.Equal(WorkloadKind.VirtualMachine, domain.Workload.Kind);
        Assert.Equal("openstack", domain.Workload.ManagedBy);
        Assert.Equal(8388608UL * 1024, domain.Workload.MemoryBytes);
        Assert.Equal(3, domain.Workload.Vcpus);

        // The disk's and the guest side's addresses, the USB device and the mdev are no PCI device of the host's.
        Assert.Equal(["0000:3b:02.1"], domain.Addresses.Select(a => a.ToString()));
        Assert.Equal(
            [
                new("openstack_name", "db-primary & friends"),
                new("openstack_flavor", "sriov.large"),
                new("openstack_project_uuid", "f00dcafe00000000000000000000beef"),
                new("openstack_project", "payments"),
                new("tier", "gold"),
                new("anti_affinity", "db"),
            ],
            domain.Workload.Labels);
    }

    [Fact]
    public void Network_pools_are_resolved_by_what_they_actually_took()
    {
        var domain = Fixture("network-pool");
        Assert.Equal(["0001:3b:02.2", "0000:3b:02.3"], domain.Addresses.Select(a => a.ToString()));
        Assert.Equal(["enp59s0f0v3"], domain.Netdevs);
        Assert.Equal("none", domain.Workload.ManagedBy);
        Assert.Equal(2UL << 30, domain.Workload.MemoryBytes);
    }

    [Fact]
    public void Live_domain_xml_is_read_like_a_status_file()
    {
        var domain = Fixture("live-kubevirt");
        Assert.Equal(0, domain.Pid);
        Assert.Equal("kubevirt", domain.Workload.ManagedBy);
        Assert.Equal("router-vm", domain.Workload.Name);
        Assert.Equal("team-a", domain.Workload.Namespace);
        Assert.Equal(["0000:3b:02.4"], domain.Addresses.Select(a => a.ToString()));
    }

    [Theory]
    [InlineData("ovirt", "ovirt", 8)]
    [InlineData("cloudstack", "cloudstack", 1)]
    public void Orchestrators_are_known_by_their_marks(string fixture, string managedBy, int vcpus)
    {
        var workload = Fixture(fixture).Workload;
        Assert.Equal(managedBy, workload.ManagedBy);
        Assert.Equal(vcpus, workload.Vcpus);
    }

    [Fact]
    public void Orchestrators_of_the_configuration_are_known_too()
    {
        var xml = Domain("<metadata><x:y xmlns:x='https://cloud.example/vm'><z/></x:y></metadata>");
        Assert.Equal("none", Parse(xml).Workload.ManagedBy);
        var known = new Dictionary<string, string> { ["https://cloud.example/vm"] = "example-cloud" };
        Assert.Equal("example-cloud", DomainXml.Parse(new StringReader(xml), "f", known).Workload.ManagedBy);
    }

    [Fact]
    public void Inactive_network_interface_claims_nothing() =>
        Assert.Empty(Parse(Domain("<devices><interface type='network'><source network='pool'/></interface></devices>")).Addresses);

    [Theory]
    [InlineData("", "vm.xml:")]
    [InlineData("<domstatus pid='1'/>", "<domstatus> holds no <domain>")]
    [InlineData("<network/>", "expected <domstatus> or <domain>, found <network>")]
    [InlineData("<domain><uuid>11111111-2222-3333-4444-555555555555</uuid></domain>", "has no <name>")]
    [InlineData("<domain><name>a</name></domain>", "domain \"a\" has no <uuid>")]
    [InlineData("<domain><name>a</name><uuid>b</uuid></domain>", "<uuid> holds \"b\"")]
    [InlineData("<domain>\n<name>a", "vm.xml:2:")]
    [InlineData("<domain><name>a</name><memory unit='XiB'>1</memory></domain>", "<memory unit='XiB'>")]
    [InlineData("<domain><name>a</name><memory unit='EiB'>99</memory></domain>", "<memory unit='EiB'>")]
    [InlineData("<domain><name>a</name><vcpu>many</vcpu></domain>", "<vcpu> holds \"many\"")]
    [InlineData("<domain><devices><hostdev type='pci'><source><address bus='0x1ff'/></source></hostdev></devices></domain>", "bus='0x1ff'")]
    [InlineData("<!DOCTYPE domain [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><domain><name>&e;</name></domain>", "vm.xml:1:")]
    [InlineData("<domain><name>\u0001</name></domain>", "vm.xml:1:")]
    public void Malformed_xml_names_file_line_and_field(string xml, string expected)
    {
        var error = Assert.Throws<DomainXmlException>(() => Parse(xml));
        Assert.StartsWith("/run/libvirt/qemu/vm.xml:", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal("/run/libvirt/qemu/vm.xml", error.File);
    }

    [Fact]
    public void Oversized_xml_is_refused()
    {
        var xml = Domain("<description>" + new string('x', DomainXml.MaxCharacters) + "</description>");
        Assert.Throws<DomainXmlException>(() => Parse(xml));
    }

    [Fact]
    public void Labels_are_limited_in_number_and_length_and_keep_whole_characters()
    {
        var labels = string.Concat(Enumerable.Range(0, 40).Select(i => $"<s:label name='l{i}'>{new string('v', 127)}\U0001F600</s:label>"));
        var workload = Parse(Domain($"<metadata><s:labels xmlns:s='urn:sriovpulse:labels'>{labels}</s:labels></metadata>")).Workload;
        Assert.Equal(16, workload.Labels.Count);
        Assert.All(workload.Labels, label => Assert.Equal(new string('v', 127), label.Value));
    }

    [Fact]
    public void Any_cut_of_a_status_file_is_an_error_that_names_it()
    {
        var xml = File.ReadAllText(Repository.Fixture("ownership", "libvirt", "network-pool.xml")).TrimEnd();
        for (var length = 0; length < xml.Length; length += 7)
        {
            Assert.StartsWith("/run/", Assert.Throws<DomainXmlException>(() => Parse(xml[..length])).Message, StringComparison.Ordinal);
        }
    }

    private static string Domain(string content) =>
        $"<domain><name>a</name><uuid>11111111-2222-3333-4444-555555555555</uuid>{content}</domain>";

    private static LibvirtDomain Parse(string xml) => DomainXml.Parse(new StringReader(xml), "/run/libvirt/qemu/vm.xml");

    private static LibvirtDomain Fixture(string name) => Parse(File.ReadAllText(Repository.Fixture("ownership", "libvirt", name + ".xml")));
}
