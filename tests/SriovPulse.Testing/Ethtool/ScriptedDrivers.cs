using SriovPulse.Linux.Ethtool;
using SriovPulse.Linux.Interop;

namespace SriovPulse.Testing.Ethtool;

/// <summary>The drivers of several netdevs behind the ethtool ioctl.</summary>
public sealed class ScriptedDrivers : IEthtoolDoor
{
    private readonly Dictionary<string, ScriptedDriver> _drivers = [];
    private readonly Lock _gate = new();

    /// <summary>The driver of a netdev; made when asked for the first time.</summary>
    public ScriptedDriver this[string netdev]
    {
        get
        {
            lock (_gate)
            {
                if (!_drivers.TryGetValue(netdev, out var driver))
                {
                    _drivers.Add(netdev, driver = new ScriptedDriver(netdev));
                }

                return driver;
            }
        }
    }

    /// <summary>Called before each command, without holding up commands to other netdevs.</summary>
    public Action<string> Before { get; set; } = static _ => { };

    /// <summary>The ioctl with these drivers behind it.</summary>
    public EthtoolIoctl Open() => new(this);

    /// <summary>Takes a netdev away.</summary>
    public void Remove(string netdev)
    {
        lock (_gate)
        {
            _drivers.Remove(netdev);
        }
    }

    int IEthtoolDoor.Invoke(string netdev, GuardedBuffer command)
    {
        Before(netdev);
        lock (_gate)
        {
            return _drivers.TryGetValue(netdev, out var driver) ? ((IEthtoolDoor)driver).Invoke(netdev, command) : Errno.ENODEV;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
