using System.Buffers.Text;
using System.Text;
using SriovPulse.Agent.Metrics;
using SriovPulse.Linux.Proc;

namespace SriovPulse.Agent.Collectors.Host;

/// <summary>The labels of <c>sriov_host_info</c>, made anew only when a file or device that they come from has changed.</summary>
internal sealed class HostIdentity
{
    // A host name has at most 64 bytes and so has a kernel release (__NEW_UTS_LEN); a machine id has 32.
    private const int MaxPart = 128;

    private readonly SmallFile _hostname;
    private readonly SmallFile _machineId;
    private readonly SmallFile _kernel;
    private readonly SmallFile _xen;
    private readonly string _kvm;
    private readonly string _qemu;
    private readonly string _controlAddress;
    private readonly byte[] _text = new byte[3 * MaxPart];
    private int _length = -1;
    private string _hypervisor = string.Empty;

    public HostIdentity(string rootfs, string controlAddress)
    {
        _hostname = new(Path.Combine(rootfs, "proc/sys/kernel/hostname"));
        _machineId = new(Path.Combine(rootfs, "etc/machine-id"));
        _kernel = new(Path.Combine(rootfs, "proc/sys/kernel/osrelease"));
        _xen = new(Path.Combine(rootfs, "sys/hypervisor/type"));
        _kvm = Path.GetFullPath(Path.Combine(rootfs, "dev/kvm"));
        _qemu = Path.GetFullPath(Path.Combine(rootfs, "run/libvirt/qemu"));
        _controlAddress = controlAddress;
    }

    /// <summary>The labels as of the last <see cref="Refresh"/>.</summary>
    public LabelSet Labels { get; private set; } = LabelSet.Empty;

    /// <summary>Whether anything was read that tells one host from another.</summary>
    public bool IsKnown => _length > 0;

    /// <summary>Reads the host's identity.</summary>
    public void Refresh()
    {
        Span<byte> text = stackalloc byte[_text.Length];
        var hostname = Line(_hostname, text[..MaxPart]);
        var machineId = Line(_machineId, text[MaxPart..][..MaxPart]);
        var kernel = Line(_kernel, text[(2 * MaxPart)..]);
        var hypervisor = Hypervisor();
        var length = hostname.Length + machineId.Length + kernel.Length;
        if (length == _length && ReferenceEquals(hypervisor, _hypervisor) && text.SequenceEqual(_text))
        {
            return;
        }

        text.CopyTo(_text);
        _length = length;
        _hypervisor = hypervisor;
        Labels = LabelSet.Create(
            ("hostname", Encoding.UTF8.GetString(hostname)),
            ("machine_id", IsMachineId(machineId) ? Encoding.UTF8.GetString(machineId) : string.Empty),
            ("kernel", Encoding.UTF8.GetString(kernel)),
            ("hypervisor", hypervisor),
            ("control_address", _controlAddress));
    }

    // The rest of the part is left zero, so that two readings compare as a whole.
    private static ReadOnlySpan<byte> Line(SmallFile file, Span<byte> part)
    {
        _ = file.Read(part, out var length);
        return part[..length].TrimEnd("\n"u8);
    }

    // An image that has not booted yet says "uninitialized", which would be the same identity for many hosts (machine-id(5)).
    private static bool IsMachineId(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out Guid _, out var used, 'N') && used == text.Length;

    private string Hypervisor()
    {
        Span<byte> type = stackalloc byte[16];
        if (_xen.Read(type, out var length) == ProcStatus.Ok && type[..length].StartsWith("xen"u8))
        {
            return "xen";
        }

        return File.Exists(_kvm) ? "kvm" : Directory.Exists(_qemu) ? "qemu" : "none";
    }
}
