using Microsoft.Extensions.Logging;
using SriovPulse.Agent.Collectors;
using SriovPulse.Agent.Inventory;
using SriovPulse.Agent.Ownership.Kubernetes;
using SriovPulse.Agent.Ownership.Libvirt;
using SriovPulse.Agent.Ownership.Processes;
using SriovPulse.Core;
using SriovPulse.Linux.Proc;
using SriovPulse.Linux.Vfio;

namespace SriovPulse.Agent.Ownership;

/// <summary>
/// Who owns the VFs, kept between collections and shared by the collectors that ask. libvirt's status folder is looked at in every collection
/// (one system call); processes and the kubelet are asked beside the collections, when the VFs change and every so often.
/// </summary>
public sealed class OwnershipCache
{
    private readonly Lock _lock = new();
    private readonly OwnershipOptions _options;
    private readonly TimeProvider _time;
    private readonly OwnershipLog _log;
    private readonly LibvirtStatusFiles _libvirt;
    private readonly BackgroundRead<ProcessFindings> _processes;
    private readonly BackgroundRead<KubeletFindings> _kubelet;

    // By source.
    private readonly SourceState[] _states =
    [
        SourceState.NotPresent(OwnershipSource.Libvirt),
        SourceState.NotPresent(OwnershipSource.Vfio),
        SourceState.NotPresent(OwnershipSource.Qemu),
        SourceState.NotPresent(OwnershipSource.Kubelet),
    ];

    private VfOwners _owners = VfOwners.Empty;
    private volatile PciAddress[] _vfioVfs = [];
    private DateTimeOffset _collected;
    private long _asked;
    private long _askedEverything;
    private bool _wantsEverything;
    private volatile bool _everything;

    /// <summary>Reads nothing yet.</summary>
    /// <param name="rootfs">The root below which all files are, <c>/</c> or for example <c>/host</c>.</param>
    /// <param name="options">What is asked, and how often.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where trouble with a source is told, once.</param>
    public OwnershipCache(string rootfs, OwnershipOptions options, TimeProvider time, ILogger<OwnershipCache> logger)
    {
        _options = options;
        _time = time;
        _log = new OwnershipLog(logger);
        _libvirt = new LibvirtStatusFiles(rootfs, options, time);
        var scanner = new ProcessScanner(new ProcTree(Path.Combine(rootfs, "proc")), new VfioDevices(Path.Combine(rootfs, "sys")));
        _processes = new(() => Task.FromResult(scanner.Scan(_vfioVfs, _everything)), time);
        var kubelet = new PodResourcesClient(Path.GetFullPath(Path.Combine(rootfs, options.KubeletSocket)), options.Deadline, time);
        _kubelet = new(kubelet.ListAsync, time);
    }

    /// <summary>The owners as of this collection. Whoever of its collectors asks first has them looked up, the others get the same.</summary>
    public VfOwners Get(CollectionContext context)
    {
        lock (_lock)
        {
            var inventoryChanged = !ReferenceEquals(context.Inventory, _owners.Inventory);
            if (inventoryChanged || context.Now != _collected)
            {
                Refresh(context, inventoryChanged);
                _collected = context.Now;
            }

            return _owners;
        }
    }

    private void Refresh(CollectionContext context, bool inventoryChanged)
    {
        if (context.Inventory.VirtualFunctionCount == 0)
        {
            _owners = inventoryChanged ? OwnerResolver.Resolve(context.Inventory, [], []) : _owners;
            return;
        }

        if (inventoryChanged)
        {
            _vfioVfs = VfioVfs(context.Inventory);
        }

        var due = inventoryChanged || _time.GetElapsedTime(_asked) >= _options.RefreshInterval;
        var changed = _options.Libvirt && _libvirt.Refresh(due);
        if (due)
        {
            Want(inventoryChanged);
        }

        changed |= TakeUp();
        Start();
        if (inventoryChanged)
        {
            Wait(context.CancellationToken);
            changed |= TakeUp();
        }

        changed |= UpdateStates();
        if (changed || inventoryChanged)
        {
            _owners = OwnerResolver.Resolve(context.Inventory, Claims(), [.. _states]);
        }
    }

    private void Want(bool inventoryChanged)
    {
        _asked = _time.GetTimestamp();
        _processes.IsWanted = AsksProcesses;
        _kubelet.IsWanted = _options.Kubelet;

        // When every VF that could be held has an owner, processes that held nothing need no second look: a VF has one holder at a time.
        _wantsEverything |= inventoryChanged || (_time.GetElapsedTime(_askedEverything) >= _options.FullScanInterval && HasUnexplained());
    }

    private void Start()
    {
        // The scan reads this flag; one that is running has done so long ago.
        _everything = _wantsEverything;
        if (_processes.StartWanted() && _wantsEverything)
        {
            _wantsEverything = false;
            _askedEverything = _asked;
        }

        _kubelet.StartWanted();
    }

    private void Wait(CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        _processes.Wait(_options.Patience, cancellationToken);
        var left = _options.Patience - _time.GetElapsedTime(start);
        _kubelet.Wait(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken);
    }

    private bool TakeUp()
    {
        var (processes, kubelet) = (_processes.Latest, _kubelet.Latest);
        var changed = _processes.TakeUp() && (processes is null || !_processes.Latest!.Tells(processes));
        changed |= _kubelet.TakeUp() && (kubelet is null || !_kubelet.Latest!.Tells(kubelet));
        return changed;
    }

    private bool UpdateStates()
    {
        Span<SourceState> now =
        [
            _libvirt.State,
            AsksProcesses ? StateOf(_processes, OwnershipSource.Vfio, _processes.Latest?.Vfio) : SourceState.NotPresent(OwnershipSource.Vfio),
            AsksProcesses ? StateOf(_processes, OwnershipSource.Qemu, _processes.Latest?.Qemu) : SourceState.NotPresent(OwnershipSource.Qemu),
            _options.Kubelet ? StateOf(_kubelet, OwnershipSource.Kubelet, _kubelet.Latest?.State) : SourceState.NotPresent(OwnershipSource.Kubelet),
        ];
        var changed = false;
        for (var i = 0; i < now.Length; i++)
        {
            if (now[i].Access != _states[i].Access || now[i].Detail != _states[i].Detail)
            {
                _states[i] = now[i];
                _log.Tell(now[i]);
                changed = true;
            }
        }

        return changed;
    }

    private SourceState StateOf<T>(BackgroundRead<T> read, OwnershipSource source, SourceState? latest)
        where T : class =>
        read.Running > _options.Deadline
            ? new(source, SourceAccess.TimedOut, "a read that was started has not come back")
            : latest ?? new(source, SourceAccess.Pending, string.Empty);

    private bool AsksProcesses => _options.Processes && _vfioVfs.Length > 0;

    private List<Claim> Claims() =>
    [
        .. _libvirt.Claims,
        .. AsksProcesses ? _processes.Latest?.Claims ?? [] : [],
        .. _kubelet.Latest?.Claims ?? [],
    ];

    private bool HasUnexplained()
    {
        foreach (var pf in _owners.Inventory.PhysicalFunctions)
        {
            foreach (var vf in pf.VirtualFunctions)
            {
                if (VfioDevices.IsVfioDriver(vf.Driver) && _owners.UseOf(vf.Ordinal) != VfUse.Assigned)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static PciAddress[] VfioVfs(HostInventory inventory) =>
    [
        .. from pf in inventory.PhysicalFunctions
           from vf in pf.VirtualFunctions
           where vf.Address is not null && VfioDevices.IsVfioDriver(vf.Driver)
           select vf.Address!.Value,
    ];
}
