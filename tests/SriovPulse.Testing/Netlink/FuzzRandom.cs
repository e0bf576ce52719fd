namespace SriovPulse.Testing.Netlink;

/// <summary>
/// Random numbers that depend on seed and iteration alone, so one iteration can be repeated without those before it (SplitMix64, by Sebastiano Vigna,
/// public domain).
/// </summary>
public struct FuzzRandom(ulong seed, ulong iteration)
{
    private ulong _state = seed + (iteration * 0xd1342543de82ef95);

    /// <summary>Any 64-bit number.</summary>
    public ulong Next()
    {
        var z = _state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to below <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);
}
