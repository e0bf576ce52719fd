using System.Runtime.InteropServices;
using SriovPulse.Linux.Interop;
using static SriovPulse.Linux.Interop.EthtoolIoctlConstants;

namespace SriovPulse.Linux.Ethtool;

/// <summary>
/// The private statistics of one netdev (<c>ethtool -S</c>). The names are read once and again when their number changes, so a repeated reading is
/// one system call and no allocation. Not safe for concurrent use.
/// </summary>
public sealed class PrivateStatistics : IDisposable
{
    // An attempt fails only when the driver added or removed queues between two system calls.
    private const int Attempts = 4;

    // Far above what drivers have (some 20,000 with many queues), far below what would be no sane answer.
    private const int MostStatistics = 1_000_000;

    private readonly IEthtoolDoor _door;
    private readonly string _netdev;
    private GuardedBuffer? _buffer;
    private ulong[] _values = [];

    internal PrivateStatistics(IEthtoolDoor door, string netdev)
    {
        _door = door;
        _netdev = netdev;
    }

    private enum Answer
    {
        Complete,
        Nothing,
        CountChanged,
    }

    /// <summary>The names that belong to the last reading; the same object as long as they did not change, so what was found among them holds.</summary>
    public StatisticNames Names { get; private set; } = StatisticNames.Empty;

    /// <summary>Reads all values, in the order of <see cref="Names"/>.</summary>
    /// <param name="values">A view that holds until the next call.</param>
    /// <returns>False when there is no such netdev (any more), or its driver has no private statistics.</returns>
    /// <exception cref="EthtoolException">The kernel refused for another reason, or the number of statistics keeps changing (EAGAIN).</exception>
    public bool TryRead(out ReadOnlySpan<ulong> values)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var answer = _buffer is null ? ReadNames() : Answer.Complete;
            if (answer == Answer.Complete)
            {
                answer = ReadValues();
            }

            if (answer == Answer.Complete)
            {
                values = _values;
                return true;
            }

            Forget();
            if (answer == Answer.Nothing)
            {
                values = default;
                return false;
            }
        }

        throw new EthtoolException($"read the private statistics of {_netdev} ({Attempts} attempts, their number changed during each)", Errno.EAGAIN);
    }

    /// <summary>Has the names read anew at the next reading.</summary>
    public void Forget()
    {
        _buffer?.Dispose();
        _buffer = null;
        _values = [];
        Names = StatisticNames.Empty;
    }

    /// <inheritdoc/>
    public void Dispose() => Forget();

    private Answer ReadNames()
    {
        var count = ReadCount();
        if (count == 0)
        {
            return Answer.Nothing;
        }

        using var buffer = new GuardedBuffer(GSTRINGS_DATA + (count * ETH_GSTRING_LEN));
        var bytes = buffer.Bytes;
        MemoryMarshal.Write(bytes, ETHTOOL_GSTRINGS);
        MemoryMarshal.Write(bytes[GSTRINGS_SET..], ETH_SS_STATS);
        var answer = Ask("read the names of", buffer, GSTRINGS_LEN, count);
        if (answer == Answer.Complete)
        {
            Names = StatisticNames.Parse(bytes[GSTRINGS_DATA..], ETH_GSTRING_LEN);
            _buffer = new GuardedBuffer(STATS_DATA + (count * sizeof(ulong)));
            _values = new ulong[count];
        }

        return answer;
    }

    private int ReadCount()
    {
        const string Verb = "count";
        using var buffer = new GuardedBuffer(SSET_INFO_DATA + sizeof(ulong));
        var bytes = buffer.Bytes;
        MemoryMarshal.Write(bytes, ETHTOOL_GSSET_INFO);
        MemoryMarshal.Write(bytes[SSET_INFO_MASK..], 1UL << ETH_SS_STATS);
        var errno = _door.Invoke(_netdev, buffer);
        if (errno != 0)
        {
            return EthtoolIoctl.IsAbsence(errno) ? 0 : throw Refused(Verb, errno);
        }

        // The kernel clears the set's bit when the driver does not have it.
        var count = MemoryMarshal.Read<ulong>(bytes[SSET_INFO_MASK..]) == 0 ? 0 : MemoryMarshal.Read<uint>(bytes[SSET_INFO_DATA..]);
        return count <= MostStatistics ? (int)count : throw Refused(Verb, Errno.ERANGE);
    }

    private Answer ReadValues()
    {
        var bytes = _buffer!.Bytes;
        MemoryMarshal.Write(bytes, ETHTOOL_GSTATS);
        var answer = Ask("read", _buffer, STATS_COUNT, _values.Length);
        if (answer == Answer.Complete)
        {
            MemoryMarshal.Cast<byte, ulong>(bytes[STATS_DATA..]).CopyTo(_values);
        }

        return answer;
    }

    /// <summary>Carries out a command whose answer is as long as the driver's number of statistics at that moment.</summary>
    private Answer Ask(string verb, GuardedBuffer buffer, int countOffset, int count)
    {
        // New kernels answer 0 when this is not the driver's number; old ones overwrite it, write what they have, and may meet the guard page.
        var told = buffer.Bytes[countOffset..];
        MemoryMarshal.Write(told, count);
        var errno = _door.Invoke(_netdev, buffer);
        if (errno == EFAULT || (errno == 0 && MemoryMarshal.Read<int>(told) != count))
        {
            return Answer.CountChanged;
        }

        if (errno == 0)
        {
            return Answer.Complete;
        }

        return EthtoolIoctl.IsAbsence(errno) ? Answer.Nothing : throw Refused(verb, errno);
    }

    private EthtoolException Refused(string verb, int errno)
    {
        Forget();
        return new EthtoolException($"{verb} the private statistics of {_netdev}", errno);
    }
}
