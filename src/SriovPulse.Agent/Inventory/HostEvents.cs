namespace SriovPulse.Agent.Inventory;

/// <summary>
/// Counts what the kernel says has changed. Whoever keeps something that he read remembers the count he read it at, and reads again when it differs.
/// </summary>
public sealed class HostEvents
{
    private long _devices;
    private long _links;

    /// <summary>Devices added, removed, bound to a driver or unbound (uevents).</summary>
    public long Devices => Interlocked.Read(ref _devices);

    /// <summary>Netdevs added, removed or changed (rtnetlink).</summary>
    public long Links => Interlocked.Read(ref _links);

    /// <summary>Tells of a changed device.</summary>
    public void DeviceChanged() => Interlocked.Increment(ref _devices);

    /// <summary>Tells of a changed netdev.</summary>
    public void LinkChanged() => Interlocked.Increment(ref _links);
}
