using System.Runtime.InteropServices;
using SriovPulse.Linux.Interop;
using SriovPulse.Linux.Netlink;
using SriovPulse.Linux.Tests.Netlink;
using SriovPulse.Linux.Uevents;

namespace SriovPulse.Linux.Tests.Uevents;

/// <summary>Events of the kernel that runs the tests, in network namespaces of their own.</summary>
public sealed class UeventListenerTests
{
    private const ushort SetLink = 19;
    private const ushort IfName = 3;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Renamed_netdev_is_told() => NetlinkSubscriptionTests.InOwnNamespace(static session =>
    {
        using var listener = UeventListener.Open();

        RenameLoopback(session, "lo9");

        Assert.Equal(NotificationOutcome.Received, Next(listener, out var uevent));
        Assert.NotNull(uevent);
        Assert.Equal("move", uevent.Action);
        Assert.Equal("net", uevent.Subsystem);
        Assert.Equal("lo9", uevent.Interface);
        Assert.Equal("/devices/virtual/net/lo9", uevent.DevicePath);
    });

    [Fact]
    public void Messages_of_other_processes_are_passed_over() => NetlinkSubscriptionTests.InOwnNamespace(static session =>
    {
        using var listener = UeventListener.Open();

        SendAsProcess(listener.PortId, "add@/devices/forged\0ACTION=add\0DEVPATH=/devices/forged\0SUBSYSTEM=net\0"u8);
        RenameLoopback(session, "lo8");

        Assert.Equal(NotificationOutcome.Received, Next(listener, out var uevent));
        Assert.Equal("/devices/virtual/net/lo8", uevent?.DevicePath);
    });

    [Fact]
    public void Forged_message_alone_is_nothing() => NetlinkSubscriptionTests.InOwnNamespace(static _ =>
    {
        using var listener = UeventListener.Open();

        SendAsProcess(listener.PortId, "add@/devices/forged\0ACTION=add\0DEVPATH=/devices/forged\0SUBSYSTEM=net\0"u8);

        // Real events of the host's other devices may come in between.
        while (listener.Receive(out var uevent, TimeSpan.Zero) == NotificationOutcome.Received)
        {
            Assert.NotEqual("/devices/forged", uevent?.DevicePath);
        }
    });

    /// <summary>A namespace of its own still gets the host's PCI events; passes these over.</summary>
    private static NotificationOutcome Next(UeventListener listener, out Uevent? uevent)
    {
        NotificationOutcome outcome;
        do
        {
            outcome = listener.Receive(out uevent, s_patience);
        }
        while (uevent is { } received && received.Subsystem != "net");

        return outcome;
    }

    private static void RenameLoopback(NetlinkSession session, string name)
    {
        var request = new NetlinkRequest { Operation = "rename lo" };
        request.Begin(SetLink);
        request.Append([0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        request.Put(IfName, name);
        session.Execute(request);
    }

    private static void SendAsProcess(uint port, ReadOnlySpan<byte> message)
    {
        using var socket = SocketCalls.Socket(NetlinkConstants.AF_NETLINK, NetlinkConstants.SOCK_RAW | NetlinkConstants.SOCK_CLOEXEC, (int)NetlinkProtocol.KobjectUevent);
        var to = new SocketAddressNetlink { Family = NetlinkConstants.AF_NETLINK, PortId = port };
        var sent = SocketCalls.SendTo(socket, message, (nuint)message.Length, 0, to, SocketAddressNetlink.Size);
        Assert.True(sent == message.Length, Errno.NameOf(Marshal.GetLastPInvokeError()));
    }
}
