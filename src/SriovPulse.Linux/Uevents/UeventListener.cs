using SriovPulse.Linux.Netlink;

namespace SriovPulse.Linux.Uevents;

/// <summary>
/// Listens to the kernel's device events. For one thread that may block; cancel its wait before disposing.
/// The kernel sends events of netdevs to their own network namespace, and all others only to namespaces that belong to the initial user namespace
/// (lib/kobject_uevent.c), so an unprivileged container sees none of PCI functions.
/// </summary>
public sealed class UeventListener : IDisposable
{
    // Group 1 carries the kernel's events; udev uses group 2 for its own.
    private const uint KernelGroup = 1;

    private readonly NetlinkSubscription _subscription;

    private UeventListener(NetlinkSubscription subscription) => _subscription = subscription;

    /// <summary>The listener's netlink port.</summary>
    internal uint PortId => _subscription.PortId;

    /// <summary>Starts to listen.</summary>
    /// <exception cref="NetlinkException">No descriptor is left, or the process may not.</exception>
    public static UeventListener Open() => new(NetlinkSubscription.Open(NetlinkProtocol.KobjectUevent, [KernelGroup]));

    /// <summary>Waits for the next event. Messages that do not come from the kernel are passed over.</summary>
    /// <param name="uevent">The event, when one was received.</param>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="NetlinkException">The socket failed.</exception>
    /// <exception cref="NetlinkFormatException">The kernel sent what is no event.</exception>
    public NotificationOutcome Receive(out Uevent? uevent, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var outcome = _subscription.Receive(out var datagram, timeout, cancellationToken);
        uevent = outcome == NotificationOutcome.Received ? Uevent.Parse(datagram) : null;
        return outcome;
    }

    /// <inheritdoc/>
    public void Dispose() => _subscription.Dispose();
}
