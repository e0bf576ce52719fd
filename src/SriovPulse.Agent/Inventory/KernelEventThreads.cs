using Microsoft.Extensions.Logging;
using SriovPulse.Linux.Netlink;
using SriovPulse.Linux.Uevents;

namespace SriovPulse.Agent.Inventory;

/// <summary>
/// Listens to what the kernel says about devices and netdevs. Without these sockets the agent still looks again every half minute.
/// </summary>
internal sealed partial class KernelEventThreads : IDisposable
{
    /// <summary>RTNLGRP_LINK (include/uapi/linux/rtnetlink.h).</summary>
    private const uint LinkGroup = 1;

    private readonly CancellationTokenSource _stop = new();
    private readonly HostEvents _events;
    private readonly ILogger _logger;

    /// <summary>Starts to listen.</summary>
    public KernelEventThreads(HostEvents events, ILogger logger)
    {
        _events = events;
        _logger = logger;
        Start("uevents", ListenToDevices);
        Start("link-events", ListenToLinks);
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose() => _stop.Cancel();

    private void Start(string name, Action listen) => new Thread(
        () =>
        {
            try
            {
                listen();
            }
            catch (OperationCanceledException)
            {
                // The agent stops.
            }
            catch (NetlinkException e)
            {
                CannotListen(_logger, name, e.Message);
            }
        },
        maxStackSize: 256 * 1024) { IsBackground = true, Name = name }.Start();

    private void ListenToDevices()
    {
        using var listener = UeventListener.Open();
        while (true)
        {
            var outcome = listener.Receive(out var uevent, Timeout.InfiniteTimeSpan, _stop.Token);
            if (outcome == NotificationOutcome.Overrun || uevent?.Subsystem is "pci" or "netdevsim" or "net" or "vfio-dev" or "vfio")
            {
                _events.DeviceChanged();
            }
        }
    }

    private void ListenToLinks()
    {
        using var subscription = NetlinkSubscription.Open(NetlinkProtocol.Route, [LinkGroup]);
        while (true)
        {
            subscription.Receive(out _, Timeout.InfiniteTimeSpan, _stop.Token);
            _events.LinkChanged();
        }
    }

    [LoggerMessage(130, LogLevel.Warning, "{Socket} cannot be listened to, so changes are found by looking every half minute: {Reason}")]
    private static partial void CannotListen(ILogger logger, string socket, string reason);
}
