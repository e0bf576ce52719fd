using SriovPulse.Agent.Collectors;
using SriovPulse.Agent.Inventory;
using SriovPulse.Agent.Logging;
using SriovPulse.Linux.Files;
using SriovPulse.Linux.Rtnetlink;
using SriovPulse.Linux.Sysfs;

namespace SriovPulse.Agent.VfStatistics;

/// <summary>The readings of all PFs in a collection, made by whichever collector asks first and shared by the others.</summary>
internal sealed class PfReadings(DirectoryHandle root, RtnetlinkClient? client, PfFactsDirectory facts, RtnlClock rtnl, TimeProvider time, TroubleLog log) : IDisposable
{
    private readonly NetworkDevices _netdevs = new(root);
    private readonly Dictionary<string, PfReading> _readings = [];
    private HostInventory _inventory = HostInventory.Empty;

    /// <summary>
    /// Gives a collector the reading of each PF. One at a time uses a PF's reading, so a device that hangs keeps collectors from itself and from no other.
    /// </summary>
    /// <param name="context">The collection.</param>
    /// <param name="state">Passed on.</param>
    /// <param name="use">Called for each PF; must not keep the reading.</param>
    public void ForEach<TState>(CollectionContext context, TState state, Action<TState, PhysicalFunction, PfReading> use)
    {
        foreach (var pf in context.Inventory.PhysicalFunctions)
        {
            PfReading reading;
            lock (_readings)
            {
                reading = Of(context, pf);
            }

            lock (reading)
            {
                if (!ReferenceEquals(reading.Round, context))
                {
                    reading.Read(context, pf, client, facts.Of(context.Inventory, pf).Eswitch, context.Now);
                    log.Observe(pf.Label, reading.LinkError);
                }

                use(state, pf, reading);
            }
        }
    }

    /// <summary>Reads the bytes of a PF's VFs, for sampling; false when the PF has not been collected yet, or nothing could be read.</summary>
    /// <param name="pf">The PF.</param>
    /// <param name="into">Receives a value per VF.</param>
    /// <param name="limits">Receives each VF's transmit limit in bytes per second, 0 where there is none.</param>
    /// <param name="portWasRead">Whether the port's statistics have just been read.</param>
    /// <param name="seconds">How long it took, without waiting for others.</param>
    public bool TrySample(PhysicalFunction pf, Span<VfBytes> into, Span<double> limits, bool portWasRead, out double seconds)
    {
        seconds = 0;
        PfReading? reading;
        lock (_readings)
        {
            if (!_readings.TryGetValue(pf.DevicePath, out reading))
            {
                return false;
            }
        }

        lock (reading)
        {
            var start = time.GetTimestamp();
            var told = reading.Outcomes.Length == into.Length && reading.TrySample(client, into, portWasRead);
            seconds = time.GetElapsedTime(start).TotalSeconds - reading.SecondsWaited;
            if (!told)
            {
                return false;
            }

            for (var i = 0; i < limits.Length; i++)
            {
                limits[i] = reading.TryGetVf(i, out var vf) ? vf.MaxRateMbps * 1e6 / 8 : 0;
            }

            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_readings)
        {
            foreach (var reading in _readings.Values)
            {
                reading.Dispose();
            }

            _readings.Clear();
            _netdevs.Dispose();
        }
    }

    private PfReading Of(CollectionContext context, PhysicalFunction pf)
    {
        Forget(context.Inventory);
        var key = pf.DevicePath;
        if (!_readings.TryGetValue(key, out var reading))
        {
            reading = new PfReading(root, _netdevs, rtnl);
            _readings.Add(key, reading);
        }

        return reading;
    }

    /// <summary>Lets go of the PFs that are not there any more.</summary>
    private void Forget(HostInventory inventory)
    {
        if (ReferenceEquals(inventory, _inventory))
        {
            return;
        }

        _inventory = inventory;
        var present = inventory.PhysicalFunctions.Select(pf => pf.DevicePath).ToHashSet();
        foreach (var (key, reading) in _readings.Where(r => !present.Contains(r.Key)).ToList())
        {
            reading.Dispose();
            _readings.Remove(key);
        }
    }
}
