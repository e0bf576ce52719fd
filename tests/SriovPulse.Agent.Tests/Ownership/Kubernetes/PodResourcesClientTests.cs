using System.Net.Sockets;
using System.Runtime.Versioning;
using Microsoft.Extensions.Time.Testing;
using SriovPulse.Agent.Ownership;
using SriovPulse.Agent.Ownership.Kubernetes;
using SriovPulse.Testing;

namespace SriovPulse.Agent.Tests.Ownership.Kubernetes;

[SupportedOSPlatform("linux")]
public sealed class PodResourcesClientTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Pods_and_their_devices_are_listed()
    {
        await using var kubelet = await FakeKubelet.StartAsync(_host.KubeletSocket);
        kubelet.Reply.PodResources.Add(FakeKubelet.Pod("upf-0", "core", "0000:3b:02.1"));
        var found = await ListAsync();
        Assert.Equal(SourceState.Readable(OwnershipSource.Kubelet), found.State);
        var claim = Assert.Single(found.Claims);
        Assert.Equal(("upf-0", "core", "0000:3b:02.1"), (claim.Workload.Name, claim.Workload.Namespace, claim.Address.ToString()));
    }

    [Fact]
    public async Task Reply_beyond_the_default_limit_of_grpc_is_taken()
    {
        await using var kubelet = await FakeKubelet.StartAsync(_host.KubeletSocket);
        for (var i = 0; i < 60_000; i++)
        {
            kubelet.Reply.PodResources.Add(FakeKubelet.Pod($"pod-{i:d60}", "core", $"0000:{i / 256 % 256:x2}:{i / 8 % 32:x2}.{i % 8}"));
        }

        Assert.InRange(kubelet.Reply.CalculateSize(), 5 << 20, PodResourcesClient.MaxReply);
        var found = await ListAsync();
        Assert.Equal(SourceAccess.Readable, found.State.Access);
        Assert.Equal(60_000, found.Claims.Count);
    }

    [Fact]
    public async Task Reply_beyond_16_MiB_is_refused()
    {
        await using var kubelet = await FakeKubelet.StartAsync(_host.KubeletSocket);
        kubelet.Reply.PodResources.Add(FakeKubelet.Pod(new string('x', PodResourcesClient.MaxReply), "core", "0000:3b:02.1"));
        var found = await ListAsync();
        Assert.Equal(SourceAccess.Failed, found.State.Access);
        Assert.Contains("ResourceExhausted", found.State.Detail, StringComparison.Ordinal);
        Assert.Empty(found.Claims);
    }

    [Fact]
    public async Task Error_status_is_told_with_its_text()
    {
        await using var kubelet = await FakeKubelet.StartAsync(_host.KubeletSocket);
        kubelet.Status = 8;
        var found = await ListAsync();
        Assert.Equal(SourceAccess.Failed, found.State.Access);
        Assert.Equal($"{_host.KubeletSocket}: ResourceExhausted: not today", found.State.Detail);
    }

    [Fact]
    public async Task Hanging_kubelet_is_given_up_at_the_deadline()
    {
        await using var kubelet = await FakeKubelet.StartAsync(_host.KubeletSocket);
        kubelet.Hangs = true;
        var clock = new FakeTimeProvider();
        var pending = Client(clock).ListAsync();
        await Eventually.HoldsAsync(() => kubelet.Calls == 1);
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(pending.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        var found = await pending;
        Assert.Equal(new(OwnershipSource.Kubelet, SourceAccess.TimedOut, $"{_host.KubeletSocket}: no answer within 5 s"), found.State);
    }

    [Fact]
    public async Task Socket_that_accepts_and_says_nothing_is_given_up_at_the_deadline()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_host.KubeletSocket)!);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_host.KubeletSocket));
        listener.Listen();
        var clock = new FakeTimeProvider();
        var pending = Client(clock).ListAsync();
        using var connection = await listener.AcceptAsync();
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(SourceAccess.TimedOut, (await pending).State.Access);
    }

    [Fact]
    public async Task Socket_that_nobody_listens_to_is_an_error()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_host.KubeletSocket)!);
        using (var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            left.Bind(new UnixDomainSocketEndPoint(_host.KubeletSocket));
        }

        _host.Write("var/lib/kubelet/pod-resources/kubelet.sock", "");
        Assert.Equal(SourceAccess.Failed, (await ListAsync()).State.Access);
    }

    [Fact]
    public async Task Reply_that_is_no_protocol_buffer_is_an_error()
    {
        await using var kubelet = await FakeKubelet.StartAsync(_host.KubeletSocket);

        // A length of field 1 that runs over the end.
        kubelet.RawReply = [0x0a, 0x7f];
        var found = await ListAsync();
        Assert.Equal(SourceAccess.Failed, found.State.Access);
    }

    [Fact]
    public async Task Missing_socket_is_no_source() => Assert.Equal(KubeletFindings.NotPresent, await ListAsync());

    [Fact]
    public void Socket_behind_a_closed_folder_is_denied()
    {
        var folder = Path.GetDirectoryName(_host.KubeletSocket)!;
        _host.Write("var/lib/kubelet/pod-resources/kubelet.sock", "");
        File.SetUnixFileMode(_host.Root, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(folder, UnixFileMode.None);
        try
        {
            Unprivileged.Run(() =>
            {
                // Ends before the first await, so still on this thread.
                var found = Client(TimeProvider.System).ListAsync();
                Assert.True(found.IsCompletedSuccessfully);
                Assert.Equal(SourceAccess.Denied, found.GetAwaiter().GetResult().State.Access);
            });
        }
        finally
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private PodResourcesClient Client(TimeProvider time) => new(_host.KubeletSocket, TimeSpan.FromSeconds(5), time);

    // Time stands still, so that a busy machine cannot run into the deadline.
    private Task<KubeletFindings> ListAsync() => Client(new FakeTimeProvider()).ListAsync();
}
