using System.Runtime.InteropServices;
using System.Text;
using SriovPulse.Linux.Interop;
using static SriovPulse.Linux.Interop.EthtoolIoctlConstants;

namespace SriovPulse.Linux.Ethtool;

/// <summary>
/// The ethtool ioctl, for what ethtool netlink does not have: private statistics and the driver's description. Needs no privilege.
/// Keeps one socket; not safe for concurrent use.
/// </summary>
public sealed class EthtoolIoctl : IDisposable
{
    private readonly IEthtoolDoor _door;
    private GuardedBuffer? _description;

    /// <summary>Opens the socket.</summary>
    /// <exception cref="EthtoolException">No descriptor is left.</exception>
    public EthtoolIoctl()
        : this(new EthtoolIoctlDoor())
    {
    }

    internal EthtoolIoctl(IEthtoolDoor door) => _door = door;

    /// <summary>Reads what the driver says of itself.</summary>
    /// <returns>False when there is no such netdev (any more), or its driver says nothing.</returns>
    /// <exception cref="EthtoolException">The kernel refused for another reason.</exception>
    public bool TryReadDriver(string netdev, out DriverInformation information)
    {
        _description ??= new GuardedBuffer(DRVINFO_SIZE);
        var bytes = _description.Bytes;
        bytes.Clear();
        MemoryMarshal.Write(bytes, ETHTOOL_GDRVINFO);
        var errno = _door.Invoke(netdev, _description);
        if (errno != 0)
        {
            information = default;
            return IsAbsence(errno) ? false : throw new EthtoolException($"read the driver of {netdev}", errno);
        }

        information = new DriverInformation(
            Text(bytes, DRVINFO_DRIVER), Text(bytes, DRVINFO_VERSION), Text(bytes, DRVINFO_FW_VERSION), Text(bytes, DRVINFO_BUS_INFO));
        return true;
    }

    /// <summary>A reader of a netdev's private statistics, which keeps their names; nothing is read yet. Uses this object's socket.</summary>
    public PrivateStatistics PrivateStatistics(string netdev) => new(_door, netdev);

    /// <inheritdoc/>
    public void Dispose()
    {
        _description?.Dispose();
        _door.Dispose();
    }

    /// <summary>Whether an error number says that there is nothing to tell: no such netdev, detached, no driver support.</summary>
    internal static bool IsAbsence(int errno) => errno is Errno.ENODEV or Errno.EOPNOTSUPP;

    private static string Text(ReadOnlySpan<byte> bytes, int offset)
    {
        var field = bytes.Slice(offset, DRVINFO_FIELD_LEN);
        var nul = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(nul < 0 ? field : field[..nul]);
    }
}
