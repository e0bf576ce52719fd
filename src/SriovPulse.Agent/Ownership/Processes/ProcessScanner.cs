using System.Globalization;
using System.Text;
using SriovPulse.Core;
using SriovPulse.Linux.Proc;
using SriovPulse.Linux.Vfio;

namespace SriovPulse.Agent.Ownership.Processes;

/// <summary>
/// Looks through the processes for holders of VFIO devices. Each look reads one file per process; descriptors are gone through only for processes
/// that are new or that matter, and for all of them when asked. Not for concurrent use; runs where blocking hurts nobody, because reading a
/// command line waits for the process's memory lock.
/// </summary>
internal sealed class ProcessScanner(ProcTree proc, VfioDevices devices)
{
    // A new process is looked at again once: at the first look it may not have got to opening its devices.
    private const int LooksAtNewProcess = 2;
    private const int MaxCommandLine = 1024 * 1024;

    private readonly Dictionary<int, Known> _known = [];
    private long _scan;

    /// <summary>Looks.</summary>
    /// <param name="vfioVfs">VFs bound to a VFIO driver.</param>
    /// <param name="everything">Whether to go through the descriptors of processes that held nothing before, too.</param>
    public ProcessFindings Scan(IReadOnlyList<PciAddress> vfioVfs, bool everything)
    {
        _scan++;
        var look = new Look(vfioVfs);
        using (var processes = proc.Processes())
        {
            while (processes.MoveNext())
            {
                Visit(processes.Number, everything, look);
            }

            if (processes.Status != ProcStatus.Ok)
            {
                return processes.Status == ProcStatus.Gone ? ProcessFindings.NotPresent : ProcessFindings.NotPresent with
                {
                    Vfio = new(OwnershipSource.Vfio, SourceAccess.Denied, proc.Root),
                    Qemu = new(OwnershipSource.Qemu, SourceAccess.Denied, proc.Root),
                };
            }
        }

        foreach (var (pid, known) in _known)
        {
            if (known.Seen != _scan)
            {
                _known.Remove(pid);
            }
        }

        // Mounted with hidepid=2, /proc leaves other users' processes out, process 1 among them; in a container's process namespace the host's are missing, and
        // process 2 is not the kernel's.
        if (look.Visited > 0 && (!look.SeesHost || !_known.ContainsKey(1)))
        {
            look.DeniedDescriptors ??= proc.Root + ": the host's processes are hidden";
            look.DeniedCommandLine ??= look.DeniedDescriptors;
        }

        return look.Findings();
    }

    private void Visit(int pid, bool everything, Look look)
    {
        Span<byte> line = stackalloc byte[1024];
        var status = proc.Read(pid, "stat"u8, line, out var length);
        if (status == ProcStatus.Denied)
        {
            look.DeniedDescriptors ??= Describe(pid, "stat");
            look.DeniedCommandLine ??= Describe(pid, "stat");
            return;
        }

        if (status != ProcStatus.Ok || !ProcessStat.TryParse(line[..length], out var stat))
        {
            return;
        }

        look.Visited++;
        look.SeesHost |= pid == 2 && stat.IsKernelThread;
        if (!_known.TryGetValue(pid, out var known) || known.StartTime != stat.StartTime || !stat.Name.SequenceEqual(known.NameBytes))
        {
            // A process id that is new, was reused, or executes another program now.
            known = new Known(stat.StartTime, stat.Name.ToArray());
            _known[pid] = known;
        }

        known.Seen = _scan;
        if (stat.IsKernelThread || (!everything && !known.Matters && known.Looks >= LooksAtNewProcess))
        {
            return;
        }

        if (known.Looks++ == 0)
        {
            known.IsQemu = QemuCommandLine.IsQemu(stat.Name) || RunsQemu(pid);
        }

        Examine(pid, known, look);
    }

    private void Examine(int pid, Known known, Look look)
    {
        var (held, readable) = ReadDescriptors(pid, look);
        if (!readable)
        {
            look.DeniedDescriptors ??= string.Create(CultureInfo.InvariantCulture, $"{proc.Root}/{pid}/fd ({known.Name})");
        }

        known.Matters = known.IsQemu || held is not null;
        if (!known.Matters)
        {
            return;
        }

        if (known.IsQemu && known.CommandLine is null)
        {
            var status = proc.ReadWhole(pid, "cmdline"u8, MaxCommandLine, out var text);
            if (status == ProcStatus.Denied)
            {
                look.DeniedCommandLine ??= Describe(pid, "cmdline");
            }

            known.CommandLine = status == ProcStatus.Ok ? QemuCommandLine.Parse(text, pid) : null;
        }

        look.Holders.Add(new VfioHolder
        {
            Pid = pid,
            Name = known.Name,
            Qemu = known.CommandLine,
            DescriptorsReadable = readable,
            Devices = held?.Devices.ToArray() ?? [],
            Groups = held?.Groups.Select(group => look.Members(group, devices)).ToArray() ?? [],
        });
    }

    private (Held? Held, bool Readable) ReadDescriptors(int pid, Look look)
    {
        Held? held = null;
        Span<byte> target = stackalloc byte[128];
        using var descriptors = proc.Descriptors(pid);
        while (descriptors.MoveNext())
        {
            var status = descriptors.ReadLink(target, out var length);
            if (status == ProcStatus.Denied)
            {
                return (null, false);
            }

            var link = VfioLink.Parse(target[..length]);
            switch (link.Kind)
            {
                case VfioLinkKind.Group:
                    (held ??= new()).Groups.Add(link.Number);
                    break;
                case VfioLinkKind.CharacterDevice when look.DeviceOf(link.Number, devices) is { } device:
                    (held ??= new()).Devices.Add(device);
                    break;
                case VfioLinkKind.Device:
                    held ??= new();
                    if (ReadAddress(pid, descriptors.Number) is { } address)
                    {
                        held.Devices.Add(address);
                    }

                    break;
            }
        }

        return (held, descriptors.Status != ProcStatus.Denied);
    }

    private PciAddress? ReadAddress(int pid, int descriptor)
    {
        Span<byte> file = stackalloc byte["fdinfo/2147483647".Length];
        "fdinfo/"u8.CopyTo(file);
        descriptor.TryFormat(file["fdinfo/".Length..], out var digits, default, CultureInfo.InvariantCulture);
        Span<byte> text = stackalloc byte[1024];
        return proc.Read(pid, file[..("fdinfo/".Length + digits)], text, out var length) == ProcStatus.Ok
            && VfioFdInfo.TryGetAddress(text[..length], out var address) ? address : null;
    }

    // "-name …,process=…" gives QEMU any name in stat; the first argument still tells.
    private bool RunsQemu(int pid)
    {
        Span<byte> text = stackalloc byte[256];
        if (proc.Read(pid, "cmdline"u8, text, out var length) != ProcStatus.Ok)
        {
            return false;
        }

        var end = text[..length].IndexOf((byte)0);
        return end > 0 && QemuCommandLine.IsQemu(text[..end]);
    }

    private string Describe(int pid, string file) => string.Create(CultureInfo.InvariantCulture, $"{proc.Root}/{pid}/{file}");

    private sealed class Known(ulong startTime, byte[] name)
    {
        public ulong StartTime { get; } = startTime;

        public byte[] NameBytes { get; } = name;

        public string Name => Encoding.UTF8.GetString(NameBytes);

        public bool IsQemu { get; set; }

        public bool Matters { get; set; }

        public int Looks { get; set; }

        public long Seen { get; set; }

        public QemuCommandLine? CommandLine { get; set; }
    }

    private sealed class Held
    {
        public SortedSet<PciAddress> Devices { get; } = [];

        public SortedSet<int> Groups { get; } = [];
    }

    /// <summary>What one look gathers.</summary>
    private sealed class Look(IReadOnlyList<PciAddress> vfioVfs)
    {
        private readonly Dictionary<int, IReadOnlyList<PciAddress>> _members = [];
        private Dictionary<int, PciAddress>? _characterDevices;

        public List<VfioHolder> Holders { get; } = [];

        public int Visited { get; set; }

        public bool SeesHost { get; set; }

        public string? DeniedDescriptors { get; set; }

        public string? DeniedCommandLine { get; set; }

        public IReadOnlyList<PciAddress> Members(int group, VfioDevices devices)
        {
            if (!_members.TryGetValue(group, out var members))
            {
                members = devices.GroupMembers(group) ?? [];
                _members[group] = members;
            }

            return members;
        }

        public PciAddress? DeviceOf(int characterDevice, VfioDevices devices)
        {
            if (_characterDevices is null)
            {
                _characterDevices = [];
                foreach (var vf in vfioVfs)
                {
                    if (devices.CharacterDevice(vf) is { } number)
                    {
                        _characterDevices[number] = vf;
                    }
                }
            }

            return _characterDevices.TryGetValue(characterDevice, out var device) ? device : null;
        }

        public ProcessFindings Findings() => new(
            [.. Holders.OrderBy(static holder => holder.Pid).SelectMany(static holder => holder.Claims())],
            State(OwnershipSource.Vfio, DeniedDescriptors),
            State(OwnershipSource.Qemu, DeniedCommandLine));

        private static SourceState State(OwnershipSource source, string? denied) =>
            denied is null ? SourceState.Readable(source) : new(source, SourceAccess.Denied, denied);
    }
}
