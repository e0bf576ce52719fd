using System.Globalization;
using System.Text;
using SriovPulse.Agent.Ownership.Libvirt;
using SriovPulse.Core;

namespace SriovPulse.Agent.Ownership.Processes;

/// <summary>
/// What QEMU's command line says of its VM (QEMU's manual page). It is what the VM was started with: devices plugged or unplugged since do not show.
/// </summary>
public sealed class QemuCommandLine
{
    private string _name = string.Empty;
    private string _uuid = string.Empty;
    private string? _smbiosMark;
    private bool _byLibvirt;
    private bool _byProxmox;
    private readonly List<PciAddress> _devices = [];

    private QemuCommandLine()
    {
    }

    /// <summary>The VM.</summary>
    public Workload Workload { get; private set; } = null!;

    /// <summary>PCI devices that the VM was started with.</summary>
    public IReadOnlyList<PciAddress> Devices => _devices;

    /// <summary>Whether the program is QEMU, by the name of its file: <c>qemu-system-x86_64</c>, <c>qemu-kvm</c>, <c>kvm</c>.</summary>
    public static bool IsQemu(ReadOnlySpan<byte> program)
    {
        var name = program[(program.LastIndexOf((byte)'/') + 1)..];
        return name.StartsWith("qemu-system-"u8) || name.SequenceEqual("qemu-kvm"u8) || name.SequenceEqual("kvm"u8);
    }

    /// <summary>Reads a command line as <c>/proc/PID/cmdline</c> gives it, each argument ended by NUL. What it does not know it passes over.</summary>
    public static QemuCommandLine Parse(ReadOnlySpan<byte> commandLine, int pid)
    {
        var parsed = new QemuCommandLine();
        var option = string.Empty;
        ulong? memory = null;
        int? vcpus = null;
        foreach (var range in commandLine.Split((byte)0))
        {
            var argument = Encoding.UTF8.GetString(commandLine[range]);
            switch (option)
            {
                case "name":
                    parsed.ReadName(argument);
                    break;
                case "uuid":
                    parsed.SetUuid(argument);
                    break;
                case "smbios":
                    parsed.ReadSmbios(argument);
                    break;
                case "m":
                    memory = ReadMemory(argument);
                    break;
                case "smp":
                    vcpus = ReadVcpus(argument);
                    break;
                case "device":
                    if (QemuDevice.VfioAddress(argument) is { } address)
                    {
                        parsed._devices.Add(address);
                    }

                    break;
                case "id":
                    // Only Proxmox's build knows this option; its value is the VM's number.
                    parsed._byProxmox = true;
                    break;
            }

            parsed._byLibvirt |= argument.Contains("/libvirt/qemu/", StringComparison.Ordinal);

            // The value of an option is never taken for an option, although "-append" could have one that looks like it.
            option = option.Length == 0 && argument.StartsWith('-') ? argument.TrimStart('-') : string.Empty;
            if (option is not ("name" or "uuid" or "smbios" or "m" or "smp" or "device" or "id" or "append"))
            {
                option = string.Empty;
            }
        }

        parsed.Workload = KubeVirtName.Apply(new Workload
        {
            Kind = WorkloadKind.VirtualMachine,
            Name = parsed._name.Length > 0 ? parsed._name : string.Create(CultureInfo.InvariantCulture, $"qemu-{pid}"),
            Uuid = parsed._uuid,
            ManagedBy = parsed.ManagedBy(),
            MemoryBytes = memory,
            Vcpus = vcpus,
            Pid = pid,
        });
        return parsed;
    }

    // libvirt's metadata is not on the command line, so of its VMs "none" would be a guess.
    private string ManagedBy() => this switch
    {
        { _byProxmox: true } => Orchestrator.Proxmox,
        { _smbiosMark: { } mark } => mark,
        { _byLibvirt: true } => Orchestrator.Unknown,
        _ => Orchestrator.None,
    };

    private void ReadName(string argument)
    {
        foreach (var (key, value) in QemuOptions.Read(argument, implied: "guest"))
        {
            _name = key == "guest" ? value : _name;

            // libvirt spells the key out and adds this one; nobody else is known to do both.
            _byLibvirt |= key == "debug-threads" && argument.StartsWith("guest=", StringComparison.Ordinal);
        }
    }

    private void ReadSmbios(string argument)
    {
        foreach (var (key, value) in QemuOptions.Read(argument, implied: "file"))
        {
            if (key == "uuid" && _uuid.Length == 0)
            {
                SetUuid(value);
            }
            else if (key is "manufacturer" or "product" or "family")
            {
                _smbiosMark ??= Orchestrator.OfSmbios(value);
            }
        }
    }

    private void SetUuid(string text) => _uuid = Guid.TryParse(text, out var uuid) ? uuid.ToString("D") : _uuid;

    private static ulong? ReadMemory(string argument)
    {
        foreach (var (key, value) in QemuOptions.Read(argument, implied: "size"))
        {
            if (key == "size" && value.Length > 0)
            {
                // Plain numbers are MiB; suffixes are powers of 1024 in either case (util/cutils.c, qemu_strtosz_MiB).
                var unit = char.IsAsciiLetter(value[^1]) ? value[^1..] : "M";
                return MemorySize.TryParse(value.TrimEnd(unit[0]), unit, out var bytes) ? bytes : null;
            }
        }

        return null;
    }

    private static int? ReadVcpus(string argument)
    {
        var product = 1;
        foreach (var (key, value) in QemuOptions.Read(argument, implied: "cpus"))
        {
            if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                continue;
            }

            if (key == "cpus")
            {
                return number;
            }

            // Without "cpus" all that the topology gives are there (hw/core/machine-smp.c).
            product *= key is "sockets" or "dies" or "clusters" or "modules" or "cores" or "threads" or "drawers" or "books" ? number : 1;
        }

        return product;
    }
}
