using SriovPulse.Agent.Configuration;
using SriovPulse.Agent.Inventory;
using SriovPulse.Agent.PortStatistics;
using SriovPulse.Agent.VfStatistics;
using SriovPulse.Linux.Ethtool;
using SriovPulse.Linux.Netlink;

namespace SriovPulse.Agent.Sampling;

/// <summary>
/// Reads byte counters more often than anybody scrapes, as often as the budget allows. <see cref="SampleOnce"/> is one round; a thread calls it.
/// </summary>
internal sealed class Sampler(PfReadings readings, PortReadings ports, PfFactsDirectory facts, RtnlClock rtnl, SamplerOptions options, TimeProvider time)
{
    private readonly SamplingBudget _budget = new(options.RtnlShare, options.MinInterval, options.MaxInterval);
    private readonly Lock _gate = new();
    private readonly long _start = time.GetTimestamp();
    private SampledPf[] _pfs = [];
    private HostInventory _inventory = HostInventory.Empty;
    private double[] _costs = [];
    private bool[] _chosen = [];

    /// <summary>Interval that the last round chose.</summary>
    public TimeSpan Interval { get; private set; } = options.MinInterval;

    /// <summary>Share of time that sampling takes at this interval, as planned from the measured costs.</summary>
    public double Share { get; private set; }

    /// <summary>Seconds spent sampling so far.</summary>
    public double SpentSeconds { get; private set; }

    /// <summary>Takes one sample of everything that fits into the budget.</summary>
    /// <returns>How long to wait until the next.</returns>
    public TimeSpan SampleOnce(HostInventory inventory)
    {
        lock (_gate)
        {
            Adopt(inventory);
            Choose(Now());
        }

        // The kernel is asked outside the lock: a device that hangs does not keep anybody from what was sampled of the others.
        foreach (var pf in _pfs)
        {
            // The port first: some drivers bring the VFs' counters up to date with it.
            SampleVfs(pf, SamplePort(pf));
        }

        return Interval;
    }

    /// <summary>Gives what was sampled to <paramref name="use"/>, while no sample is taken.</summary>
    public void Report<TState>(TState state, Action<TState, SampledPf, double> use)
    {
        lock (_gate)
        {
            var now = Now();
            foreach (var pf in _pfs)
            {
                use(state, pf, now);
            }
        }
    }

    // Since the start, not since whenever the clock began: a double has no digits to spare for that.
    private double Now() => time.GetElapsedTime(_start).TotalSeconds;

    private void Adopt(HostInventory inventory)
    {
        if (ReferenceEquals(inventory, _inventory))
        {
            return;
        }

        var before = _pfs.ToDictionary(p => p.Pf.DevicePath);
        _pfs = [.. inventory.PhysicalFunctions.Select(pf => new SampledPf(pf, before.GetValueOrDefault(pf.DevicePath)))];
        _inventory = inventory;
        _costs = new double[_pfs.Length * 2];
        _chosen = new bool[_pfs.Length * 2];
    }

    private void Choose(double now)
    {
        for (var i = 0; i < _pfs.Length; i++)
        {
            _costs[2 * i] = _pfs[i].PortCost.Seconds;
            _costs[(2 * i) + 1] = _pfs[i].VfCost.Seconds;
        }

        Interval = _budget.Choose(_costs, _chosen);
        var planned = 0.0;
        for (var i = 0; i < _pfs.Length; i++)
        {
            _pfs[i].SamplesPort = _chosen[2 * i] || _pfs[i].PortCost.IsTrialDue(now, options.RtnlShare);
            _pfs[i].SamplesVfs = _chosen[(2 * i) + 1] || _pfs[i].VfCost.IsTrialDue(now, options.RtnlShare);
            planned += (_chosen[2 * i] ? _costs[2 * i] : 0) + (_chosen[(2 * i) + 1] ? _costs[(2 * i) + 1] : 0);
        }

        Share = planned / Interval.TotalSeconds;
    }

    /// <summary>Samples the port; true when its statistics were read.</summary>
    private bool SamplePort(SampledPf pf)
    {
        if (!pf.SamplesPort || ports.Of(_inventory, pf.Pf) is not { IsFreshAtRead: true } reading)
        {
            pf.SamplesPort = false;
            return false;
        }

        var start = rtnl.Start();
        var told = TryRead(reading);
        Spend(pf.PortCost, rtnl.Stop(start));
        lock (_gate)
        {
            if (told && reading.Counters is { ReceiveBytes: { } received, TransmitBytes: { } transmitted })
            {
                var threshold = (facts.Known(pf.Pf).SpeedBytesPerSecond ?? 0) * options.SaturationThreshold;
                pf.Port.Observe(Now(), received, transmitted, threshold, threshold, Longest);
            }
            else
            {
                pf.Port.Interrupt();
                pf.SamplesPort = false;
            }
        }

        return told;
    }

    private static bool TryRead(PortReading reading)
    {
        try
        {
            return reading.TryReadCounters();
        }
        catch (Exception e) when (e is EthtoolException or NetlinkException or NetlinkFormatException)
        {
            return false;
        }
    }

    private void SampleVfs(SampledPf pf, bool portWasRead)
    {
        if (!pf.SamplesVfs || pf.Vfs.Length == 0)
        {
            pf.SamplesVfs = false;
            return;
        }

        var told = readings.TrySample(pf.Pf, pf.Read, pf.Limits, portWasRead, out var seconds);
        Spend(pf.VfCost, seconds);
        lock (_gate)
        {
            pf.SamplesVfs = told;
            if (told)
            {
                Observe(pf, Now());
            }
        }
    }

    private void Observe(SampledPf pf, double now)
    {
        var line = facts.Known(pf.Pf).SpeedBytesPerSecond ?? 0;
        for (var i = 0; i < pf.Vfs.Length; i++)
        {
            pf.Bytes[i] = pf.Read[i];
            if (pf.Bytes[i].IsKnown)
            {
                var limit = pf.Limits[i] > 0 ? pf.Limits[i] : line;
                pf.Vfs[i].Observe(now, pf.Bytes[i].Received, pf.Bytes[i].Transmitted, line * options.SaturationThreshold, limit * options.SaturationThreshold, Longest);
            }
            else
            {
                pf.Vfs[i].Interrupt();
            }
        }
    }

    // A sample that comes late because the machine is busy still counts, up to half as much again.
    private double Longest => options.MaxInterval.TotalSeconds * 1.5;

    private void Spend(SamplingCost cost, double seconds)
    {
        cost.Observe(seconds);
        SpentSeconds += seconds;
    }
}
