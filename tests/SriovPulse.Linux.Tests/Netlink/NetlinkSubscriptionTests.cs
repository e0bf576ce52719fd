using SriovPulse.Linux.Interop;
using SriovPulse.Linux.Netlink;
using SriovPulse.Linux.Rtnetlink;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Linux.Tests.Netlink;

/// <summary>Notifications of the kernel that runs the tests, in network namespaces of their own.</summary>
public sealed class NetlinkSubscriptionTests
{
    private const int Loopback = 1;
    private const ushort SetLink = 19;

    // Only a guard against hanging; nothing waits this long when it works.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Change_of_a_link_is_received()
    {
        InOwnNamespace(static session =>
        {
            using var subscription = LinkChange.Subscribe();
            var changes = new List<LinkChange>();

            SetLoopback(session, up: true);

            Assert.Equal(NotificationOutcome.Received, subscription.Receive(out var datagram, s_patience));
            LinkChange.Parse(datagram, changes);
            Assert.All(changes, static change => Assert.Equal(new LinkChange(Loopback, IsRemoval: false), change));
            Assert.NotEmpty(changes);
        });
    }

    [Fact]
    public void Nothing_in_time_is_told_and_no_error()
    {
        InOwnNamespace(static unused =>
        {
            using var subscription = LinkChange.Subscribe();

            Assert.Equal(NotificationOutcome.TimedOut, subscription.Receive(out var datagram, TimeSpan.Zero));
            Assert.True(datagram.IsEmpty);
            Assert.Equal(NotificationOutcome.TimedOut, subscription.Receive(out _, TimeSpan.FromMilliseconds(2)));
        });
    }

    [Fact]
    public void Lost_notifications_are_an_overrun_after_which_it_goes_on()
    {
        InOwnNamespace(static session =>
        {
            using var subscription = NetlinkSubscription.Open(NetlinkProtocol.Route, [1], queueBytes: 1);
            for (var i = 0; i < 50; i++)
            {
                SetLoopback(session, up: i % 2 == 0);
            }

            var outcomes = new List<NotificationOutcome>();
            do
            {
                outcomes.Add(subscription.Receive(out _, TimeSpan.Zero));
            }
            while (outcomes[^1] != NotificationOutcome.TimedOut);

            Assert.Contains(NotificationOutcome.Overrun, outcomes);
            SetLoopback(session, up: true);
            Assert.Equal(NotificationOutcome.Received, subscription.Receive(out _, s_patience));
        });
    }

    [Fact]
    public async Task Waiting_ends_when_it_is_cancelled_and_can_begin_again()
    {
        using var subscription = NetlinkSubscription.Open(NetlinkProtocol.Route, []);
        using var cancellation = new CancellationTokenSource();
        var waiting = Task.Factory.StartNew(
            () => subscription.Receive(out _, Timeout.InfiniteTimeSpan, cancellation.Token),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(s_patience));
        Assert.Equal(NotificationOutcome.TimedOut, subscription.Receive(out _, TimeSpan.Zero));
    }

    [Fact]
    public void Unknown_group_is_refused()
    {
        var refused = Assert.Throws<NetlinkException>(static () => NetlinkSubscription.Open(NetlinkProtocol.Route, [100_000]));

        Assert.Equal(Errno.EINVAL, refused.Errno);
        Assert.Equal("join netlink group 100000", refused.Operation);
    }

    [Fact]
    public void Link_that_leaves_a_bridge_is_changed_and_not_removed()
    {
        const byte Bridge = 7;
        byte[] leaves = [Bridge, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        byte[] goes = [0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        var changes = new List<LinkChange>();

        LinkChange.Parse([.. ScriptedRequest.Build(17, 0, 0, 0, leaves), .. ScriptedRequest.Build(20, 0, 0, 0, []), .. ScriptedRequest.Build(17, 0, 0, 0, goes)], changes);

        Assert.Equal([new LinkChange(9, IsRemoval: false), new LinkChange(8, IsRemoval: true)], changes);
    }

    internal static void InOwnNamespace(Action<NetlinkSession> body)
    {
        var ran = OwnNetworkNamespace.TryRun(() =>
        {
            using var session = NetlinkSession.Open(NetlinkProtocol.Route);
            body(session);
        });
        Assert.SkipUnless(ran, "this process may not make a network namespace");
    }

    private static void SetLoopback(NetlinkSession session, bool up)
    {
        var request = new NetlinkRequest { Operation = "set lo" };
        request.Begin(SetLink);
        request.Append([0, 0, 0, 0, Loopback, 0, 0, 0, up ? (byte)1 : (byte)0, 0, 0, 0, 1, 0, 0, 0]);
        session.Execute(request);
    }
}
