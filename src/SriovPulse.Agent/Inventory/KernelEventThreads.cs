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

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(30);

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

    private void Start(string name, Action listen) =>
        new Thread(() => Listen(name, listen), maxStackSize: 256 * 1024) { IsBackground = true, Name = name }.Start();

    // A socket that failed is opened again now and then; meanwhile the half-minute look stands in for it.
    private void Listen(string name, Action listen)
    {
        var isTold = false;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                listen();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (NetlinkException e)
            {
                if (!isTold)
                {
                    CannotListen(_logger, name, e.Message);
                    isTold = true;
                }

                _stop.Token.WaitHandle.WaitOne(s_pause);
            }
        }
    }

    private void ListenToDevices()
    {
        using var listener = UeventListener.Open();
        while (true)
        {
            if (TellsOfDevices(listener))
            {
                _events.DeviceChanged();
            }
        }
    }

    private bool TellsOfDevices(UeventListener listener)
    {
        try
        {
            var outcome = listener.Receive(out var uevent, Timeout.InfiniteTimeSpan, _stop.Token);
            return outcome == NotificationOutcome.Overrun || uevent?.Subsystem is "pci" or "netdevsim" or "net" or "vfio-dev" or "vfio";
        }
        catch (NetlinkFormatException)
        {
            // Something happened, and nobody can say what: look.
            return true;
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
