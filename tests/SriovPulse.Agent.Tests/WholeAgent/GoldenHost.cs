using System.Text;
using SriovPulse.Agent.Configuration;
using SriovPulse.Agent.Tests.Ownership.Kubernetes;
using SriovPulse.Core;
using SriovPulse.Linux.Rtnetlink;
using SriovPulse.Testing;
using SriovPulse.Testing.Netlink;
using SriovPulse.Testing.Trees;
using static SriovPulse.Core.VfCounter;

namespace SriovPulse.Agent.Tests.WholeAgent;

/// <summary>A host with one PF of each kind side by side, whose exposition is kept in <c>tests/fixtures/golden</c>.</summary>
internal sealed class GoldenHost : IAsyncDisposable
{
    // Bits of enum ethtool_link_mode_bit_indices: 1000baseT, 25000baseCR, 100000baseCR4.
    private const int Mode1G = 5;
    private const int Mode25G = 31;
    private const int Mode100G = 38;

    private ScriptedPf _mellanox = null!;
    private ScriptedPf _ice = null!;
    private FakeKubelet? _kubelet;
    private int _samples;

    public ScriptedHost Host { get; } = new();

    public static async Task<GoldenHost> BuildAsync()
    {
        var golden = new GoldenHost();
        golden.AddHost();
        golden.AddRecordedIgb();
        golden.AddMellanoxTree();
        golden.AddIntelTree();
        golden.AddIce();
        golden.AddStockIgb();
        golden.AddNvme();
        golden.AddSwitchdev();
        golden.AddNetdevsim();
        golden.AddOwners();
        golden._kubelet = await FakeKubelet.StartAsync(golden.Host.Tree.Full("var/lib/kubelet/pod-resources/kubelet.sock"));
        golden._kubelet.Reply = new() { PodResources = { FakeKubelet.Pod("dpdk-0", "telco", "0000:5e:02.0") } };
        return golden;
    }

    /// <summary>Takes a sample after a quarter of a second of traffic: VF 0 of both sends at its limit, VF 1 of the ice PF receives at the line's speed.</summary>
    public void SampleWithTraffic()
    {
        _samples++;
        Count();
        Host.Sample();
    }

    public async ValueTask DisposeAsync()
    {
        if (_kubelet is not null)
        {
            await _kubelet.DisposeAsync();
        }

        Host.Dispose();
    }

    private void AddHost()
    {
        var tree = Host.Tree;
        tree.Write("proc/sys/kernel/hostname", "node17\n");
        tree.Write("proc/sys/kernel/osrelease", "6.12.0-amd64\n");
        tree.Write("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        tree.Write("proc/meminfo", "MemTotal:       131072000 kB\nMemFree:         1000000 kB\nMemAvailable:   65536000 kB\n");
        tree.Write("sys/devices/system/cpu/online", "0-63\n");
        tree.Write("dev/kvm", string.Empty);
        Host.Options = Host.Options with
        {
            ControlAddress = "node17.example:16509",
            PhysicalFunctions = new PhysicalFunctionOptions
            {
                PhysicalNetworks = new Dictionary<string, string> { ["enp59s0f0"] = "physnet1", ["0000:86:00.0"] = "physnet2" },
            },
        };
    }

    /// <summary>igb with the lab's true counters, as a real kernel told them.</summary>
    private void AddRecordedIgb()
    {
        var link = AddRecorded("igb_2_traffic");
        var pf = Host.Tree.AddPf(link.ParentDevice, totalVfs: 7, vfs: 2).SetDriver("igb");
        pf.AddNetdev(link.Name);
        pf.AddVf(0).SetDriver("vfio-pci").SetIommuGroup(40);
        pf.AddVf(1).SetDriver("vfio-pci").SetIommuGroup(41);
        Aer(pf, correctable: 0, nonfatal: 0, fatal: 0);
        Host.GenericNetlink.Modes[link.IfIndex] = (1_000, Mode1G);
        Host.Drivers[link.Name].Firmware = "3.25, 0x8000042e";
        Host.Drivers[link.Name].Statistics.AddRange(
        [
            ("rx_packets", 5001), ("tx_packets", 5002), ("rx_bytes", 5_000_001), ("tx_bytes", 5_000_002), ("rx_crc_errors", 1), ("rx_missed_errors", 2),
            ("rx_long_length_errors", 3), ("rx_short_length_errors", 4), ("rx_queue_0_drops", 5), ("rx_queue_1_drops", 6),
        ]);
    }

    /// <summary>mlx5 of Mellanox' own driver: a file per VF, the port's counters by ethtool.</summary>
    private void AddMellanoxTree()
    {
        _mellanox = Host.AddPf("0000:3b:00.0", "enp59s0f0", "mlx5_core", 8, Mellanox);
        var (pf, _, link, driver) = _mellanox;
        pf.Write("vendor", "0x15b3\n").Write("device", "0x101d\n").Write("numa_node", "1\n").Write("current_link_speed", "16.0 GT/s PCIe\n").Write("current_link_width", "16\n");
        Aer(pf, correctable: 12, nonfatal: 1, fatal: 0);
        for (var vf = 0; vf < 8; vf++)
        {
            // The host owns the netdev of VF 7; the others are held, or could be, by virtual machines.
            var function = pf.AddVf(vf).Write("numa_node", "1\n").SetDriver(vf == 7 ? "mlx5_core" : "vfio-pci").SetIommuGroup(60 + vf);
            if (vf == 7)
            {
                AddVfNetdev(function, "enp59s0f0v3");
            }
        }

        driver.Firmware = "22.41.1000 (MT_0000000359)";
        Host.GenericNetlink.Modes[link.Reply.IfIndex] = (100_000, Mode100G);
        Host.GenericNetlink.Eswitches["0000:3b:00.0"] = 0;
        link.Reply = link.Reply with { Mtu = 9000 };
    }

    /// <summary>i40e of Intel's own driver: a directory per VF; a member of a bond.</summary>
    private void AddIntelTree()
    {
        var (pf, netdev, link, driver) = Host.AddPf("0000:5e:00.0", "ens2f0", "i40e", 2);
        pf.Write("device", "0x1583\n").Write("current_link_speed", "8.0 GT/s PCIe\n").Write("current_link_width", "8\n");
        Aer(pf, correctable: 3, nonfatal: 0, fatal: 0);
        for (var vf = 0; vf < 2; vf++)
        {
            pf.AddVf(vf).SetDriver("vfio-pci").SetIommuGroup(80 + vf);
            pf.WriteVendorFiles(vf, Counters((ulong)vf + 1, withoutDrops: vf == 1));
        }

        netdev.SetBond(Host.Tree.AddNetdev("bond0"));
        driver.Firmware = "9.40 0x8000ecc0 1.3429.0";
        Host.GenericNetlink.Modes[link.Reply.IfIndex] = (25_000, Mode25G);
        driver.Statistics.AddRange(
        [
            ("port.rx_bytes", 7_000_001), ("port.tx_bytes", 7_000_002), ("port.rx_unicast", 70), ("port.rx_multicast", 7), ("port.rx_broadcast", 1),
            ("port.tx_unicast", 80), ("port.tx_multicast", 8), ("port.tx_broadcast", 2), ("port.rx_dropped", 11), ("port.rx_crc_errors", 12),
            ("port.tx_dropped_link_down", 13),
        ]);
    }

    /// <summary>ice by rtnetlink: a VF with a limit and a VLAN, one forced down, one that the kernel leaves out; no firmware told.</summary>
    private void AddIce()
    {
        _ice = Host.AddPf("0000:86:00.0", "ens3f0np0", "ice", 4, Ice);
        var (pf, _, link, driver) = _ice;
        pf.Write("device", "0x1592\n").Write("numa_node", "-1\n").Write("current_link_speed", "Unknown\n").Write("current_link_width", "0\n");
        link.Reply = link.Reply with { LeftOut = [3] };
        Host.GenericNetlink.Modes[link.Reply.IfIndex] = (100_000, Mode100G);
        driver.Statistics.AddRange(
        [
            ("rx_bytes.nic", 8_000_001), ("tx_bytes.nic", 8_000_002), ("rx_unicast.nic", 90), ("rx_multicast.nic", 9), ("rx_broadcast.nic", 1),
            ("tx_unicast.nic", 100), ("tx_multicast.nic", 10), ("tx_broadcast.nic", 2), ("rx_dropped.nic", 21), ("rx_dropped", 22), ("rx_crc_errors.nic", 23),
            ("tx_dropped_link_down.nic", 24),
        ]);
    }

    /// <summary>Debian's igb: zeros for every VF. The host owns VF 1's netdev, which counts; the link is down.</summary>
    private void AddStockIgb()
    {
        var (pf, _, link, driver) = Host.AddPf("0000:af:00.0", "eno1", "igb", 2, offset: 128, stride: 2);
        pf.AddVf(0).SetDriver("vfio-pci");
        AddVfNetdev(pf.AddVf(1).SetDriver("igbvf"), "eno1v1").Write("statistics/rx_bytes", "31\n").Write("statistics/tx_bytes", "32\n").Write("statistics/rx_packets", "33\n");
        link.Reply = link.Reply with { HasCarrier = false };
        Host.GenericNetlink.Modes[link.Reply.IfIndex] = (uint.MaxValue, Mode1G);
        driver.Statistics.AddRange([("rx_bytes", 1), ("tx_bytes", 2), ("rx_packets", 3), ("tx_packets", 4)]);
    }

    private void AddNvme()
    {
        var pf = Host.Tree.AddPf("0000:c1:00.0", totalVfs: 32, vfs: 2, offset: 1, stride: 1).SetDriver("nvme");
        pf.Write("class", "0x010802\n").Write("vendor", "0x144d\n").Write("device", "0xa824\n").Write("current_link_speed", "32.0 GT/s PCIe\n").Write("current_link_width", "4\n");
        pf.AddVf(1).SetDriver("nvme");
    }

    /// <summary>mlx5 of the kernel in switchdev mode, with a representor; its drops are zeros that mean nothing.</summary>
    private void AddSwitchdev()
    {
        var (pf, _, _, driver) = Host.AddPf("0000:d8:00.0", "ens7np0", "mlx5_core", 1, static vf => VfReply.Counting(vf, 1, 64, 2, 128));
        pf.Write("vendor", "0x15b3\n");
        Host.GenericNetlink.Eswitches["0000:d8:00.0"] = 1;
        Host.GenericNetlink.Representors.Add(("0000:d8:00.0", 0, "ens7npf0vf0"));
        Host.Tree.AddNetdev("ens7npf0vf0", pf.Path).Write("phys_port_name", "pf0vf0\n");
        Host.Links.Add(new LinkReply { IfIndex = 201, Name = "ens7npf0vf0", ParentDevice = "0000:d8:00.0", PhysPortName = "pf0vf0" });
        driver.Statistics.AddRange([("rx_bytes_phy", 1), ("tx_bytes_phy", 2), ("rx_packets_phy", 3), ("tx_packets_phy", 4)]);
    }

    /// <summary>256 VFs in a list whose length has wrapped, as a real kernel sent it.</summary>
    private void AddNetdevsim()
    {
        var link = AddRecorded("nsim_256");
        Host.Tree.AddNetdevsim(int.Parse(link.ParentDevice["netdevsim".Length..], System.Globalization.CultureInfo.InvariantCulture), 256, link.Name);
    }

    private void AddOwners()
    {
        var root = Host.Tree.Root;
        ProcessFiles.Write(root, 1, "systemd");
        ProcessFiles.Write(root, 2, "kthreadd", kernelThread: true);
        foreach (var domain in (string[])["openstack", "network-pool"])
        {
            Host.Tree.Write($"run/libvirt/qemu/{domain}.xml", File.ReadAllText(Repository.Fixture("ownership", "libvirt", domain + ".xml")));
        }

        ProcessFiles.Write(root, 4242, "qemu-system-x86", ["/dev/vfio/61"], Libvirt("instance-0000002a", "9c1f8f0e-2d4e-4c9b-9a55-3b1a0b8e0f01"));
        ProcessFiles.Write(root, 5151, "qemu-system-x86", ["/dev/vfio/63"], Libvirt("web1", "11111111-2222-3333-4444-555555555555"));
        ProcessFiles.Write(root, 6001, "qemu-system-x86", ["/dev/vfio/64"], ProcessFiles.RecordedArguments("libvirt"));
        ProcessFiles.Write(root, 6002, "kvm", ["/dev/vfio/65", "/dev/vfio/66"], ProcessFiles.RecordedArguments("proxmox"));
        ProcessFiles.Write(root, 6003, "qemu-system-aar", ["/dev/vfio/40"], ProcessFiles.RecordedArguments("plain"));
        ProcessFiles.Write(root, 6004, "dpdk-testpmd", ["/dev/null", "/dev/vfio/80"], ["dpdk-testpmd"]);
        Count();

        // libvirt names the VM to its QEMU as in its own file.
        static string[] Libvirt(string name, string uuid) => ["/usr/bin/qemu-system-x86_64", "-name", $"guest={name},debug-threads=on", "-uuid", uuid];
    }

    private LinkReply AddRecorded(string capture)
    {
        var payload = Capture.Payloads(capture)[0];
        var link = new LinkReading();
        LinkParser.Parse(payload, link);
        var reply = new LinkReply { IfIndex = link.IfIndex, Name = link.Name, ParentDevice = link.ParentDeviceName!, ParentBus = link.ParentBusName! };
        Host.Links.Links.Add(new ScriptedLink(reply) { Recorded = payload });
        return reply;
    }

    private NetdevTree AddVfNetdev(FunctionTree vf, string netdev)
    {
        Host.Links.Add(new LinkReply { IfIndex = 300 + Host.Links.Links.Count, Name = netdev, ParentDevice = vf.Address.ToString() });
        return vf.AddNetdev(netdev);
    }

    /// <summary>Brings the counters of what has traffic up to date.</summary>
    private void Count()
    {
        var samples = (ulong)_samples;
        for (var vf = 0; vf < 8; vf++)
        {
            var counters = Counters((ulong)vf + 100);
            if (vf == 0)
            {
                // 120 MB/s, which is 96 % of VF 0's limit of 1,000 Mb/s and 1 % of the line.
                counters.Set(TransmitBytes, 1_000 + (samples * 30_000_000));
            }

            _mellanox.Tree.WriteVendorFile(vf, counters);
        }

        _mellanox.Driver.Statistics.Clear();
        _mellanox.Driver.Statistics.AddRange(
        [
            ("rx_packets_phy", 600 + samples), ("tx_packets_phy", 700), ("rx_bytes_phy", 6_000 + (samples * 3_000_000_000)), ("tx_bytes_phy", 7_000),
            ("rx_discards_phy", 31), ("rx_out_of_buffer", 32), ("rx_steer_missed_packets", 33), ("outbound_pci_buffer_overflow", 34), ("tx_discards_phy", 35),
        ]);
        _ice.Tell(Ice);
    }

    private static VfReply Mellanox(int vf) => VfReply.Counting(vf, 0, 0, 0, 0) with
    {
        MaxRate = vf == 0 ? 1_000u : 0,
        MinRate = vf == 0 ? 100u : 0,
        Vlan = vf == 0 ? 120u : 0,
        Trust = vf == 1 ? 1u : 0,
        SpoofCheck = vf == 2 ? uint.MaxValue : 1,
        LinkState = 1,
    };

    private VfReply Ice(int vf) => vf switch
    {
        0 => VfReply.Counting(0, 10, 1_000, 20, 2_000 + ((ulong)_samples * 30_000_000), 5) with { MaxRate = 1_000, Vlan = 7, VlanProtocol = 0x88a8, LinkState = 0 },
        1 => VfReply.Counting(1, 11, 1_001 + ((ulong)_samples * 3_000_000_000), 21, 2_001) with { LinkState = 2, SpoofCheck = 0 },
        _ => VfReply.Counting(vf, 0, 0, 0, 0),
    };

    private static VfCounters Counters(ulong seed, bool withoutDrops = false)
    {
        var counters = default(VfCounters);
        for (var i = 0; i < VfCounters.Count - (withoutDrops ? 2 : 0); i++)
        {
            counters.Set((VfCounter)i, (seed * 1000) + (ulong)i);
        }

        return counters;
    }

    // The form of drivers/pci/pcie/aer.c: a line per error, and the total.
    private static void Aer(FunctionTree pf, int correctable, int nonfatal, int fatal)
    {
        foreach (var (file, total, count) in ((string, string, int)[])
            [("correctable", "COR", correctable), ("nonfatal", "NONFATAL", nonfatal), ("fatal", "FATAL", fatal)])
        {
            var text = new StringBuilder($"RxErr {count}\nBadTLP 0\n").Append($"TOTAL_ERR_{total} {count}\n");
            pf.Write($"aer_dev_{file}", text.ToString());
        }
    }
}
