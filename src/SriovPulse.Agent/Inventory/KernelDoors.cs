using SriovPulse.Linux.Devlink;
using SriovPulse.Linux.Ethtool;

namespace SriovPulse.Agent.Inventory;

/// <summary>The kernel's interfaces beside rtnetlink; one that this kernel lacks, or a test does without, is null.</summary>
/// <param name="Ioctl">The ethtool ioctl.</param>
/// <param name="Ethtool">ethtool's generic netlink family.</param>
/// <param name="Devlink">devlink's.</param>
internal sealed record KernelDoors(EthtoolIoctl? Ioctl, EthtoolNetlinkClient? Ethtool, DevlinkClient? Devlink) : IDisposable
{
    /// <summary>No door at all.</summary>
    public static KernelDoors None { get; } = new(null, null, null);

    /// <inheritdoc/>
    public void Dispose()
    {
        Ioctl?.Dispose();
        Ethtool?.Dispose();
        Devlink?.Dispose();
    }
}
