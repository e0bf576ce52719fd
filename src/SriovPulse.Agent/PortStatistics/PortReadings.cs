using SriovPulse.Agent.Inventory;
using SriovPulse.Linux.Ethtool;

namespace SriovPulse.Agent.PortStatistics;

/// <summary>A reader per PF, kept for as long as the PF is there. Not for use by several threads at once.</summary>
internal sealed class PortReadings(EthtoolIoctl? ioctl, EthtoolNetlinkClient? ethtool = null) : IDisposable
{
    private readonly Dictionary<PhysicalFunction, PortReading?> _readings = [];
    private HostInventory? _inventory;

    /// <summary>The reader of a PF; null when nothing is known of its driver.</summary>
    public PortReading? Of(HostInventory inventory, PhysicalFunction pf)
    {
        if (!ReferenceEquals(inventory, _inventory))
        {
            Dispose();
            _inventory = inventory;
        }

        if (!_readings.TryGetValue(pf, out var reading))
        {
            reading = ioctl is null ? null : PortReading.TryCreate(pf, ioctl, ethtool);
            _readings.Add(pf, reading);
        }

        return reading;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var reading in _readings.Values)
        {
            reading?.Dispose();
        }

        _readings.Clear();
    }
}
