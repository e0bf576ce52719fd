using Microsoft.Extensions.Logging;
using SriovPulse.Agent.Inventory;
using SriovPulse.Linux.Devlink;
using SriovPulse.Linux.Ethtool;
using SriovPulse.Linux.Rtnetlink;

namespace SriovPulse.Agent;

/// <summary>How the running kernel is reached: its own sockets, or scripted ones in tests. Each call opens a session of its own.</summary>
/// <param name="Rtnetlink">Opens rtnetlink.</param>
/// <param name="EthtoolIoctl">Opens the ethtool ioctl.</param>
/// <param name="EthtoolNetlink">Opens ethtool's generic netlink family.</param>
/// <param name="Devlink">Opens devlink's.</param>
/// <param name="Listen">Starts to count what the kernel says has changed, until disposed of.</param>
internal sealed record KernelInterfaces(
    Func<RtnetlinkClient> Rtnetlink,
    Func<EthtoolIoctl> EthtoolIoctl,
    Func<EthtoolNetlinkClient> EthtoolNetlink,
    Func<DevlinkClient> Devlink,
    Func<HostEvents, ILogger, IDisposable> Listen)
{
    /// <summary>The running kernel's.</summary>
    public static KernelInterfaces Real { get; } = new(
        static () => RtnetlinkClient.Open(),
        static () => new EthtoolIoctl(),
        EthtoolNetlinkClient.Open,
        DevlinkClient.Open,
        static (events, logger) => new KernelEventThreads(events, logger));
}
