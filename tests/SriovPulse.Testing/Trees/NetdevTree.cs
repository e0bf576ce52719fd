namespace SriovPulse.Testing.Trees;

/// <summary>A netdev of a <see cref="HostTree"/>.</summary>
public sealed class NetdevTree
{
    private static readonly string[] s_statistics =
        ["rx_bytes", "tx_bytes", "rx_packets", "tx_packets", "multicast", "rx_dropped", "tx_dropped", "rx_errors", "tx_errors"];

    private static int s_lastIfIndex;

    private readonly HostTree _host;

    internal NetdevTree(HostTree host, string name, string? device)
    {
        _host = host;
        Name = name;
        Path = $"{device ?? "sys/devices/virtual"}/net/{name}";
        IfIndex = Interlocked.Increment(ref s_lastIfIndex);
        Write("ifindex", $"{IfIndex}\n");
        Write("mtu", "1500\n");
        Write("speed", "25000\n");
        foreach (var statistic in s_statistics)
        {
            Write($"statistics/{statistic}", "0\n");
        }

        if (device is not null)
        {
            host.Link($"{Path}/device", device);
        }

        host.Link($"sys/class/net/{name}", Path);
    }

    public string Name { get; }

    public int IfIndex { get; }

    /// <summary>The netdev's own directory below the root.</summary>
    public string Path { get; }

    /// <summary>Writes an attribute.</summary>
    public NetdevTree Write(string attribute, string content)
    {
        _host.Write($"{Path}/{attribute}", content);
        return this;
    }

    /// <summary>Puts the netdev in a bond.</summary>
    public NetdevTree SetBond(NetdevTree bond)
    {
        _host.Link($"{Path}/master", bond.Path);
        return Write("bonding_slave/state", "active\n").Write("bonding_slave/mii_status", "up\n").Write("bonding_slave/link_failure_count", "3\n");
    }

    /// <summary>Removes the netdev.</summary>
    public void Remove()
    {
        _host.Remove($"sys/class/net/{Name}");
        _host.Remove(Path);
    }
}
