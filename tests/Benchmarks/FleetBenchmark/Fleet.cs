using SriovPulse.PromQL.Series;

namespace SriovPulse.Benchmarks.Fleets;

/// <summary>
/// Hosts of two PFs whose VFs idle, work, or take what they can get; some are capped, some drop, some links are down or slow. So every expression
/// of <see cref="Policies"/> has something to find on some hosts and nothing on most, as in a fleet.
/// </summary>
internal sealed class Fleet
{
    /// <summary>PFs of each host.</summary>
    public const int Pfs = 2;

    /// <summary>Bytes per second of a PF's link: 100 Gbit/s.</summary>
    public const double MaxSpeed = 1.25e10;

    private readonly Random _random = new(20_260_801);

    public Fleet(int hosts, int vfsPerHost)
    {
        Hosts = hosts;
        VfsPerHost = vfsPerHost;
        Vfs = new VfState[hosts * vfsPerHost];
        Ports = new PfState[hosts * Pfs];
        for (var i = 0; i < Ports.Length; i++)
        {
            Ports[i] = new PfState { Speed = _random.Next(100) == 0 ? MaxSpeed / 4 : MaxSpeed, SentBytes = _random.NextInt64(1L << 50), ReceivedBytes = _random.NextInt64(1L << 50) };
        }

        for (var i = 0; i < Vfs.Length; i++)
        {
            Vfs[i] = NewVf();
        }
    }

    /// <summary>How many hosts there are.</summary>
    public int Hosts { get; }

    /// <summary>How many VFs each host has.</summary>
    public int VfsPerHost { get; }

    /// <summary>VFs, host by host; even ones belong to the host's first PF.</summary>
    public VfState[] Vfs { get; }

    /// <summary>Ports, host by host.</summary>
    public PfState[] Ports { get; }

    /// <summary>A host's target labels.</summary>
    public static Labels Target(int host) => Labels.Create(new Label("instance", FormattableString.Invariant($"host-{host:D4}.example.org:9836")), new Label("job", "sriovpulse-agent"));

    /// <summary>Time passes.</summary>
    public void Advance(double seconds)
    {
        for (var i = 0; i < Vfs.Length; i++)
        {
            ref var vf = ref Vfs[i];
            ref var port = ref Ports[(i / VfsPerHost * Pfs) + (i % VfsPerHost % Pfs)];
            var wanted = port.Speed * vf.Demand * (0.6 + (0.8 * _random.NextDouble()));
            var sent = Math.Floor(Math.Min(wanted, vf.MaxRate) * seconds);
            var received = Math.Floor(sent * (0.8 + (0.6 * _random.NextDouble())));
            var isSaturated = wanted >= vf.MaxRate;
            vf.SentBytes += sent;
            vf.ReceivedBytes += received;
            vf.SentPackets += Math.Ceiling(sent / 1100);
            vf.ReceivedPackets += Math.Ceiling(received / 900);
            vf.ReceivedBroadcast += _random.Next(5) == 0 ? 1 + _random.Next(5) : 0;
            vf.ReceivedMulticast += _random.Next(2);
            vf.ReceiveDropped += vf.IsDropping ? 200 + _random.Next(2000) : 0;
            vf.SendDropped += isSaturated ? _random.Next(50) : 0;
            vf.SendPeak = Math.Floor(sent / seconds * 1.2);
            vf.ReceivePeak = Math.Floor(received / seconds * 1.3);
            vf.SendSaturated += isSaturated ? Math.Round(seconds * (0.5 + (0.5 * _random.NextDouble())), 3) : 0;
            vf.Sampled += seconds;
            port.SentBytes += sent;
            port.ReceivedBytes += received;
        }

        for (var i = 0; i < Ports.Length; i++)
        {
            ref var port = ref Ports[i];
            port.Sampled += seconds;
            port.Saturated += Load(i) > 0.85 ? Math.Round(seconds * (0.4 + (0.6 * _random.NextDouble())), 3) : 0;
        }
    }

    private double Load(int port)
    {
        var load = 0.0;
        for (var vf = port % Pfs; vf < VfsPerHost; vf += Pfs)
        {
            ref readonly var state = ref Vfs[(port / Pfs * VfsPerHost) + vf];
            load += Math.Min(state.Demand, state.MaxRate / Ports[port].Speed);
        }

        return load;
    }

    private VfState NewVf() => new()
    {
        Demand = _random.Next(1000) switch
        {
            < 300 => 0,
            < 990 => 0.03 * _random.NextDouble(),
            _ => 0.3 + (0.4 * _random.NextDouble()),
        },
        MaxRate = _random.Next(10) == 0 ? 1.25e8 : MaxSpeed,
        IsDropping = _random.Next(200) == 0,
        IsUp = _random.Next(500) != 0,
        SentBytes = _random.NextInt64(1L << 45),
        ReceivedBytes = _random.NextInt64(1L << 45),
        SentPackets = _random.NextInt64(1L << 35),
        ReceivedPackets = _random.NextInt64(1L << 35),
        ReceivedBroadcast = _random.Next(100_000),
        ReceivedMulticast = _random.Next(1_000_000),
        Sampled = _random.Next(1_000_000),
    };
}
